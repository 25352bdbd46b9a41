import '../../../planning/dates/branch.test.ts';
