import '../../../planning/tables/proof.test.ts';
