import '../../../planning/tables/real-life.test.ts';
