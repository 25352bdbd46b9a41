import '../../browser/taking-back.test.ts';
