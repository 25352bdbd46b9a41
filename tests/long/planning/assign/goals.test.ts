import '../../../planning/assign/goals.test.ts';
