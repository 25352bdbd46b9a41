import '../../../planning/tables/properties.test.ts';
