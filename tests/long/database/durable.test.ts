import '../../database/durable.test.ts';
