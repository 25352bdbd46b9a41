import '../../../jobs/letters/under-way.test.ts';
