import '../running.test.ts';
