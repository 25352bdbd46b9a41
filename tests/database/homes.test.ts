import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { onBothHomes, rolledBack, testDatabase } from '../support/database.ts';

onBothHomes('a test in a transaction', async (home) => {
  const database = await testDatabase(home);
  await database.sql`create table notes (id int)`;
  const test = rolledBack(database);

  test('sees what it wrote', async ({ tx }) => {
    await tx.execute(sql`insert into notes values (1)`);
    expect([...(await tx.execute(sql`select id from notes`))]).toEqual([{ id: 1 }]);
  });

  test('leaves nothing to the next', async ({ tx }) => {
    expect([...(await tx.execute(sql`select id from notes`))]).toEqual([]);
  });
});
