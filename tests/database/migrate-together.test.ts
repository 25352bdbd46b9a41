import { expect, test } from 'vitest';
import { knownMigrations, migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { emptyPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';
import { run } from './programs/run.ts';

const recorded = 'select hash, created_at::text from drizzle.__drizzle_migrations order by id';
const known = knownMigrations().map(({ hash, folderMillis }) => ({ hash, created_at: `${folderMillis}` }));

needs('postgresql')('four processes that start at once', () => {
  test('all come up, and each migration is run once', { timeout: 1_200_000 }, async () => {
    for (let round = 0; round < 3; round++) {
      const url = await emptyPostgres();
      const four = [1, 2, 3, 4].map(() => run('migrate.ts', [], [], { DATABASE_URL: url }));
      await Promise.all(four.map((program) => program.says('ready')));
      for (const program of four) program.child.stdin?.end();
      expect(await Promise.all(four.map((program) => program.ended))).toEqual(
        four.map(() => ({ code: 0, signal: null })),
      );
      const database = await openDatabase({ url, dataDir: '' });
      expect([...(await database.sql.unsafe(recorded))]).toEqual(known);
      await migrate(database.sql);
      await database.close();
    }
  });
});
