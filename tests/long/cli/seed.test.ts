import '../../cli/seed.test.ts';
