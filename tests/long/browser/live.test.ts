import '../../browser/live.test.ts';
