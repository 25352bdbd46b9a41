import '../../browser/every-look.test.ts';
