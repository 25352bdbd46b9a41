import '../../audit/readers.test.ts';
