import '../../database/migrate-together.test.ts';
