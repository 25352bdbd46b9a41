import '../../browser/nameless.test.ts';
