import '../../browser/first-run.test.ts';
