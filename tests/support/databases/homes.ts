// Empty, migrated databases that belong to processes rather than to a test.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { copyOfTemplate, type Home, realPostgres } from '../database.ts';
import { type Settings, secretOfTests } from '../process.ts';

/** The settings of a Flipside whose database is migrated and empty; removed when the test ends. */
export async function emptyHome(home: Home): Promise<Settings> {
  const BASE_URL = 'http://flipside.halden.example';
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-faults-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  if (home === 'server')
    return { BASE_URL, DATABASE_URL: await realPostgres(), DATA_DIR: folder, SECRET: secretOfTests };
  fs.renameSync(await copyOfTemplate(), path.join(folder, 'database'));
  return { BASE_URL, DATA_DIR: folder };
}
