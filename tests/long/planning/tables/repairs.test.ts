import '../../../planning/tables/repairs.test.ts';
