import '../../../database/backups/damage.test.ts';
