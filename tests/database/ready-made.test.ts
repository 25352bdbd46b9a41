import fs from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { expect, onTestFinished, test } from 'vitest';
import { openFolder } from '../../src/database/folder.ts';
import { temporaryFolder } from '../support/database.ts';

// The ready-made database is a package of its own, which another release of PGlite may have left behind.

async function opened(filling?: Blob): Promise<PGlite> {
  const folder = temporaryFolder();
  const pglite = await openFolder(folder, filling);
  onTestFinished(async () => {
    await pglite.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return pglite;
}

/** Counts and ages of what is stored, not what it means. */
const figures = ['relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid'];

async function catalogsOf(pglite: PGlite): Promise<Record<string, unknown>> {
  const { rows: catalogs } = await pglite.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
      WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND relname <> 'pg_statistic' ORDER BY 1`,
  );
  const contents: Record<string, unknown> = {};
  for (const { name } of catalogs) {
    const { rows } = await pglite.query<{ row: string }>(
      `SELECT (to_jsonb(t) - $1::text[])::text AS row FROM ${name} t ORDER BY 1`,
      [[...figures, 'datfrozenxid', 'datminmxid']],
    );
    contents[name] = rows.map(({ row }) => row);
  }
  return contents;
}

async function settingsOf(pglite: PGlite): Promise<unknown> {
  const { rows } = await pglite.query(
    `SELECT name, setting, source FROM pg_settings WHERE source NOT IN ('default') AND name <> 'data_directory' ORDER BY name`,
  );
  return rows;
}

test('the ready-made database is the one that initdb makes, row by row, with the same settings', async () => {
  const made = await opened();
  const readyMade = await opened(await dataDir());
  const catalogs = await catalogsOf(made);
  expect(Object.keys(catalogs).length).toBeGreaterThan(50);
  expect(await catalogsOf(readyMade)).toEqual(catalogs);
  expect(await settingsOf(readyMade)).toEqual(await settingsOf(made));
});
