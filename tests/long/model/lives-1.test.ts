import '../../model/lives-1.test.ts';
