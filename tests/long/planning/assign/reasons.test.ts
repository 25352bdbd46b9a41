import '../../../planning/assign/reasons.test.ts';
