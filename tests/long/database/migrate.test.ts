import '../../database/migrate.test.ts';
