import '../../model/lives-2.test.ts';
