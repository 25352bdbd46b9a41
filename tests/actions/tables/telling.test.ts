// Who hears of a table plan by e-mail: hosts three days before, and after a change those alone whom it touches.
import { beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { invite } from '../../../src/actions/guests/list.ts';
import { sendNow, setReminders } from '../../../src/actions/letters/reminders.ts';
import { plansOf, tablesOf } from '../../../src/actions/tables/evening.ts';
import { publishPlan, takeBackPublication } from '../../../src/actions/tables/publish.ts';
import { movePerson, placeBest } from '../../../src/actions/tables/seats.ts';
import type { HostTableLetter, TableChangedLetter } from '../../../src/domain/letters/facts.ts';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import { sendReminders } from '../../../src/jobs/send-reminders.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { linkOf, sayNoForGood } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { twoTables } from '../../support/tables/two-tables.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
let event: events.Event;
let guests: Person[];
let hosts: Person[];

const oslo = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Oslo').toInstant();

/** Two tables with a host each and six guests, on Thursday 10 December; everyone has a seat in the draft. */
beforeEach(async () => {
  const names = ['Anna Berg', 'Bo Dahl', 'Cara Ek', 'Dina Falk', 'Emil Gran', 'Finn Holm'];
  ({ event, guests, hosts } = await twoTables(world, names));
  for (const { id } of [...hosts, ...guests]) await placeBest(world.ctx, event.id, id);
  await deliver();
});

const post: Post = {
  render: async () => ({ subject: 'Hello', bytes: Buffer.from('Hello') }),
  send: async () => ({ kind: 'sent', reply: '250 fine' }),
  print: () => {},
};
const deliver = async () => {
  const waiting = (await allLetters(world)).filter(({ state }) => state === 'waiting');
  for (const { id } of waiting) await deliverLetter(world.ctx, post, id);
};
const plan = async () => {
  const tables = await tablesOf(world.db, (await events.find(world.db, event.id))!);
  return plansOf(world.db, event.id, tables);
};
const publish = async () => publishPlan(world.ctx, event.id, (await plan()).draft!.revision);
const about = async () =>
  (await allLetters(world)).filter(
    ({ kind, state }) => ['host-table', 'table-changed'].includes(kind) && state !== 'cancelled',
  );
const told = async () => (await about()).map(({ kind, recipientName }) => `${kind} ${recipientName}`).sort();
const tick = async (wall: string) => {
  world.clock.now = oslo(wall);
  await sendReminders(world.ctx);
};
/** Moves somebody to the other table in a round, the first unless told. */
const moveAcross = async (person: Person, round = 1) => {
  const from = (await plan()).seats.get(person.id)![round - 1]!;
  await movePerson(world.ctx, event.id, { personId: person.id, round, from, to: 3 - from });
  return { from, to: 3 - from };
};

describe('hosts hear who sits with them', () => {
  test('three days before, in each round, by first name; never before the tables are published', async () => {
    await tick('2026-12-07T08:30');
    expect(await about()).toEqual([]);
    await expect(sendNow(world.ctx, event.id, 'tables')).rejects.toThrow('No tables are published yet.');
    await publish();
    await tick('2026-12-07T08:30');
    expect(await about()).toEqual([]);
    world.clock.advance({ seconds: 11 });
    await sendReminders(world.ctx);
    expect(await told()).toEqual(['host-table Hana Ito', 'host-table Ivo Jansen']);
    const rows = (await plan()).publishedSeats;
    const letter = (await about()).find(({ recipientName }) => recipientName === 'Hana Ito')!;
    const facts = letter.facts as unknown as HostTableLetter;
    expect(facts.isChanged).toBe(false);
    expect(facts.rounds.map(({ people }) => people)).toEqual(
      [0, 1, 2].map((round) =>
        guests.filter(({ id }) => rows.get(id)![round] === 1).map(({ name }) => name.split(' ')[0]),
      ),
    );
    const drawn = renderLetter(facts, { name: letter.recipientName, email: 'h@x.example' }, world.ctx.words);
    expect(drawn.subject).toContain('Who sits at your table');
    expect(drawn.text).toContain('Round 1, 16:15, table 1: ');
    expect(drawn.text).toContain(`${linkOf(world, event, hosts[0]!)}/seat`);
    expect(drawn.text).toContain('No more reminders about this event');
    expect(drawn.text).not.toMatch(/Berg|Dahl|Ek\b|Falk/);
    await tick('2026-12-08T12:00');
    expect(await about()).toHaveLength(2);
  });

  test('again the afternoon before, where others sit there by then', async () => {
    await publish();
    await tick('2026-12-07T08:30');
    expect(await about()).toHaveLength(2);
    const rows = (await plan()).publishedSeats;
    await sayNoForGood(world, event, guests[0]!);
    await tick('2026-12-09T15:30');
    expect(await about()).toHaveLength(2);
    await tick('2026-12-09T16:00');
    const met = new Set(rows.get(guests[0]!.id));
    const expected = hosts.filter((_, at) => met.has(at + 1)).map(({ name }) => `host-table ${name}`);
    expect((await told()).length).toBe(2 + expected.length);
    const last = (await about()).at(-1)!.facts as unknown as HostTableLetter;
    expect(last.isChanged).toBe(true);
    expect(last.rounds.flatMap(({ people }) => people)).not.toContain('Anna');
    await tick('2026-12-10T12:00');
    expect((await told()).length).toBe(2 + expected.length);
  });

  test('not those who want no more reminders of this event', async () => {
    await setReminders(world.ctx, event.id, hosts[0]!.id, false);
    await publish();
    await tick('2026-12-07T09:00');
    expect(await told()).toEqual(['host-table Ivo Jansen']);
  });
});

describe('a change that is published', () => {
  test('tells the guest who sits elsewhere and the hosts whose people changed, after ten seconds; the first plan nobody', async () => {
    await publish();
    expect(await about()).toEqual([]);
    world.clock.advance({ minutes: 5 });
    const { from, to } = await moveAcross(guests[0]!);
    expect(await about()).toEqual([]);
    await publish();
    expect(await told()).toEqual(['host-table Hana Ito', 'host-table Ivo Jansen', 'table-changed Anna Berg']);
    const waits = (await about()).map(({ state, dueAt }) => [
      state,
      world.clock.now.until(dueAt).total('seconds'),
    ]);
    expect(waits).toEqual(Array.from({ length: 3 }, () => ['waiting', 10]));
    const letter = (await about()).find(({ kind }) => kind === 'table-changed')!;
    const facts = letter.facts as unknown as TableChangedLetter;
    const { text } = renderLetter(facts, { name: 'Anna Berg', email: 'a@x.example' }, world.ctx.words);
    expect(text).toContain(`Round 1, 16:15: table ${to} instead of table ${from}.`);
    expect(text).toMatch(/Round 2, \d\d:\d\d: table \d, as before\./);
    expect(text).not.toMatch(/Ito|Jansen|Bo\b/);
    world.clock.advance({ seconds: 11 });
    await deliver();
    expect((await about()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  });

  test('that is taken back within ten seconds tells nobody', async () => {
    await publish();
    world.clock.advance({ minutes: 5 });
    await moveAcross(guests[0]!);
    await publish();
    expect(await about()).toHaveLength(3);
    await takeBackPublication(world.ctx, event.id);
    expect(await about()).toEqual([]);
  });

  test('once the event has begun a change writes to nobody, and a moment before it still does', async () => {
    const start = oslo('2026-12-10T16:00');
    await publish();
    world.clock.now = start.subtract({ minutes: 1 });
    await moveAcross(guests[0]!);
    await publish();
    expect((await told()).filter((one) => one.startsWith('table-changed'))).toHaveLength(1);
    world.clock.now = start;
    await moveAcross(guests[1]!, 3);
    await publish();
    expect((await told()).filter((one) => one.startsWith('table-changed'))).toHaveLength(1);
    expect((await plan()).publishedSeats).toEqual((await plan()).seats);
  });

  test('two within ten seconds are one e-mail from the table that was known, and moved back is none', async () => {
    await publish();
    world.clock.advance({ minutes: 5 });
    await moveAcross(guests[0]!);
    await publish();
    world.clock.advance({ seconds: 3 });
    await moveAcross(guests[1]!);
    await publish();
    expect((await told()).filter((one) => one.startsWith('table-changed'))).toEqual([
      'table-changed Anna Berg',
      'table-changed Bo Dahl',
    ]);
    await takeBackPublication(world.ctx, event.id);
    expect((await told()).filter((one) => one.startsWith('table-changed'))).toEqual([
      'table-changed Anna Berg',
    ]);
    await moveAcross(guests[1]!);
    await moveAcross(guests[0]!);
    await publish();
    expect((await told()).filter((one) => one.startsWith('table-changed'))).toEqual([]);
  });
});

test('once tables are published, confirmation, reminders and the calendar entry lead to one’s own tables', async () => {
  const late = await world.addPerson({ name: 'Gus Iver' });
  await invite(world.ctx, event.id, [late.id]);
  await publish();
  world.clock.advance({ minutes: 5 });
  await answer(world.ctx, event.id, late.id, 'yes');
  const letterTo = async (kind: string, person: Person) => {
    const found = (await allLetters(world)).findLast(
      (one) => one.kind === kind && one.personId === person.id,
    )!;
    return renderLetter(found.facts as never, person, world.ctx.words);
  };
  const seat = `${world.ctx.baseUrl}${linkOf(world, event, late)}/seat`;
  const confirmed = await letterTo('confirmed', late);
  expect(confirmed.text).toContain(`My table:\n${seat}`);
  const unfolded = confirmed.calendar!.content.replace(/\r\n /g, '');
  expect(unfolded).toContain(`My table: ${seat}`);
  expect(unfolded).toContain('SEQUENCE:0');
  expect((await letterTo('confirmed', guests[0]!)).text).not.toContain('/seat');
  const file = await world.get(`${linkOf(world, event, guests[0]!)}/calendar.ics`);
  expect(file.body.replace(/\r\n /g, '')).toContain(`My table: ${world.ctx.baseUrl}/i/`);
  await tick('2026-12-08T16:00');
  expect((await letterTo('see-you-soon', guests[0]!)).text).toContain(
    `${linkOf(world, event, guests[0]!)}/seat`,
  );
});
