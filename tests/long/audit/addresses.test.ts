import '../../audit/addresses.test.ts';
