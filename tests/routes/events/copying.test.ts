// A copy of an event, a draft that is deleted, and the format of a new event switched.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { cancel, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { appoint } from '../../../src/actions/guests/facilitators.ts';
import * as events from '../../../src/store/events/events.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import { auditLog, people, trends } from '../../../src/store/schema/index.ts';
import { drafted, published, teamOf } from '../../support/events.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
type Fields = Record<string, string | string[]>;
const asOrganiser = () => ({ as: world.organiser });
const latest = async () => (await events.all(world.db)).toSorted((a, b) => b.id - a.id)[0]!;

/** The fields of the form on a page, as a browser sends them. */
function fieldsOf(shown: Answer, action = '/events'): Fields {
  const fields: Fields = {};
  for (const { name, value } of page(shown)(`form[action="${action}"]`).serializeArray())
    if (name !== '_token') fields[name] = name in fields ? [fields[name]!, value].flat() : value;
  return fields;
}

const openCopy = async (id: number) => fieldsOf(await world.get(`/events/new?copy=${id}`, asOrganiser()));

describe('a copy of an event', () => {
  test('has all but answers and questions, on the same weekday four weeks later, with deadlines as long before', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const host = await world.addPerson({ name: 'Amina', side: 'talent' });
    const topic = await teamOf(world, 'Agents', [host]);
    const event = await published(world, [ada], {
      topics: [topic],
      access: 'Ring at the gate',
      seniorQuorum: 1,
      decideOn: '2026-12-04',
      openAfterNo: true,
      questionRules: { talliesHidden: true },
      blocks: [
        {
          ...{ kind: 'talk', title: 'Only this', minutes: 42, fixedAt: '16:00', ledBy: 'Margareta' },
          ...{ note: 'Doors shut.', question: 'Who signs?', shrinksTo: 30, mayDrop: true },
        },
      ],
    });
    await appoint(world.ctx, event.id, host.id, true, 'program');
    await answer(world.ctx, event.id, ada.id, 'yes');
    const shown = await world.get(`/events/new?copy=${event.id}`, asOrganiser());
    expect(page(shown)('.page-head .quiet').text()).toContain(
      'A copy of Winter round, all but its answers and questions.',
    );
    const fields = fieldsOf(shown);
    expect(fields).toMatchObject({
      name: 'Winter round',
      date: '2027-01-07',
      answerBy: '2026-12-31',
      decideOn: '2027-01-01',
      who: 'same',
    });
    const made = await world.post('/events', { ...fields, do: 'draft' }, asOrganiser());
    const copy = await latest();
    expect(made.headers.location).toBe(`/events/${copy.id}?said=kept`);
    expect(copy).toMatchObject({
      name: 'Winter round',
      slug: 'winter-round-2',
      state: 'draft',
      startsAt: '2027-01-07T16:00',
      answerBy: '2026-12-31',
      answerDays: 7,
      decideOn: '2027-01-01',
      access: 'Ring at the gate',
      seniorQuorum: 1,
      openAfterNo: true,
      questionRules: { talliesHidden: true },
      facilitatorId: host.id,
      sequence: 0,
      decidedAt: null,
    });
    expect(copy.uid).not.toBe(event.uid);
    const [block, ...others] = await events.blocksOf(world.db, copy.id);
    expect(block).toEqual({
      ...{
        kind: 'talk',
        title: 'Only this',
        minutes: 42,
        fixedAt: '16:00',
        ledBy: 'Margareta',
        ledById: null,
      },
      ...{ note: 'Doors shut.', screen: null, question: 'Who signs?', material: null },
      ...{ shrinksTo: 30, mayDrop: true },
    });
    expect(others).toEqual([]);
    expect((await events.topicsOf(world.db, copy.id)).map(({ teamId }) => teamId)).toEqual([topic.teamId]);
    const list = await rsvps.invitees(world.db, copy.id);
    expect(list.map(({ name, state, invitedAt }) => [name, state, invitedAt])).toEqual([
      ['Ada', 'invited', null],
      ['Amina', 'invited', null],
    ]);
  });

  test('leaves out people who have left, teams whose trend is parked, and people taken off the list', async () => {
    const [stays, leaves] = [await world.addPerson({ name: 'Bo' }), await world.addPerson({ name: 'Cy' })];
    const taken = await world.addPerson({ name: 'Dee' });
    const { trendId, teamId } = await teamOf(world, 'Agents', []);
    const event = await published(world, [stays, leaves, taken], { topics: [{ trendId, teamId }] });
    await world.db.update(trends).set({ state: 'parked' });
    await world.db.update(people).set({ disabledAt: world.clock.now }).where(eq(people.id, leaves.id));
    await uninvite(world.ctx, event.id, taken.id);
    const fields = await openCopy(event.id);
    expect(fields.teams).toBeUndefined();
    await world.post('/events', { ...fields, do: 'draft' }, asOrganiser());
    const list = await rsvps.invitees(world.db, (await latest()).id);
    expect(list.map(({ name }) => name)).toEqual(['Bo']);
  });

  test('sent twice is one copy; a second copy is another', async () => {
    const event = await published(world, [await world.addPerson()]);
    const fields = await openCopy(event.id);
    await world.post('/events', { ...fields, do: 'draft' }, asOrganiser());
    await world.post('/events', { ...fields, do: 'draft' }, asOrganiser());
    expect(await events.all(world.db)).toHaveLength(2);
    await world.post('/events', { ...(await openCopy(event.id)), do: 'draft' }, asOrganiser());
    expect(await events.all(world.db)).toHaveLength(3);
  });

  test('of a draft that another organiser deletes meanwhile keeps what was typed, and asks whom to invite', async () => {
    const source = await drafted(world, [await world.addPerson()]);
    const fields = await openCopy(source.id);
    const other = await world.addPerson({ isOrganiser: true });
    await world.post(`/events/${source.id}/deletion`, {}, { as: other });
    const refused = await world.post('/events', { ...fields, name: 'Spring round' }, asOrganiser());
    expect(refused.statusCode).toBe(422);
    expect(page(refused)('#who-error').text()).toContain('The event you copied was deleted in the meantime.');
    const again = fieldsOf(refused);
    expect([again.name, again.date, again.copy]).toEqual(['Spring round', fields.date, undefined]);
    expect((await world.post('/events', { ...again, who: 'all' }, asOrganiser())).statusCode).toBe(303);
  });

  test('is offered to organisers alone, and of events there are', async () => {
    const [guest, event] = [await world.addPerson(), await drafted(world, [])];
    expect((await world.get(`/events/new?copy=${event.id}`, { as: guest })).statusCode).toBe(404);
    expect((await world.get('/events/new?copy=999999', asOrganiser())).statusCode).toBe(404);
    expect((await world.get('/events/new?copy=1%27--', asOrganiser())).statusCode).toBe(200);
  });
});

describe('a draft', () => {
  test('is deleted with one press, and the log says by whom', async () => {
    const event = await drafted(world, [await world.addPerson()]);
    const shown = page(await world.get(`/events/${event.id}`, asOrganiser()));
    expect(shown(`form[action="/events/${event.id}/deletion"] button`).text()).toBe('Delete Winter round');
    const pressed = await world.post(
      `/events/${event.id}/deletion`,
      { seen: String(shown('input[name="seen"]').val()) },
      asOrganiser(),
    );
    expect(pressed.headers.location).toBe('/events?said=deleted');
    expect(await events.find(world.db, event.id)).toBeNull();
    const log = await world.db.select().from(auditLog);
    expect(log.map(({ act, actor, subject }) => [act, actor, subject])).toContainEqual([
      'deleted-draft',
      'Ida Nordby',
      'Winter round',
    ]);
    expect((await world.post(`/events/${event.id}/deletion`, {}, asOrganiser())).statusCode).toBe(404);
  });

  test('that another organiser changed meanwhile is shown first', async () => {
    const event = await drafted(world, []);
    const shown = page(await world.get(`/events/${event.id}`, asOrganiser()));
    const seen = String(shown('input[name="seen"]').val());
    await events.change(world.db as never, event.id, { place: 'The Library' });
    const refused = await world.post(`/events/${event.id}/deletion`, { seen }, asOrganiser());
    expect(refused.statusCode).toBe(409);
    expect(page(refused)('[role="alert"], .errors').text()).toContain(
      'Someone else has saved Winter round in the meantime.',
    );
    const now = String(page(refused)('input[name="seen"]').val());
    expect((await world.post(`/events/${event.id}/deletion`, { seen: now }, asOrganiser())).statusCode).toBe(
      303,
    );
  });

  test('whose guests were told stays, also once it is cancelled', async () => {
    const event = await published(world, [await world.addPerson()]);
    const refused = await world.post(`/events/${event.id}/deletion`, {}, asOrganiser());
    expect([refused.statusCode, (await events.find(world.db, event.id))?.state]).toEqual([409, 'published']);
    await cancel(world.ctx, event.id, '');
    expect((await world.post(`/events/${event.id}/deletion`, {}, asOrganiser())).statusCode).toBe(409);
    const shown = page(await world.get(`/events/${event.id}`, asOrganiser()));
    expect(shown('form[action$="/deletion"]').length).toBe(0);
  });
});

describe('the format of a new event', () => {
  const open = async (slug = 'perspective-challenger') =>
    fieldsOf(await world.get(`/events/new?format=${slug}`, asOrganiser()));

  test('is switched with one press: what was typed stays, what nobody touched is as usual there', async () => {
    const fields = await open();
    const typed = { ...fields, name: 'Over lunch', start: '11:30', place: 'Canteen', seniors: '17' };
    const shown = await world.post('/events', { ...typed, switch: 'lunch-and-learn' }, asOrganiser());
    expect(shown.statusCode).toBe(200);
    expect(await events.all(world.db)).toEqual([]);
    const after = fieldsOf(shown);
    expect(after).toMatchObject({
      format: 'lunch-and-learn',
      formKey: fields.formKey,
      name: 'Over lunch',
      start: '11:30',
      place: 'Canteen',
      seniors: '17',
      headline: 'One trend over lunch',
    });
    expect(after.answerBy).not.toBe(fields.answerBy);
    await world.post('/events', { ...after, do: 'draft' }, asOrganiser());
    expect(await latest()).toMatchObject({ format: 'lunch-and-learn', shape: 'room', answerDays: 3 });
  });

  test('takes its teams along where somebody chose them, and takes its own where nobody did', async () => {
    const [first, second] = [await teamOf(world, 'Agents', []), await teamOf(world, 'Heat', [])];
    const fields = await open();
    expect([fields.teams].flat()).toHaveLength(2);
    const untouched = fieldsOf(
      await world.post('/events', { ...fields, switch: 'lunch-and-learn' }, asOrganiser()),
    );
    expect([untouched.teams].flat()).toHaveLength(1);
    const teams = [String(second.teamId)];
    const chosen = fieldsOf(
      await world.post('/events', { ...fields, teams, switch: 'lunch-and-learn' }, asOrganiser()),
    );
    expect([chosen.teams, first.teamId === second.teamId]).toEqual([teams[0], false]);
  });

  test('cannot become one that is not offered; nothing typed is lost', async () => {
    const fields = { ...(await open()), name: 'Winter', place: 'Here' };
    for (const slug of ['one-to-one', 'nonsense', '']) {
      const shown = await world.post('/events', { ...fields, switch: slug }, asOrganiser());
      expect([shown.statusCode, fieldsOf(shown).name, fieldsOf(shown).format]).toEqual([
        200,
        'Winter',
        'perspective-challenger',
      ]);
    }
  });

  test('is never one-to-one: pairs are not planned as single events', async () => {
    const shown = page(await world.get('/events/new?format=one-to-one', asOrganiser()));
    expect(
      shown('.opts .cover b')
        .map((_, one) => shown(one).text())
        .get(),
    ).toEqual(['Perspective Challenger', 'Lunch-and-learn', 'Discussion panel', 'Preparation']);
    const sent = {
      ...(await open()),
      name: 'Us',
      place: 'Here',
      formKey: randomUUID(),
      format: 'one-to-one',
    };
    expect((await world.post('/events', sent, asOrganiser())).statusCode).toBe(404);
  });
});

describe('what next', () => {
  const steps = async (id: number) => {
    const shown = page(await world.get(`/events/${id}`, asOrganiser()));
    return shown('ol.next a')
      .map((_, one) => [[shown(one).text(), shown(one).attr('href')]])
      .get() as [string, string][];
  };

  test('is a list of links, each to a page that is there', async () => {
    const guest = await world.addPerson();
    const draft = await drafted(world, [guest], { decideOn: '2026-12-04' });
    const sent = await published(world, [guest, await world.addPerson()], {
      startsAt: '2026-11-26T16:00',
      answerBy: '2026-11-20',
      decideOn: '2026-11-20',
    });
    const off = await published(world, [guest]);
    await cancel(world.ctx, off.id, '');
    for (const { id } of [draft, sent, off]) {
      const list = await steps(id);
      expect(list.length).toBeGreaterThan(1);
      for (const [, href] of list) expect((await world.get(href, asOrganiser())).statusCode).toBe(200);
    }
    expect((await steps(off.id)).map(([text]) => text)).toEqual([
      'The e-mails about it are kept here',
      'Plan another one like it',
    ]);
    world.clock.advance({ days: 20 });
    const held = await steps(sent.id);
    expect(held.map(([text]) => text)).toEqual([
      'Send the invitations',
      'Hold it, Thursday 26 November',
      'Read what was asked',
      'Plan another one like it',
    ]);
    for (const [, href] of held) expect((await world.get(href, asOrganiser())).statusCode).toBe(200);
  });
});
