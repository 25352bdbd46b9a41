import '../../../planning/tables/goals.test.ts';
