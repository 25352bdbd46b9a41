import '../../../planning/assign/proof.test.ts';
