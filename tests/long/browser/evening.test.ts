import '../../browser/evening.test.ts';
