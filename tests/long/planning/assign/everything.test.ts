import '../../../planning/assign/everything.test.ts';
