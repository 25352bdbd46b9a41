// Several different events planned at once.
import { describe, expect, test } from 'vitest';
import { monthlyDays } from '../../../src/domain/calendar/monthly-series.ts';
import * as events from '../../../src/store/events/events.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import { trends } from '../../../src/store/schema/index.ts';
import { teamOf } from '../../support/events.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const asOrganiser = () => ({ as: world.organiser });
const made = async () => (await events.all(world.db)).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));

function fieldsOf(shown: Answer): Record<string, string> {
  const form = page(shown)('form[action="/events/series"]');
  const fields = form.serializeArray().map(({ name, value }) => [name, value]);
  return Object.fromEntries(fields.filter(([name]) => name !== '_token'));
}
const opened = async () => fieldsOf(await world.get('/events/series', asOrganiser()));
const send = (fields: Record<string, string>) => world.post('/events/series', fields, asOrganiser());

describe('days of a month', () => {
  const days = (nth: 1 | 2 | 3 | 4 | -1, weekday: number, from: string, times: number, after: string) =>
    monthlyDays(
      { nth, weekday },
      { from: Temporal.PlainYearMonth.from(from), times, after: Temporal.PlainDate.from(after) },
    );

  test('are first Tuesdays, also over the turn of the year', () => {
    expect(days(1, 2, '2026-12', 3, '2026-11-09')).toEqual(['2026-12-01', '2027-01-05', '2027-02-02']);
  });

  test('begin a month later where the first has passed', () => {
    expect(days(1, 2, '2026-12', 2, '2026-12-01')).toEqual(['2027-01-05', '2027-02-02']);
    expect(days(-1, 5, '2027-02', 2, '2026-12-01')).toEqual(['2027-02-26', '2027-03-26']);
  });
});

describe('a series of events', () => {
  test('has first Tuesdays and a trend each from the start, and becomes drafts with one press', async () => {
    const guest = await world.addPerson({ name: 'Ada' });
    const host = await world.addPerson({ name: 'Amina', side: 'talent' });
    const [agents, heat] = [await teamOf(world, 'Agents', [host]), await teamOf(world, 'Heat', [])];
    const fields: Record<string, string> = { ...(await opened()), place: 'Canteen' };
    expect([fields.date0, fields.date1, fields.date5]).toEqual(['2026-12-01', '2027-01-05', '2027-05-04']);
    expect([fields.team0, fields.team1, fields.team2]).toEqual([
      String(agents.teamId),
      String(heat.teamId),
      '',
    ]);
    expect([fields.name0, fields.name2]).toEqual(['Lunch-and-learn: Agents', 'Lunch-and-learn 3']);
    const sent = await send({ ...fields, date4: '', do: 'create' });
    expect(sent.headers.location).toBe('/events?said=series');
    const list = await made();
    expect(list.map(({ startsAt, state, format, place }) => [startsAt, state, format, place])).toEqual(
      ['2026-12-01', '2027-01-05', '2027-02-02', '2027-03-02', '2027-05-04'].map((day) => [
        `${day}T12:00`,
        'draft',
        'lunch-and-learn',
        'Canteen',
      ]),
    );
    expect([list[0]?.answerBy, list[0]?.answerDays, list[0]?.name]).toEqual([
      '2026-11-28',
      3,
      'Lunch-and-learn: Agents',
    ]);
    expect((await events.topicsOf(world.db, list[0]!.id)).map(({ teamId }) => teamId)).toEqual([
      agents.teamId,
    ]);
    expect((await events.topicsOf(world.db, list[1]!.id)).map(({ teamId }) => teamId)).toEqual([heat.teamId]);
    const names = async (n: number) => (await rsvps.invitees(world.db, list[n]!.id)).map(({ name }) => name);
    expect([await names(0), await names(1)]).toEqual([['Ada', 'Amina'], ['Ada']]);
    expect(guest.id).toBeGreaterThan(0);
  });

  test('sent twice is made once', async () => {
    const fields = {
      ...(await opened()),
      place: 'Canteen',
      times: '2',
      date2: '',
      date3: '',
      date4: '',
      date5: '',
    };
    await send(fields);
    await send(fields);
    expect(await made()).toHaveLength(2);
  });

  test('follows other days, and keeps what was typed: names, a day chosen by hand, teams', async () => {
    const fields = await opened();
    const shown = await send({
      ...fields,
      name0: 'Opening',
      date1: '2027-01-07',
      weekday: '4',
      times: '3',
      place: 'Canteen',
      do: 'days',
    });
    expect(await made()).toEqual([]);
    const after = fieldsOf(shown);
    expect([after.date0, after.date1, after.date2, after.date3]).toEqual([
      '2026-12-03',
      '2027-01-07',
      '2027-02-04',
      undefined,
    ]);
    expect([after.name0, after.place, after.formKey]).toEqual(['Opening', 'Canteen', fields.formKey]);
  });

  test('of days that make no sense says so when one looks at them, and keeps what was typed', async () => {
    const fields = await opened();
    const shown = await send({ ...fields, times: '99', month: '', name3: 'Mine', do: 'days' });
    expect(shown.statusCode).toBe(422);
    expect(page(shown)('#times-error').text()).toContain('Plan 2 to 12 events at once.');
    expect(page(shown)('#month-error').text()).toContain('Write the first month like 2027-01.');
    expect(page(shown)('#place-error').length).toBe(0);
    expect([fieldsOf(shown).name3, fieldsOf(shown).date3]).toEqual(['Mine', fields.date3]);
  });

  test('with mistakes comes back with every one named, and nothing is made', async () => {
    const fields = await opened();
    const wrong = await send({ ...fields, name1: '', date2: '2020-01-01', times: '99', place: '' });
    const shown = page(wrong);
    expect(wrong.statusCode).toBe(422);
    expect(shown('#times-error').text()).toContain('Plan 2 to 12 events at once.');
    expect(shown('#place-error').text()).toContain('Say where');
    const rows = page(await send({ ...fields, place: 'Here', name1: ' \u200b', date2: '2020-01-01' }));
    expect(rows('#name1-error').text()).toContain('Give this event a name');
    expect(rows('#date2-error').text()).toContain('Choose a day to come');
    const none = { date0: '', date1: '', date2: '', date3: '', date4: '', date5: '' };
    expect(page(await send({ ...fields, ...none, place: 'Here' }))('#date0-error').text()).toContain(
      'Every day is left out.',
    );
    const night = page(await send({ ...fields, place: 'Here', date0: '2027-03-28', start: '02:30' }));
    expect(night('#date0-error').text()).toContain('the clocks change');
    const nasty = await send({ ...fields, place: '<script>x</script>', name0: '"><img>', month: '9999-99' });
    expect([nasty.statusCode, nasty.body.includes('<script>x')]).toEqual([422, false]);
    expect((await send({ ...fields, format: 'one-to-one', place: 'Here' })).statusCode).toBe(422);
    expect((await send({ ...fields, name12: 'x' })).statusCode).toBe(400);
    expect(await made()).toEqual([]);
  });

  test('with a trend that another organiser parks meanwhile is made of none', async () => {
    await teamOf(world, 'Agents', []);
    const fields = { ...(await opened()), place: 'Canteen' };
    await world.db.update(trends).set({ state: 'parked' });
    const refused = await send(fields);
    expect(refused.statusCode).toBe(422);
    expect(page(refused)('main').text()).toContain('was parked or merged in the meantime');
    expect(await made()).toEqual([]);
  });

  test('is for organisers', async () => {
    expect((await world.get('/events/series', { as: await world.addPerson() })).statusCode).toBe(404);
  });
});
