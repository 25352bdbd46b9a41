import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { startSeason } from '../../../src/actions/settings/seasons.ts';
import { createTeam } from '../../../src/actions/teams/teams.ts';
import { merge, propose, sayInterest } from '../../../src/actions/trends/trends.ts';
import { Refusal } from '../../../src/refusal.ts';
import * as programmes from '../../../src/store/events/programmes.ts';
import * as stops from '../../../src/store/guests/invitation-stops.ts';
import { programmes as table } from '../../../src/store/schema/index.ts';
import * as trends from '../../../src/store/trends/trends.ts';
import { linkOf, published } from '../../support/events.ts';
import { formTeam, proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const address = '/settings/programme/season';
const named = (name: string) => ({ name, startsOn: null, endsOn: null });
const startNext = () => startSeason(world.ctx, world.organiser.id, world.programme.id, named('Second'));
const asIda = () => ({ as: world.organiser });

/** A held event with a guest, a trend with a vote, and a team, all of the first season. */
async function firstSeason() {
  const guest = await world.addPerson({ name: 'Ada' });
  const talent = await world.addPerson({ name: 'Tom', side: 'talent' });
  const trend = await proposeTrend(world, 'Heat at work');
  await sayInterest(world.ctx, guest.id, trend.id, 'want-to-know', true);
  const team = await formTeam(world, 'Team Heat', trend.id, [talent.id]);
  const event = await published(world, [guest], { name: 'Autumn round' });
  world.clock.advance({ days: 200 });
  return { guest, talent, trend, team, event };
}

test('the page proposes name and days, says what happens, and one press starts the season', async () => {
  await world.db.update(table).set({ startsOn: '2026-08-17', endsOn: '2027-06-30', purpose: 'To learn.' });
  const shown = page(await world.get(address, asIda()));
  const value = (field: string) => shown(`[name="${field}"]`).val();
  expect([value('name'), value('from'), value('until')]).toEqual([
    'Reverse mentoring 2027–2028',
    '2027-08-16',
    '2028-06-30',
  ]);
  expect(shown('main').text()).toContain('1 person stays');
  const fields = { name: 'Next', from: '2027-08-16', until: '', seen: String(world.programme.id) };
  const started = await world.post(address, fields, asIda());
  expect([started.statusCode, started.headers.location]).toEqual([303, '/settings/programme?said=season']);
  const [before, now] = await world.db.select().from(table).orderBy(table.id);
  expect(before!.endedAt).toEqual(world.clock.now);
  expect(now).toMatchObject({ name: 'Next', startsOn: '2027-08-16', endsOn: null, purpose: 'To learn.' });
  expect(now).toMatchObject({ organisation: 'Halden Group', timeZone: 'Europe/Oslo', endedAt: null });
  const settings = page(await world.get('/settings/programme', asIda()));
  expect(settings(`a[href="/events?season=${before!.id}"]`).text()).toBe('Reverse mentoring 2026–2027');
  const log = page(await world.get('/settings/audit-log', asIda()));
  expect(log('main').text()).toContain('started the season Next');
});

test('what was typed comes back with the mistake beside it', async () => {
  const fields = { name: '  ', from: '2027-08-16', until: '2027-01-01', seen: String(world.programme.id) };
  const empty = await world.post(address, fields, asIda());
  expect(empty.statusCode).toBe(422);
  expect(page(empty)('main').text()).toContain('Give the season a name');
  const backwards = await world.post(address, { ...fields, name: 'Next' }, asIda());
  expect(backwards.statusCode).toBe(422);
  expect(page(backwards)('main').text()).toContain('Choose an end after');
  expect(page(backwards)('[name="until"]').val()).toBe('2027-01-01');
  const same = { ...fields, name: 'reverse mentoring 2026–2027', until: '' };
  expect(page(await world.post(address, same, asIda()))('main').text()).toContain(
    'There is a season of this name',
  );
  expect(await world.db.$count(table)).toBe(1);
});

test('of two organisers who start it at once, the second is told and nothing is started twice', async () => {
  const other = await world.addPerson({ isOrganiser: true });
  const fields = { from: '', until: '', seen: String(world.programme.id) };
  await world.post(address, { ...fields, name: 'Mine' }, asIda());
  const second = await world.post(address, { ...fields, name: 'Theirs' }, { as: other });
  expect(second.statusCode).toBe(409);
  expect(page(second)('main').text()).toContain('Mine has been started in the meantime');
  expect(page(second)('[name="seen"]').val()).toBe(String(world.programme.id));
  expect(await world.db.$count(table)).toBe(2);
});

test('while an event is to come the next season waits', async () => {
  const event = await published(world, [await world.addPerson()], { name: 'Winter round' });
  const refused = await startNext().catch((error) => error);
  expect(refused).toMatchObject({ kind: 'conflict', params: { event: 'Winter round' } });
  expect(page(await world.get(address, asIda()))(`a[href="/events/${event.id}"]`).length).toBeGreaterThan(0);
  world.clock.advance({ days: 400 });
  await startNext();
  expect((await programmes.current(world.db))!.name).toBe('Second');
});

test('people stay; lists show the new season, and the old one on request', async () => {
  const { trend, team, talent } = await firstSeason();
  await startNext();
  const old = `?season=${world.programme.id}`;
  for (const [path, text] of [
    ['/events', 'Autumn round'],
    ['/trends', 'Heat at work'],
    ['/teams', 'Team Heat'],
  ] as const) {
    const before = page(await world.get(path + old, asIda()));
    expect(before('main').text()).toContain(text);
    expect(before('.old-season').text()).toContain('Reverse mentoring 2026–2027, until');
    const now = page(await world.get(path, asIda()));
    expect(now('main').text()).not.toContain(text);
    expect(now('.old-season')).toHaveLength(0);
    expect(now(`a[href="${path}${old}"]`).text()).toBe('Reverse mentoring 2026–2027');
  }
  expect((await world.get('/trends?season=99', asIda())).statusCode).toBe(404);
  expect((await world.get('/trends?season=nonsense', asIda())).statusCode).toBe(200);
  for (const path of [`/trends/${trend.id}`, `/teams/${team.id}`]) {
    const shown = page(await world.get(path, asIda()));
    expect(shown('.old-season')).toHaveLength(1);
    expect(shown('main form[method="post"]')).toHaveLength(0);
    expect(shown('main').text()).not.toContain('closed on .');
  }
  expect(page(await world.get('/people', asIda()))('main').text()).toContain('Tom');
  expect((await world.get('/', { as: talent })).headers.location).not.toBe(`/teams/${team.id}`);
});

test('presses on an ended season’s things are refused with a sentence, and change nothing', async () => {
  const { guest, trend, team, event } = await firstSeason();
  await startNext();
  const presses: [path: string, fields: Record<string, string>][] = [
    [`/trends/${trend.id}/interests`, { say: 'not-want-to-know' }],
    [`/trends/${trend.id}/shortlisting`, {}],
    [`/trends/${trend.id}`, { sentence: 'Cold' }],
    [`/teams/${team.id}`, { name: 'Team Cold' }],
    [`/teams/${team.id}/deletion`, {}],
    [`/events/${event.id}/cancellation`, {}],
    [`/events/${event.id}/people/${guest.id}/removal`, {}],
  ];
  for (const [path, fields] of presses) {
    const refused = await world.post(path, fields, asIda());
    expect([path, refused.statusCode]).toEqual([path, 410]);
    expect(page(refused)('main').text()).toContain('Reverse mentoring 2026–2027 has ended.');
  }
  const asGuest = await world.post(`/e/${event.slug}/answer`, { answer: 'yes' }, { as: guest });
  expect(asGuest.statusCode).toBe(410);
  expect(page(await world.get(`/e/${event.slug}`, { as: guest }))('.old-season')).toHaveLength(1);
  expect((await trends.find(world.db, trend.id))!).toMatchObject({ state: 'proposed' });
});

test('a stranger to an event of an ended season learns nothing of it', async () => {
  const { event } = await firstSeason();
  const stranger = await world.addPerson();
  await startNext();
  const answered = await world.post(`/e/${event.slug}/answer`, { answer: 'yes' }, { as: stranger });
  expect(answered.statusCode).toBe(404);
  expect((await world.post(`/events/${event.id}/door`, {}, { as: stranger })).statusCode).toBe(404);
});

test('trends and teams of two seasons do not mix', async () => {
  const { trend } = await firstSeason();
  await startNext();
  const formKey = crypto.randomUUID();
  const own = await propose(world.ctx, world.organiser.id, {
    sentence: 'Heat at work',
    detail: '',
    links: [],
    formKey,
  });
  expect((await trends.open(world.db)).map(({ id }) => id)).toEqual([own.id]);
  const plan = { name: 'Team', memberIds: [], trendId: trend.id, formKey: crypto.randomUUID() };
  await expect(createTeam(world.ctx, plan)).rejects.toThrow(Refusal);
  await expect(merge(world.ctx, own.id, trend.id)).rejects.toThrow(Refusal);
  const late = sayInterest(world.ctx, world.organiser.id, trend.id, 'can-tell', true);
  await expect(late).rejects.toThrow(Refusal);
  // The same radar can be imported in each season.
  const now = world.clock.now;
  const fromRadar = { sentence: 'Passkeys', sourceKey: 'radar:passkeys', state: 'proposed' as const };
  await world.db.transaction(async (tx) => {
    const row = { ...fromRadar, createdAt: now, updatedAt: now };
    await trends.addFromSource(tx, [{ ...row, programmeId: world.programme.id }]);
    expect(await trends.addFromSource(tx, [row])).toHaveLength(1);
    expect(await trends.addFromSource(tx, [row])).toEqual([]);
  });
});

test('who wants no more invitations wants none in the next season either, and can still say so by an old e-mail', async () => {
  const { event } = await firstSeason();
  const bo = await world.addPerson({ name: 'Bo' });
  const cy = await world.addPerson({ name: 'Cy' });
  const later = await published(world, [bo, cy], { startsAt: '2027-06-10T16:00', answerBy: '2027-06-03' });
  const { programme } = world;
  await stops.add(world.db, {
    programmeId: programme.id,
    personId: bo.id,
    way: 'page',
    since: world.clock.now,
  });
  world.clock.advance({ days: 14 });
  await startNext();
  const { id } = (await programmes.current(world.db))!;
  expect(await stops.among(world.db, id, [bo.id, cy.id])).toEqual(new Set([bo.id]));
  const link = linkOf(world, later, cy);
  const pressed = await world.post(`${link}/no-more/choice`, { invitations: 'off' }, { link: link.slice(3) });
  expect(pressed.statusCode).toBe(303);
  expect(await stops.among(world.db, id, [bo.id, cy.id])).toEqual(new Set([bo.id, cy.id]));
  expect(event.programmeId).toBe(programme.id);
});

test('a new event, trend and team belong to the season that is on', async () => {
  await startNext();
  const { id } = (await programmes.current(world.db))!;
  const trend = await proposeTrend(world, 'Passkeys');
  const team = await formTeam(world, 'Team', trend.id, []);
  expect([trend.programmeId, team.programmeId]).toEqual([id, id]);
  const [row] = await world.db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM programmes WHERE ended_at IS NULL`,
  );
  expect(row!.n).toBe(1);
  await expect(
    world.db.update(table).set({ endedAt: null }).where(eq(table.id, world.programme.id)),
  ).rejects.toThrow();
});
