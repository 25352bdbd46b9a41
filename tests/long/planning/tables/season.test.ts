import '../../../planning/tables/season.test.ts';
