import '../../model/lives-4.test.ts';
