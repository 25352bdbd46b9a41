import '../../../planning/tables/soft.test.ts';
