import '../../../database/backups/while-running.test.ts';
