// One folder, one process; and a process that is asked to stop finishes what it has begun.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { databaseOn } from '../../src/database/embedded.ts';
import { openFolderInHaste } from '../../src/database/folder.ts';
import { emptyHome } from '../support/databases/homes.ts';
import { invariants } from '../support/invariants.ts';
import { freePort, spawnFlipside, startFlipside } from '../support/process.ts';
import { invite, press } from './guests.ts';

test('a second process on the same folder says who holds it and leaves; the first goes on', async () => {
  const settings = await emptyHome('embedded');
  const first = await startFlipside(settings);
  onTestFinished(async () => void (await first.stop('SIGKILL')));
  const second = spawnFlipside({ ...settings, PORT: String(await freePort()) });
  expect(await second.gone).toBe(1);
  expect(second.output().trim()).toBe(
    `Flipside is already running on ${fs.realpathSync(settings.DATA_DIR!)}: process ${first.pid} holds it. ` +
      'Stop that one first, or set DATA_DIR to another folder.',
  );
  expect((await first.get('/healthz')).status).toBe(200);
});

test('a dead process holds nothing: the next one takes the folder over', async () => {
  const settings = await emptyHome('embedded');
  const first = await startFlipside(settings);
  await first.stop('SIGKILL');
  expect(fs.existsSync(path.join(settings.DATA_DIR!, 'flipside.pid'))).toBe(true);
  const second = await startFlipside(settings);
  expect((await second.get('/healthz')).status).toBe(200);
  expect(await second.stop()).toBe(0);
});

test('asked to stop while people answer, it finishes what it has begun, leaves no lock and says nothing', async () => {
  const settings = await emptyHome('embedded');
  const guests = await invite(settings, { seniors: 12, talents: 4, seniorCapacity: 5, talentCapacity: 2 });
  const flipside = await startFlipside(settings);
  // The last it says at the start, after it answers: http:// in an address that others can reach.
  await expect.poll(flipside.output).toContain('set BASE_URL to its https:// address.\n');
  const printed = flipside.output().length;
  const pressing = guests.map((guest) =>
    press(flipside, guest, 'yes').catch((error: Error) => error.message),
  );
  await Promise.race(pressing);
  const code = flipside.stop('SIGTERM');
  await Promise.all(pressing);
  expect(await code).toBe(0);
  const complaints = flipside
    .output()
    .slice(printed)
    .split('\n')
    .filter((line) => line !== '' && !/^(Letter to | {2}(page|code|link) )/.test(line));
  expect(complaints).toEqual([]);
  expect(fs.existsSync(path.join(settings.DATA_DIR!, 'flipside.pid'))).toBe(false);

  const database = await databaseOn(await openFolderInHaste(path.join(settings.DATA_DIR!, 'database')), {
    wait: 10,
    onDeath: () => {},
  });
  onTestFinished(database.close);
  const heard = guests.filter(({ acknowledged }) => acknowledged.length > 0);
  expect(heard.length).toBeGreaterThan(0);
  const rows = await database.db.execute<{ id: number }>(
    sql`SELECT person_id AS id FROM rsvps WHERE state IN ('coming', 'waiting')`,
  );
  const kept = new Set(rows.map(({ id }) => id));
  expect(heard.filter(({ id }) => !kept.has(id))).toEqual([]);
  expect(await invariants(database.db, { atRest: false })).toEqual([]);
});

test('Ctrl-C closes it as well, also right after the start', async () => {
  const flipside = await startFlipside(await emptyHome('embedded'));
  await pause(10);
  expect(await flipside.stop('SIGINT')).toBe(0);
});
