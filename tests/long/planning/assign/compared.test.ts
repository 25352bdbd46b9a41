import '../../../planning/assign/compared.test.ts';
