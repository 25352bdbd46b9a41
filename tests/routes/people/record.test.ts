import { expect, test } from 'vitest';
import { cancel } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { pressAtDoor } from '../../../src/actions/guests/door.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const at = (text: string) => {
  world.clock.now = Temporal.Instant.from(text);
};
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
async function recordOf(person: Person, as = world.organiser): Promise<string[][]> {
  const $ = page(await world.get(`/people/${person.id}`, { as }));
  $('section[aria-labelledby=record-title] .cell-label').remove();
  return $('section[aria-labelledby=record-title] tbody tr')
    .map((_, row) => [
      $(row)
        .children()
        .map((_i, cell) => squeezed($(cell).text()))
        .get(),
    ])
    .get() as unknown as string[][];
}

test('the record tells who came, who did not, who cancelled late and who sent somebody else', async () => {
  const [ada, bo, cy, dee, eva] = [
    await world.addPerson({ name: 'Ada' }),
    await world.addPerson({ name: 'Bo' }),
    await world.addPerson({ name: 'Cy' }),
    await world.addPerson({ name: 'Dee' }),
    await world.addPerson({ name: 'Eva' }),
  ];
  const event = await published(world, [ada, bo, cy, dee]);
  for (const { id } of [ada, bo, cy, dee]) await answer(world.ctx, event.id, id, 'yes');
  at('2026-12-09T10:00:00Z');
  await answer(world.ctx, event.id, cy.id, 'no');
  await rsvps.setReason(world.db, event.id, cy.id, 'unwell');
  await nameSubstitute(world.ctx, event.id, dee.id, eva.id);
  at('2026-12-10T15:00:00Z');
  await pressAtDoor(world.ctx, event.id, ada.id, { here: true });
  at('2026-12-11T10:00:00Z');
  const first = 'Winter roundThursday 10 December 2026';
  expect(await recordOf(ada)).toEqual([[first, 'Came', 'yes 9 Nov']]);
  expect(await recordOf(bo)).toEqual([[first, 'Did not come', 'yes 9 Nov']]);
  expect(await recordOf(cy)).toEqual([
    [first, 'Cancelled late, under 48 h Unwell', 'yes 9 Nov; no, late 9 Dec'],
  ]);
  expect(await recordOf(dee)).toEqual([[first, 'Sent a substitute', 'yes 9 Nov; named a substitute 9 Dec']]);
  expect(await recordOf(eva)).toEqual([[first, 'No answer', 'None']]);
});

/** The line above the record that sums it up. */
async function sumsOf(person: Person): Promise<string> {
  // Somebody who signs in now: a session does not last for months.
  const organiser = await world.addPerson({ isOrganiser: true });
  const $ = page(await world.get(`/people/${person.id}`, { as: organiser }));
  return $('section[aria-labelledby=record-title] > p').first().text();
}

test('the sums count what became of each event, near and far', async () => {
  const [ada, bo] = [await world.addPerson(), await world.addPerson()];
  const first = await published(world, [ada, bo]);
  const second = await published(world, [ada, bo], { name: 'Lunch', startsAt: '2026-12-20T12:00' });
  const third = await published(world, [ada, bo], { name: 'Panel', startsAt: '2027-06-20T12:00' });
  for (const { id } of [first, second, third]) await answer(world.ctx, id, ada.id, 'yes');
  await answer(world.ctx, first.id, bo.id, 'yes');
  expect(await sumsOf(ada)).toBe('Coming: 3');
  at('2026-12-10T15:00:00Z');
  await pressAtDoor(world.ctx, first.id, bo.id, { here: true });
  expect([await sumsOf(ada), await sumsOf(bo)]).toEqual(['Coming: 3', 'Came: 1 · No answer: 2']);
  at('2026-12-11T10:00:00Z');
  expect(await sumsOf(ada)).toBe('Did not come: 1 · Coming: 2');
  await answer(world.ctx, second.id, ada.id, 'no');
  await answer(world.ctx, third.id, ada.id, 'yes');
  expect(await sumsOf(ada)).toBe('Did not come: 1 · Coming: 1 · Cancelled in time: 1');
  // Long after, when no clock is looked at any more.
  at('2027-12-11T10:00:00Z');
  expect(await sumsOf(ada)).toBe('Did not come: 1 · Said yes: 1 · Cancelled in time: 1');
});

test('an event at which nobody kept the door, or that was called off, is held against nobody', async () => {
  const ada = await world.addPerson();
  const [held, off] = [
    await published(world, [ada]),
    await published(world, [ada], { name: 'Lunch', startsAt: '2026-12-20T12:00' }),
  ];
  for (const { id } of [held, off]) await answer(world.ctx, id, ada.id, 'yes');
  await cancel(world.ctx, off.id, '');
  at('2026-12-21T10:00:00Z');
  expect((await recordOf(ada)).map(([, outcome]) => outcome)).toEqual(['Cancelled', 'Said yes']);
});

test('it is for organisers only, and gone after 24 months', async () => {
  const ada = await world.addPerson();
  const event = await published(world, [ada]);
  await answer(world.ctx, event.id, ada.id, 'yes');
  expect((await world.get(`/people/${ada.id}`, { as: ada })).statusCode).toBe(404);
  expect(await recordOf(ada)).not.toEqual([]);
  at('2028-12-11T10:00:00Z');
  const later = await world.addPerson({ isOrganiser: true });
  expect(await recordOf(ada, later)).toEqual([]);
  const $ = page(await world.get(`/people/${ada.id}`, { as: later }));
  expect($('section[aria-labelledby=record-title]').text()).toContain('Not invited to anything');
});
