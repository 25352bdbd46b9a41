import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { emptyPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';

needs('postgresql')('a role that is no superuser', () => {
  test('brings its own database up to date, and finds what is written alike', async () => {
    const url = await emptyPostgres();
    const { pathname } = new URL(url);
    const owner = await openDatabase({ url, dataDir: '', log: () => {} });
    const role = `plain_${pathname.slice(1).replace(/\W/g, '_')}`.slice(0, 60);
    await owner.sql.unsafe(`CREATE ROLE "${role}" LOGIN`);
    await owner.sql.unsafe(`ALTER DATABASE "${pathname.slice(1)}" OWNER TO "${role}"`);
    await owner.close();
    const plain = new URL(url);
    plain.username = role;
    const database = await openDatabase({ url: plain.href, dataDir: '', log: () => {} });
    onTestFinished(database.close);
    await database.migrate();
    const [row] = await database.sql.unsafe(
      `SELECT similarity('Who signs?', 'who signs') AS alike, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super`,
    );
    expect(row).toEqual({ alike: 1, super: false });
  });
});
