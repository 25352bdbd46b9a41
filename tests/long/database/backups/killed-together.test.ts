import '../../../database/backups/killed-together.test.ts';
