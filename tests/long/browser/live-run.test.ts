import '../../browser/live-run.test.ts';
