// A Flipside of our own to audit, in either home, with the folder it keeps and what an attacker may read of its database.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pageinspect } from '@electric-sql/pglite/contrib/pageinspect';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pg_walinspect } from '@electric-sql/pglite/contrib/pg_walinspect';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { sql } from 'drizzle-orm';
import { databaseOn } from '../../src/database/embedded.ts';
import { type Database, openDatabase } from '../../src/database/open.ts';
import { keyFile, openSlot } from '../../src/database/slot.ts';
import { openCluster } from '../support/databases/postgres-server.ts';
import { type World, worldOn } from '../support/world.ts';

export type Home = Database['home'];

const endless = Number.POSITIVE_INFINITY;
const any = {
  pages: endless,
  presses: endless,
  uploads: endless,
  streams: endless,
  nameless: endless,
  files: endless,
};
/** The attackers look at everything without a pause. */
const noWalls = { ofPerson: any, ofAddress: any };

export interface Place {
  home: Home;
  world: World;
  database: Database;
  /** The folder beside the database: DATA_DIR. */
  folder: string;
  close(): Promise<void>;
}

/** Opens an empty, migrated home with Ida's programme in it; `server` starts a PostgreSQL server of its own. */
export async function openPlace(home: Home): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flipside-audit-'));
  const cluster = openCluster();
  const database =
    home === 'server'
      ? await openDatabase({ url: await cluster.start(), dataDir: folder })
      : await openEmbedded(path.join(folder, 'database'));
  if (home === 'embedded') await database.migrate();
  else await withoutCompiling(database);
  for (const name of ['pageinspect', 'pg_walinspect'])
    await database.db.execute(sql.raw(`CREATE EXTENSION IF NOT EXISTS ${name}`));
  await database.db.execute(sql`CREATE TABLE queue_of_tests (id serial, job text, data jsonb)`);
  const slot = await openSlot(folder, 32 * 1024);
  const envelopeKey = keyFile(path.join(folder, 'envelope-key'));
  const kept = { folder, slot, close: slot.close, ...(home === 'embedded' && { envelopeKey }) };
  const world = await worldOn(database, kept, { mailConfigured: true, rateLimits: noWalls });
  return {
    home,
    world,
    database,
    folder,
    async close() {
      await world.app.close();
      await slot.close({ remove: true });
      await database.close();
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that compiles the attacker's statements takes ten times as long over them, and the pages it reads. */
async function withoutCompiling({ sql: client }: Database): Promise<void> {
  await client`ALTER SYSTEM SET jit = off`;
  await client`SELECT pg_reload_conf()`;
}

/** As the program opens it, with the two extensions that show what a journal and a file hold. */
async function openEmbedded(folder: string): Promise<Database> {
  mkdirSync(folder);
  const pglite = await PGlite.create({
    fs: new NodeFS(folder),
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
    extensions: { pg_trgm, citext, btree_gist, unaccent, pageinspect, pg_walinspect },
  });
  const onDeath = (reason: string) => {
    console.error(`The embedded database stopped: ${reason}`);
    process.exit(1);
  };
  return databaseOn(pglite, { wait: 30, onDeath });
}
