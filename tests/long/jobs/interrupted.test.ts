import '../../jobs/interrupted.test.ts';
