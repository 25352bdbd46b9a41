import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/database/open.ts';
import { openCluster } from './databases/postgres-server.ts';

// Runs once beside all tests and makes, when the first test file asks, what is slow to make: the template
// folder of the embedded database and a PostgreSQL server.

declare module 'vitest' {
  interface ProvidedContext {
    /** Address to ask for what is slow to make. */
    workshop: string;
    /** A folder for whatever this run leaves lying about. */
    scratch: string;
  }
}

const root = path.resolve(import.meta.dirname, '../..');

export default async function openWorkshop(project: TestProject) {
  const cluster = openCluster();
  const made = new Map<string, Promise<string>>();
  const make: Record<string, () => Promise<string>> = {
    '/template': makeTemplate,
    '/postgresql': cluster.start,
  };
  const server = http.createServer(async (request, response) => {
    const url = request.url ?? '';
    try {
      if (!made.has(url)) made.set(url, make[url]!());
      response.end(await made.get(url));
    } catch (error) {
      response
        .writeHead(500)
        .end(error instanceof Error ? `${error.message}\n${error.cause ?? ''}` : String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('workshop', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-tests-'));
  project.provide('scratch', scratch);

  return async () => {
    server.closeAllConnections();
    server.close();
    await cluster.stop();
    fs.rmSync(scratch, { recursive: true, force: true });
  };
}

/** A folder with a migrated, empty embedded database; kept until a migration or PGlite changes. */
async function makeTemplate(): Promise<string> {
  const cache = path.join(root, 'node_modules/.cache/flipside');
  const folder = path.join(cache, `template-${fingerprint()}`);
  if (fs.existsSync(folder)) return path.join(folder, 'database');
  const unfinished = `${folder}.${process.pid}`;
  const database = await openDatabase({ dataDir: unfinished, log: () => {} });
  await database.migrate();
  await database.vacuum();
  await database.close();
  removeOld(cache);
  if (fs.existsSync(folder))
    fs.rmSync(unfinished, { recursive: true }); // another run was faster
  else fs.renameSync(unfinished, folder);
  return path.join(folder, 'database');
}

/** Another run may still be copying a young one. */
function removeOld(cache: string): void {
  for (const name of fs.readdirSync(cache)) {
    const file = path.join(cache, name);
    const age = Date.now() - fs.statSync(file).mtimeMs;
    if (name.startsWith('template-') && age > 3_600_000) fs.rmSync(file, { recursive: true, force: true });
  }
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const migrations = path.join(root, 'drizzle');
  const files = fs.existsSync(migrations)
    ? fs.readdirSync(migrations, { recursive: true, encoding: 'utf8' })
    : [];
  for (const file of files.sort()) {
    if (/\.sql$|_journal\.json$/.test(file)) hash.update(fs.readFileSync(path.join(migrations, file)));
  }
  for (const file of ['src/database/folder.ts', 'src/database/migrate.ts', 'tests/support/workshop.ts']) {
    hash.update(fs.readFileSync(path.join(root, file)));
  }
  hash.update(fs.readFileSync(path.join(root, 'node_modules/@electric-sql/pglite/package.json')));
  return hash.digest('hex').slice(0, 16);
}
