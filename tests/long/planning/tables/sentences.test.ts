import '../../../planning/tables/sentences.test.ts';
