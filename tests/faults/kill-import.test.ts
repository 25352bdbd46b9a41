// A process that is killed while it imports people: the next one goes on where it was.
import { expect, test } from 'vitest';
import { confirmImport } from '../../src/actions/people/import.ts';
import type { PeopleList } from '../../src/actions/people/import-list.ts';
import { guessColumns } from '../../src/domain/people/columns.ts';
import { openQueue, openQueues } from '../../src/jobs/queues.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import * as imports from '../../src/store/people/imports.ts';
import * as people from '../../src/store/people/people.ts';
import { emptyHome } from '../support/databases/homes.ts';
import { type Flipside, type Settings, startFlipside } from '../support/process.ts';
import { cookieOf } from '../support/signed-in.ts';
import { contextOn } from './guests.ts';
import { withDatabase } from './killing.ts';

const header = ['Name', 'E-mail', 'Side'];
const list: PeopleList = {
  header,
  delimiter: ',',
  columns: guessColumns(header),
  rows: Array.from({ length: 3000 }, (_, n) => ({
    line: n + 2,
    cells: [`Person ${n}`, `p${n}@halden.example`, 'talent'],
  })),
};

/** Signs an organiser in and confirms an import of theirs in the database of these settings; nobody has begun it yet. */
async function confirmed(settings: Settings): Promise<{ id: number; cookie: string }> {
  return withDatabase(settings, async (database) => {
    const boss = await openQueues(database, () => {});
    const ctx = { ...(await contextOn(database, settings)), queue: openQueue(boss) };
    const createdAt = ctx.now();
    const season = { organisation: 'Halden Group', name: 'Reverse mentoring', timeZone: 'Europe/Oslo' };
    await programmes.add(ctx.db, { ...season, createdAt });
    const ida = await people.add(ctx.db, {
      name: 'Ida Nordby',
      email: 'ida.nordby@halden.example',
      side: 'senior',
      isOrganiser: true,
      createdAt,
      updatedAt: createdAt,
    });
    const file = { kind: 'people' as const, fileName: 'people.csv', bytes: null, choices: {} };
    const id = await imports.add(ctx.db, { ...file, createdById: ida.id, createdAt });
    await confirmImport(ctx, id, list);
    await boss.stop({ graceful: false });
    return { id, cookie: await cookieOf(ctx, ida.id) };
  });
}

const imported = (settings: Settings) =>
  withDatabase(settings, async ({ db, sql }) => {
    const [row] = await sql`SELECT count(*)::int AS n FROM people WHERE email LIKE 'p%@halden.example'`;
    const notes = await sql`SELECT times FROM audit_log WHERE act = 'imported-people'`;
    return { people: row!.n, state: (await imports.find(db, 1, 'people'))!.state, notes: notes.length };
  });

test('killed while it imports people, it goes on at the next start, and nobody comes twice', async () => {
  const settings = await emptyHome('embedded');
  const { id, cookie } = await confirmed(settings);
  expect(id).toBe(1);
  const shows = async (flipside: Flipside) =>
    (await flipside.get(`/people/import/${id}`, { cookie })).body.replace(/<[^>]*>/g, ' ');
  const first = await startFlipside(settings);
  await expect
    .poll(() => shows(first), { interval: 5 })
    .toMatch(/[1-9]\d* of 3000\. Just now|3000 people added/);
  await first.stop('SIGKILL');
  const halfway = await imported(settings);
  expect(halfway).toMatchObject({ state: 'working', notes: 0 });
  expect(halfway.people).toBeGreaterThan(0);
  expect(halfway.people).toBeLessThan(3000);

  const second = await startFlipside(settings);
  await expect.poll(() => shows(second)).toContain('3000 people added');
  await second.stop();
  expect(await imported(settings)).toEqual({ people: 3000, state: 'done', notes: 1 });
});
