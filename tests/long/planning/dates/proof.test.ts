import '../../../planning/dates/proof.test.ts';
