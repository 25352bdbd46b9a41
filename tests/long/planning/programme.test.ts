import '../../planning/programme.test.ts';
