import '../../../planning/tables/odd-events.test.ts';
