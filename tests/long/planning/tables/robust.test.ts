import '../../../planning/tables/robust.test.ts';
