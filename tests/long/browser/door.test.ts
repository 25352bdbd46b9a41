import '../../browser/door.test.ts';
