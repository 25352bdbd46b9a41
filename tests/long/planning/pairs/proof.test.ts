import '../../../planning/pairs/proof.test.ts';
