import '../../database/backup.test.ts';
