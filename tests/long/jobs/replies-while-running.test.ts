import '../../jobs/replies-while-running.test.ts';
