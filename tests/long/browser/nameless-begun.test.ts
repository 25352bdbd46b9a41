import '../../browser/nameless-begun.test.ts';
