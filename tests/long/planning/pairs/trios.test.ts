import '../../../planning/pairs/trios.test.ts';
