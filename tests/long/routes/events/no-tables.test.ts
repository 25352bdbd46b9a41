import '../../../routes/events/no-tables.test.ts';
