import '../../database/folder.test.ts';
