import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  confirmImport,
  type ImportResult,
  judgeList,
  stopImport,
  undoImport,
} from '../../../src/actions/people/import.ts';
import type { PeopleList } from '../../../src/actions/people/import-list.ts';
import type { Context } from '../../../src/context.ts';
import type { Db } from '../../../src/database/open.ts';
import { guessColumns } from '../../../src/domain/people/columns.ts';
import { countKinds } from '../../../src/domain/people/import.ts';
import { importPeople } from '../../../src/jobs/import-people.ts';
import * as imports from '../../../src/store/people/imports.ts';
import * as people from '../../../src/store/people/people.ts';
import {
  people as peopleTable,
  sessions as sessionsTable,
  teamMembers,
  teams,
} from '../../../src/store/schema/index.ts';
import { drafted, published } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
beforeEach(() => {
  // A real clock has more digits than a column keeps.
  world.clock.now = world.clock.now.add({ nanoseconds: 123_987_654 });
});

const header = ['Name', 'E-mail', 'Side', 'Department', 'Manager', 'Job title', 'Language', 'Organiser'];

/** A list with these rows; cells are parted by commas. */
function listOf(...lines: string[]): PeopleList {
  const rows = lines.map((line, i) => ({ line: i + 2, cells: line.split(',').map((cell) => cell.trim()) }));
  return { header, delimiter: ',', columns: guessColumns(header), rows };
}

async function uploaded(list: PeopleList): Promise<number> {
  const id = await imports.add(world.db, {
    kind: 'people',
    fileName: 'people.csv',
    bytes: Buffer.from('the file'),
    choices: {},
    createdById: world.organiser.id,
    createdAt: world.ctx.now(),
  });
  await confirmImport(world.ctx, id, list);
  return id;
}

/** Imports from the button to the end; what is left of it. */
async function importList(...lines: string[]): Promise<{ id: number; result: ImportResult }> {
  const id = await uploaded(listOf(...lines));
  await importPeople(world.ctx, { importId: id });
  return { id, result: (await imports.find(world.db, id, 'people'))!.result as unknown as ImportResult };
}

const byEmail = async (name: string) => (await people.findByEmail(world.db, `${name}@halden.example`))!;
const everyone = async () => (await world.db.select().from(peopleTable)).map(({ name }) => name).sort();
const stateOf = async (id: number) => (await imports.find(world.db, id, 'people'))!.state;

const ada = 'Ada Berg, ada@halden.example, talent, Sales, bo@halden.example, Developer, nl';
const bo = 'Bo Chen, bo@halden.example, senior, Sales, , Head of Sales, English';

describe('a confirmed list', () => {
  test('is queued once, however often the button is pressed', async () => {
    const list = listOf(ada, bo);
    const id = await uploaded(list);
    await expect(confirmImport(world.ctx, id, list)).rejects.toThrow('This list is being imported already');
    expect(await world.jobs()).toEqual([{ job: 'import-people', data: { importId: id } }]);
  });

  test('adds people with all they have, managers in any order', async () => {
    const { result } = await importList(ada, bo);
    expect(result).toEqual({ added: 2, changed: 0, header, delimiter: ',', left: [], missingIds: [] });
    expect(await byEmail('ada')).toMatchObject({
      name: 'Ada Berg',
      side: 'talent',
      department: 'Sales',
      jobTitle: 'Developer',
      language: 'nl',
      managerId: (await byEmail('bo')).id,
      isOrganiser: false,
      disabledAt: null,
    });
    expect(await byEmail('bo')).toMatchObject({ side: 'senior', managerId: null, language: 'en' });
  });

  test('imported twice changes nothing', async () => {
    await importList(ada, bo);
    const before = await world.db.select().from(peopleTable);
    world.clock.advance({ hours: 1 });
    expect(countKinds(await judgeList(world.ctx, listOf(ada, bo)))).toEqual({
      wrong: 0,
      changed: 0,
      new: 0,
      same: 2,
    });
    const { result } = await importList(ada, bo);
    expect(result).toMatchObject({ added: 0, changed: 0 });
    expect(await world.db.select().from(peopleTable)).toEqual(before);
  });

  test('brings people up to date and leaves out what its cells do not say', async () => {
    await importList(ada, bo);
    const { result } = await importList('Ada Berg, ADA@halden.example, senior, , , Lead,');
    expect(result).toMatchObject({ added: 0, changed: 1 });
    expect(await byEmail('ada')).toMatchObject({
      email: 'ada@halden.example',
      side: 'senior',
      department: 'Sales',
      jobTitle: 'Lead',
      language: 'nl',
      managerId: (await byEmail('bo')).id,
    });
  });

  test('leaves wrong rows out and remembers them with their reason', async () => {
    const { result } = await importList(bo, 'Cy, cy@halden, talent', 'Di, , talent');
    expect(result.added).toBe(1);
    expect(result.left).toMatchObject([
      { line: 3, cells: ['Cy', 'cy@halden', 'talent'], why: [{ params: { part: 'halden' } }] },
      { line: 4, cells: ['Di', '', 'talent'], why: [{ params: { name: 'Di' } }] },
    ]);
  });

  test('never makes an organiser, and never unmakes one', async () => {
    await importList(
      'Ada Berg, ada@halden.example, talent, , , , , yes',
      'Ida N, ida.nordby@halden.example, senior, , , , , no',
    );
    expect((await byEmail('ada')).isOrganiser).toBe(false);
    expect(await byEmail('ida.nordby')).toMatchObject({ name: 'Ida N', isOrganiser: true });
  });

  test('changes people who are disabled, and leaves them so', async () => {
    const gone = await world.addPerson({ email: 'ada@halden.example', disabledAt: world.clock.now });
    await importList(ada, bo);
    expect(await people.find(world.db, gone.id)).toMatchObject({
      name: 'Ada Berg',
      disabledAt: expect.anything(),
    });
  });

  test('forgets the file when it is over', async () => {
    const { id } = await importList(bo);
    expect(await imports.findWhole(world.db, id, 'people')).toMatchObject({
      state: 'done',
      bytes: null,
      choices: {},
    });
  });
});

describe('the state at the moment it runs counts', () => {
  test('somebody who was added by hand after the preview is the same or changed, not added twice', async () => {
    const id = await uploaded(listOf(bo));
    await world.addPerson({
      name: 'Bo Chen',
      email: 'BO@halden.example',
      side: 'senior',
      department: 'Legal',
    });
    await importPeople(world.ctx, { importId: id });
    expect((await imports.find(world.db, id, 'people'))!.result).toMatchObject({ added: 0, changed: 1 });
    expect(await everyone()).toEqual(['Bo Chen', 'Ida Nordby']);
  });

  test('a manager who went after the preview makes the row wrong', async () => {
    const boss = await world.addPerson({ email: 'bo@halden.example' });
    const id = await uploaded(listOf(ada));
    await world.db.delete(peopleTable).where(eq(peopleTable.id, boss.id));
    await importPeople(world.ctx, { importId: id });
    expect((await imports.find(world.db, id, 'people'))!.result).toMatchObject({
      added: 0,
      left: [{ line: 2 }],
    });
  });

  test('asked to do what is done already, it does nothing', async () => {
    const { id } = await importList(bo);
    await importPeople(world.ctx, { importId: id });
    expect(await everyone()).toEqual(['Bo Chen', 'Ida Nordby']);
    expect(await stateOf(id)).toBe('done');
  });
});

describe('thousands of rows', () => {
  const many = (count: number) =>
    Array.from(
      { length: count },
      (_, i) =>
        `Person ${i}, p${i}@halden.example, talent, Dept ${i % 20}, ${i > 0 ? `p${Math.floor(i / 10)}@halden.example` : ''}`,
    );

  test('5,000 are added, each under their manager, and undone', async () => {
    const { id, result } = await importList(...many(5000));
    expect(result).toMatchObject({ added: 5000, left: [] });
    expect((await byEmail('p4321')).managerId).toBe((await byEmail('p432')).id);
    expect((await everyone()).length).toBe(5001);
    await undoImport(world.ctx, id, world.organiser.id);
    expect(await everyone()).toEqual(['Ida Nordby']);
  });

  test('progress is seen by others while it works, and a stop then changes nothing', async () => {
    await importList(bo);
    const id = await uploaded(listOf('Bo Changed, bo@halden.example, senior', ...many(4000)));
    const work = importPeople(world.ctx, { importId: id });
    let seen = await imports.find(world.db, id, 'people');
    while (seen!.done === 0) seen = await imports.find(world.db, id, 'people');
    expect(seen).toMatchObject({ state: 'working', total: 4001 });
    expect(seen!.sentence).toMatch(/^Person \d+, Dept \d+$/);
    expect((await everyone()).length).toBeGreaterThan(2);
    expect(await stopImport(world.ctx, id, world.organiser.id)).toBe(true);
    await work;
    expect(await everyone()).toEqual(['Bo Chen', 'Ida Nordby']);
    expect(await stateOf(id)).toBe('stopped');
  });

  test('stopped before it began, it never begins', async () => {
    const id = await uploaded(listOf(bo));
    await stopImport(world.ctx, id, world.organiser.id);
    await importPeople(world.ctx, { importId: id });
    expect(await everyone()).toEqual(['Ida Nordby']);
    expect(await stopImport(world.ctx, id, world.organiser.id)).toBe(false);
  });

  test('when something fails in the middle, everything is taken back and said so', async () => {
    const id = await uploaded(listOf(...many(600)));
    const failing = withTransactionsThatFail((count) => count === 2);
    await expect(importPeople(failing, { importId: id })).rejects.toThrow('the disk is full');
    expect(await stateOf(id)).toBe('failed');
    expect(await everyone()).toEqual(['Ida Nordby']);
  });

  test('after a crash the same work goes on where it was', async () => {
    const id = await uploaded(listOf(...many(600)));
    const dying = withTransactionsThatFail((count) => count >= 2);
    await expect(importPeople(dying, { importId: id })).rejects.toThrow('the disk is full');
    expect(await stateOf(id)).toBe('working');
    expect((await everyone()).length).toBe(101);
    world.clock.advance({ minutes: 1 });
    await importPeople(world.ctx, { importId: id });
    expect((await imports.find(world.db, id, 'people'))!.result).toMatchObject({
      added: 600,
      changed: 0,
      left: [],
    });
    await undoImport(world.ctx, id, world.organiser.id);
    expect(await everyone()).toEqual(['Ida Nordby']);
  });

  test('a list that an earlier version had begun, and a file that it had stored, are read as they are', async () => {
    const id = await uploaded(listOf(bo));
    const list = JSON.stringify(listOf(...many(300)));
    await world.db.execute(
      sql`UPDATE imports SET bytes = NULL, choices = jsonb_build_object('list', ${list}::jsonb) WHERE id = ${id}`,
    );
    await importPeople(world.ctx, { importId: id });
    expect((await everyone()).length).toBe(301);

    const values = { kind: 'people' as const, fileName: 'people.csv', choices: {} };
    const bytes = Buffer.from('Name;E-mail');
    const [createdById, createdAt] = [world.organiser.id, world.ctx.now()];
    const kept = await imports.add(world.db, { ...values, bytes, createdById, createdAt });
    await world.db.execute(sql`UPDATE imports SET bytes = ${bytes} WHERE id = ${kept}`);
    expect((await imports.findWhole(world.db, kept, 'people'))!.bytes).toEqual(bytes);
  });

  test('two at once write each person once: the one that began first sees it and writes nothing more', async () => {
    const id = await uploaded(listOf(...many(600)));
    let first = Promise.resolve();
    let letItGoOn = () => {};
    const isHeld = new Promise<void>((resolve) => {
      letItGoOn = resolve;
    });
    let count = 0;
    const isStalled = new Promise<void>((stalled) => {
      const transaction: Db['transaction'] = async (work) => {
        if (++count === 2) {
          stalled();
          await isHeld;
        }
        return world.db.transaction(work);
      };
      const db = new Proxy(world.db, {
        get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
      });
      first = importPeople({ ...world.ctx, db }, { importId: id });
    });
    await isStalled;
    await importPeople(world.ctx, { importId: id });
    expect(await stateOf(id)).toBe('done');
    letItGoOn();
    await first;
    expect(await stateOf(id)).toBe('done');
    expect((await imports.find(world.db, id, 'people'))!.result).toMatchObject({ added: 600, left: [] });
    expect((await everyone()).length).toBe(601);
  });
  test('when the database is away for a moment it stays at work, to go on', async () => {
    const id = await uploaded(listOf(...many(600)));
    const away = withTransactionsThatFail((n) => n === 2, Object.assign(new Error(), { code: '57P01' }));
    await expect(importPeople(away, { importId: id })).rejects.toThrow();
    expect(await stateOf(id)).toBe('working');
    await importPeople(world.ctx, { importId: id });
    expect((await imports.find(world.db, id, 'people'))!.result).toMatchObject({ added: 600, left: [] });
  });

  /** The same world on a disk that is full for some transactions, counted from 1. */
  function withTransactionsThatFail(
    fails: (count: number) => boolean,
    error = new Error('the disk is full'),
  ): Context {
    let count = 0;
    const transaction: Db['transaction'] = async (work) => {
      count += 1;
      if (fails(count)) throw error;
      return world.db.transaction(work);
    };
    const db = new Proxy(world.db, {
      get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
    });
    return { ...world.ctx, db };
  }
});

describe('undo', () => {
  test('takes out who was added and changes back who was changed', async () => {
    await importList(ada, bo);
    const before = await byEmail('bo');
    const { id } = await importList(
      'Bo Changed, bo@halden.example, talent, Legal, cy@halden.example, Boss, fr',
      'Cy, cy@halden.example, senior',
    );
    expect((await byEmail('bo')).name).toBe('Bo Changed');
    await undoImport(world.ctx, id, world.organiser.id);
    expect({ ...(await byEmail('bo')), updatedAt: before.updatedAt }).toEqual(before);
    expect(await everyone()).toEqual(['Ada Berg', 'Bo Chen', 'Ida Nordby']);
    expect((await imports.find(world.db, id, 'people'))!.result).toMatchObject({
      removed: 1,
      changedBack: 1,
      kept: 0,
    });
  });

  test('leaves whoever was edited, became a member or signed in since, and their managers', async () => {
    const { id } = await importList(
      ada,
      bo,
      'Cy, cy@halden.example, talent',
      'Di, di@halden.example, talent',
      'Ed, ed@halden.example, talent',
    );
    world.clock.advance({ hours: 1 });
    const [a, cy, di] = [await byEmail('ada'), await byEmail('cy'), await byEmail('di')];
    await people.change(world.db, a.id, a.updatedAt, { jobTitle: 'Lead', updatedAt: world.ctx.now() });
    const [team] = await world.db
      .insert(teams)
      .values({ name: 'Robots', createdAt: world.clock.now })
      .returning();
    await world.db.insert(teamMembers).values({ teamId: team!.id, personId: cy.id });
    await world.browserOf(di);
    expect((await world.db.select().from(sessionsTable)).length).toBe(1);
    await undoImport(world.ctx, id, world.organiser.id);
    expect(await everyone()).toEqual(['Ada Berg', 'Bo Chen', 'Cy', 'Di', 'Ida Nordby']);
    expect((await imports.find(world.db, id, 'people'))!.result).toMatchObject({
      removed: 1,
      changedBack: 0,
      kept: 4,
    });
  });

  test('leaves a change somebody edited since', async () => {
    await importList(bo);
    const { id } = await importList('Bo Changed, bo@halden.example, senior');
    world.clock.advance({ minutes: 1 });
    const changed = await byEmail('bo');
    await people.change(world.db, changed.id, changed.updatedAt, {
      name: 'Bo by hand',
      updatedAt: world.ctx.now(),
    });
    await undoImport(world.ctx, id, world.organiser.id);
    expect((await byEmail('bo')).name).toBe('Bo by hand');
  });

  test('leaves whoever was invited since, added or changed', async () => {
    await importList(bo);
    const { id } = await importList('Bo Changed, bo@halden.example, senior', ada);
    world.clock.advance({ minutes: 1 });
    await published(world, [await byEmail('bo')]);
    await drafted(world, [await byEmail('ada')]);
    await undoImport(world.ctx, id, world.organiser.id);
    expect(await everyone()).toEqual(['Ada Berg', 'Bo Changed', 'Ida Nordby']);
  });

  test('changes back whoever had been invited before', async () => {
    await importList(bo);
    await published(world, [await byEmail('bo')]);
    world.clock.advance({ minutes: 1 });
    const { id } = await importList('Bo Changed, bo@halden.example, senior');
    await undoImport(world.ctx, id, world.organiser.id);
    expect(await everyone()).toEqual(['Bo Chen', 'Ida Nordby']);
  });

  test('is done once', async () => {
    const { id } = await importList(bo);
    await undoImport(world.ctx, id, world.organiser.id);
    await expect(undoImport(world.ctx, id, world.organiser.id)).rejects.toThrow(
      'This import was undone already.',
    );
  });

  test('works for seven days and no longer', async () => {
    const [one, two] = [await importList(bo), await importList(ada)];
    world.clock.advance({ hours: 7 * 24 - 1, minutes: 59 });
    await undoImport(world.ctx, two.id, world.organiser.id);
    expect(await everyone()).toEqual(['Bo Chen', 'Ida Nordby']);
    world.clock.advance({ minutes: 1 });
    await expect(undoImport(world.ctx, one.id, world.organiser.id)).rejects.toThrow(
      'An import can be undone for seven days.',
    );
    expect(await everyone()).toEqual(['Bo Chen', 'Ida Nordby']);
  });
});

test('a preview is cleared away after a day, what was done when it cannot be undone any more', async () => {
  const { id: done } = await importList(bo);
  const values = { kind: 'people', fileName: 'x.csv', bytes: Buffer.from('x'), choices: {} } as const;
  const preview = await imports.add(world.db, {
    ...values,
    createdById: world.organiser.id,
    createdAt: world.ctx.now(),
  });
  const there = async () =>
    [await imports.find(world.db, preview, 'people'), await imports.find(world.db, done, 'people')].map(
      (found) => found !== null,
    );
  world.clock.advance({ hours: 23 });
  await imports.removeOld(world.db, world.ctx.now());
  expect(await there()).toEqual([true, true]);
  world.clock.advance({ hours: 2 });
  await imports.removeOld(world.db, world.ctx.now());
  expect(await there()).toEqual([false, true]);
  world.clock.advance({ hours: 7 * 24 });
  await imports.removeOld(world.db, world.ctx.now());
  expect(await there()).toEqual([false, false]);
  expect(await everyone()).toEqual(['Bo Chen', 'Ida Nordby']);
});
