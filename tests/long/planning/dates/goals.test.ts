import '../../../planning/dates/goals.test.ts';
