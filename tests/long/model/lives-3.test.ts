import '../../model/lives-3.test.ts';
