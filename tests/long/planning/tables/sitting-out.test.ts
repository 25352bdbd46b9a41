import '../../../planning/tables/sitting-out.test.ts';
