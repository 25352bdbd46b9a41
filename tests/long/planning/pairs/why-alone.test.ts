import '../../../planning/pairs/why-alone.test.ts';
