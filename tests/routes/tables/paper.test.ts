import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { invite } from '../../../src/actions/guests/list.ts';
import { plansOf, tablesOf } from '../../../src/actions/tables/evening.ts';
import { publishPlan } from '../../../src/actions/tables/publish.ts';
import { movePerson, placeBest } from '../../../src/actions/tables/seats.ts';
import { factsOf } from '../../../src/domain/tables/facts.ts';
import * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { addWish } from '../../../src/store/tables/wishes.ts';
import { readCsv } from '../../../src/web/csv.ts';
import { published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let event: events.Event;
let guests: Person[];

beforeEach(async () => {
  guests = [];
  for (const name of ['Anna Zeller', 'Anna Berg', 'Cara Ek', 'Dina Falk'])
    guests.push(await world.addPerson({ name }));
  const host = await world.addPerson({ name: 'Hana Ito', side: 'talent' });
  const topics = [await teamOf(world, 'Agents', [host]), await teamOf(world, 'Energy', [])];
  event = await published(world, [...guests, host], { topics });
  for (const { id } of [host, ...guests]) {
    await answer(world.ctx, event.id, id, 'yes');
    await placeBest(world.ctx, event.id, id);
  }
});

const ida = () => ({ as: world.organiser });
const plan = async () => {
  const tables = await tablesOf(world.db, (await events.find(world.db, event.id))!);
  return plansOf(world.db, event.id, tables);
};
const print = async (sheet: string) =>
  page(await world.get(`/events/${event.id}/tables/print?sheet=${sheet}`, ida()));

test('paper has published tables only: cards and tables with first names, the finder alone with last names', async () => {
  expect((await print('cards'))('main').text()).toContain('Nothing is published yet');
  await publishPlan(world.ctx, event.id, (await plan()).draft!.revision);
  const cards = await print('cards');
  expect(cards('.paper-cards > li')).toHaveLength(5);
  expect(cards('.paper-cards').text()).toContain('Anna Z.');
  expect(cards('.paper-cards').text()).not.toMatch(/Zeller|Berg|Falk|Ito/);
  const sheet = await print('tables');
  expect(sheet('#paper-1').text()).toContain('Agents');
  expect(sheet('.paper-table').first().text()).toContain('Hosts: Hana');
  expect(sheet('.paper-table').text()).not.toMatch(/Zeller|Falk|Ito/);
  const finder = await print('finder');
  expect(
    finder('tbody th')
      .map((_, th) => finder(th).text())
      .get(),
  ).toEqual(['Anna Berg', 'Cara Ek', 'Dina Falk', 'Hana Ito', 'Anna Zeller']);
});

test('each sheet is a PDF file, and all of them are one; of the next print only what has changed', async () => {
  const toPrint = (fields: Record<string, string>) =>
    world.post(`/events/${event.id}/tables/prints`, fields, ida());
  expect(page(await toPrint({ sheet: 'cards' }))('main').text()).toContain('Nothing is published yet');
  await publishPlan(world.ctx, event.id, (await plan()).draft!.revision);
  const all = await toPrint({ sheet: 'evening' });
  expect(all.headers['content-type']).toBe('application/pdf');
  expect(all.headers['content-disposition']).toBe(`attachment; filename="${event.slug}-evening.pdf"`);
  expect(all.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect(
    (await print('cards'))('.paper-files')
      .text()
      .match(/Last printed/g),
  ).toHaveLength(5);
  const same = await toPrint({ sheet: 'place-cards', only: 'changes' });
  expect(same.statusCode).toBe(409);
  expect(page(same)('main').text()).toContain('Nothing on these sheets has changed since the last print.');
  expect(page(same)('#only').attr('checked')).toBeDefined();
  const { id } = guests[2]!;
  const from = (await plan()).seats.get(id)![0]!;
  await movePerson(world.ctx, event.id, { personId: id, round: 1, from, to: 3 - from });
  await publishPlan(world.ctx, event.id, (await plan()).draft!.revision);
  const pagesOf = ({ rawPayload }: { rawPayload: Buffer }) =>
    rawPayload.toString('latin1').match(/\/Type \/Page\b/g)?.length;
  const [whole, changes] = [
    await toPrint({ sheet: 'cards' }),
    await toPrint({ sheet: 'place-cards', only: 'changes' }),
  ];
  expect([pagesOf(whole), pagesOf(changes)]).toEqual([2, 2]);
  expect((await toPrint({ sheet: 'cards', only: 'changes' })).statusCode).toBe(409);
  expect((await toPrint({ sheet: 'x' })).statusCode).toBe(422);
  expect(
    (await world.post(`/events/${event.id}/tables/prints`, { sheet: 'cards' }, { as: guests[0]! }))
      .statusCode,
  ).toBe(404);
});

test('a name that cannot be printed is pointed out on the page, and never printed as boxes', async () => {
  const odd = await world.addPerson({ name: 'Suda ศรีสุดา' });
  await invite(world.ctx, event.id, [odd.id]);
  await answer(world.ctx, event.id, odd.id, 'yes');
  await placeBest(world.ctx, event.id, odd.id);
  await publishPlan(world.ctx, event.id, (await plan()).draft!.revision);
  const $ = await print('cards');
  expect($('.notice').text()).toContain('characters we can’t print');
  expect($('.notice').text()).toContain('Suda ศรีสุดา');
  expect($('.notice').text()).not.toContain('Anna');
});

test('the list goes out and comes in changed, and one press takes that back', async () => {
  const out = await world.get(`/events/${event.id}/tables/list.csv`, ida());
  expect(out.headers['content-disposition']).toContain(`${event.slug}-tables.csv`);
  const [header, ...rows] = out.body.replace('\uFEFF', '').trim().split('\r\n');
  expect(header).toBe(
    'Name,E-mail,Side,Department,Manager,Host,Stays,From,Until,Apart,Together,Lock,Round 1,Round 2,Round 3',
  );
  expect(rows).toHaveLength(5);
  const before = (await plan()).seats.get(guests[2]!.id)!;
  const to = before[0] === 1 ? 2 : 1;
  const ours = await world.browserOf(world.organiser);
  const file = (bytes: string) => ({ name: 'file', fileName: 'plan.csv', bytes });
  const upload = (bytes: string) => ours.upload(`/events/${event.id}/tables/list`, file(bytes));
  const read = await upload(`Name;Round 1;Round 2;Round 3\nCara Ek;${to};;${before[2]}\n`);
  expect(read.statusCode).toBe(303);
  const after = await plan();
  expect(after.seats.get(guests[2]!.id)).toEqual([to, 0, before[2]]);
  expect(after.seats.size).toBe(5);
  expect(after.draft!.undo!.kind).toBe('read');
  const wrong = await upload('Name;Round 1\nZoe;1\nCara Ek;7\n');
  expect(wrong.statusCode).toBe(422);
  expect(page(wrong)('main').text()).toContain('Row 2: Zoe is not among the people who come.');
  expect(page(wrong)('main').text()).toContain('Row 3: there is no table 7.');
});

/** Lets the command line plan a list in a folder of its own; returns the list it writes. */
function planFromList(
  list: string,
  ...more: string[]
): { csv: string; errors: string; status: number | null } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-test-'));
  fs.writeFileSync(path.join(folder, 'plan.csv'), list);
  const program = path.resolve(import.meta.dirname, '../../../src/cli/flipside.ts');
  const args = ['tables', '--in', 'plan.csv', '--tables', '2', '--rounds', '3', '--iterations', '2000'];
  const run = spawnSync(process.execPath, [program, ...args, '--out', 'out.csv', ...more], {
    cwd: folder,
    encoding: 'utf8',
  });
  const csv = run.status === 0 ? fs.readFileSync(path.join(folder, 'out.csv'), 'utf8') : '';
  fs.rmSync(folder, { recursive: true });
  return { csv, errors: run.stderr, status: run.status };
}

test('the list goes to the command line and back, both ways, with odd names, wishes and an address of two', async () => {
  const odd = [
    '=1+1 Müller',
    '-Ana; “Ana”, O’Neill',
    'שרה כהן',
    '王小明',
    '@home',
    "'Quoted",
    'Anna  Berg-Ek',
  ];
  for (const [n, name] of odd.entries()) {
    const person = await world.addPerson({
      name,
      ...(n > 4 && { email: 'reception@x.example', sharesAddress: true }),
    });
    guests.push(person);
    await invite(world.ctx, event.id, [person.id]);
    await answer(world.ctx, event.id, person.id, 'yes');
  }
  const wish = { eventId: event.id, createdAt: world.clock.now };
  await addWish(world.db, { ...wish, kind: 'apart', personId: guests[4]!.id, otherId: guests[9]!.id });
  await addWish(world.db, { ...wish, kind: 'together', personId: guests[6]!.id, otherId: guests[5]!.id });
  await addWish(world.db, { ...wish, kind: 'lock', personId: guests[7]!.id, tableNumber: 2, round: 3 });
  await addWish(world.db, { ...wish, kind: 'stays', personId: guests[8]!.id });
  const ours = await world.browserOf(world.organiser);
  const download = async () => (await world.get(`/events/${event.id}/tables/list.csv`, ida())).body;
  const upload = (bytes: string) =>
    ours.upload(`/events/${event.id}/tables/list`, { name: 'file', fileName: 'plan.csv', bytes });

  // Planned by the command line, with every wish of the page, and read in.
  const bare = (await download()).replace(/Round \d/g, (round) => `Former ${round}`);
  const first = planFromList(bare);
  expect([first.status, first.errors]).toEqual([0, expect.not.stringContaining('not in the list')]);
  expect((await upload(first.csv)).statusCode).toBe(303);
  const planned = await plan();
  const tables = await tablesOf(world.db, (await events.find(world.db, event.id))!);
  const facts = factsOf({ ...tables, met: new Map() }, planned.seats);
  expect([planned.seats.size, facts.unseated, facts.broken, facts.wishes]).toEqual([12, [], [], 4]);

  // Out, planned again as the plan people know, and in: the same plan, in the file and on the page.
  const second = planFromList(await download());
  expect(second.status).toBe(0);
  expect((await upload(second.csv)).statusCode).toBe(303);
  expect((await plan()).seats).toEqual(planned.seats);
  const seatsIn = (csv: string) => readCsv(Buffer.from(csv)).rows.map(({ cells }) => cells.slice(12, 15));
  expect(seatsIn(await download())).toEqual(seatsIn(second.csv));
});

test('the command line plans from the list as it goes out', async () => {
  const out = await world.get(`/events/${event.id}/tables/list.csv`, ida());
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-test-'));
  fs.writeFileSync(path.join(folder, 'plan.csv'), out.body);
  const program = path.resolve(import.meta.dirname, '../../../src/cli/flipside.ts');
  const args = ['tables', '--in', 'plan.csv', '--tables', '2', '--rounds', '3', '--iterations', '200'];
  const run = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
  fs.rmSync(folder, { recursive: true });
  expect(run.status).toBe(0);
  const planned = JSON.parse(run.stdout) as { rounds: string[][][] };
  expect(planned.rounds).toHaveLength(3);
  expect(planned.rounds.every((round) => round[0]!.some((id) => id.startsWith('person-')))).toBe(true);
});
