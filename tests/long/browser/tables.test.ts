import '../../browser/tables.test.ts';
