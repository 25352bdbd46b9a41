import '../../../planning/dates/second-solver.test.ts';
