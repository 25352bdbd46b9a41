// The harvest: turns on the remote, notes on the projector.
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { pressRun } from '../../../src/actions/live/press.ts';
import type { PressKind } from '../../../src/domain/live/state.ts';
import { setDay } from '../../../src/store/tables/day.ts';
import { type Evening, eveningIn, itIs, note } from '../../support/tables/evening.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let evening: Evening;

beforeEach(async () => {
  evening = await eveningIn(world);
});

const textOf = (text: string) => text.replace(/\s+/g, ' ').trim();
const press = (kind: PressKind) =>
  pressRun(world.ctx, evening.event.id, kind, { byId: world.organiser.id, key: randomUUID(), secondsAgo: 0 });
const open = async (path: string) =>
  page(await world.get(`/events/${evening.event.id}/live${path}`, { as: world.organiser }));
const remote = async () => textOf((await open(''))('.run-clock').text());

/** Starts at 16:00 and calls every block up to the harvest. */
async function toTheHarvest(): Promise<void> {
  itIs(world, '16:00');
  await press({ kind: 'start', ends: 'later' });
  for (let from = 0; from < 7; from++) {
    world.clock.advance({ minutes: 1 });
    await press({ kind: 'next', from });
  }
}

test('the screen shows one note of each table, then what each says with others below, in turn', async () => {
  itIs(world, '16:20');
  await note(world, evening, evening.amina, 'Begin small');
  await note(world, evening, evening.amina, 'Legal to say', { kind: 'follow' });
  await note(world, evening, evening.leo, 'Who checks?', { table: 2, kind: 'worry' });
  expect((await open('/screen')).text()).not.toContain('Begin small');
  await toTheHarvest();
  const all = await open('/screen');
  expect(
    all('.five-found li')
      .toArray()
      .map((li) => textOf(all(li).find('p').text())),
  ).toEqual(['Legal to say', 'Who checks?']);
  expect(await remote()).toContain('Nobody speaks Next: table 1');
  await press({ kind: 'turn', from: 0 });
  const first = await open('/screen');
  expect(textOf(first('.asked').text())).toBe('Legal to say');
  expect(textOf(first('.also').text())).toBe('IdeaBegin small');
  expect(textOf(first('.turns [data-turn=now]').text())).toBe('1Table 1, speaks now');
  expect(await remote()).toContain('Table 1 speaks: Agents Next: table 2');
  const guest = page(await world.get(`/e/${evening.event.slug}/now`, { as: evening.margareta }));
  expect(textOf(guest('.now-felt').text())).toContain('Table 1 is speaking');
  await press({ kind: 'turn', from: 1 });
  expect(textOf((await open('/screen'))('.asked').text())).toBe('Who checks?');
  await press({ kind: 'turn', from: 2 });
  expect((await open('/screen'))('.five-found li')).toHaveLength(2);
});

test('a table without notes speaks last and stays last, and the screen says what to do', async () => {
  itIs(world, '16:20');
  await note(world, evening, evening.leo, 'Who checks?', { table: 2 });
  await toTheHarvest();
  await press({ kind: 'turn', from: 0 });
  expect(await remote()).toContain('Table 2 speaks: Proof');
  await press({ kind: 'turn', from: 1 });
  const $ = await open('/screen');
  expect(textOf($('.asked').text())).toBe('What will you try on Monday?');
  await note(world, evening, evening.amina, 'I will ask');
  expect(textOf((await open('/screen'))('.asked').text())).toBe('I will ask');
});

test('without any note the screen says what to do', async () => {
  await toTheHarvest();
  const $ = await open('/screen');
  expect(textOf($('.asked').text())).toBe('What will you try on Monday?');
  expect($('.turns li')).toHaveLength(2);
});

test('for a table whose hosts have left the facilitator speaks', async () => {
  itIs(world, '16:20');
  await note(world, evening, evening.amina, 'Begin small');
  await toTheHarvest();
  await press({ kind: 'turn', from: 0 });
  expect(await remote()).not.toContain('You speak for it');
  const facts = { there: [[evening.amina.id, 1, 2]] as [number, number, number][], dropped: [], hosts: [] };
  await world.db.transaction((tx) => setDay(tx, evening.event.id, facts));
  expect(await remote()).toContain('Its hosts have left. You speak for it');
});

test('a dropped round is said on phones, and the next move skips it', async () => {
  itIs(world, '16:00');
  await press({ kind: 'start', ends: 'later' });
  await press({ kind: 'next', from: 0 });
  await press({ kind: 'next', from: 1 });
  await press({ kind: 'drop', block: 4 });
  const $ = page(await world.get(`/e/${evening.event.slug}/now`, { as: evening.rolf }));
  expect(textOf($('.changed').text())).toContain('Round 2 is dropped');
  expect(textOf($('.next-move').text())).toContain('you move to table 1');
});
