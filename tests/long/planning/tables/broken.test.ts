import '../../../planning/tables/broken.test.ts';
