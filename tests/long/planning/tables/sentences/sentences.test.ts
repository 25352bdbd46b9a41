import '../../../../planning/tables/sentences/sentences.test.ts';
