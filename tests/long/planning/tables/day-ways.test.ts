import '../../../planning/tables/day-ways.test.ts';
