import '../../../planning/assign/second-solver.test.ts';
