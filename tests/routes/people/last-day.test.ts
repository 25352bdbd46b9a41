// A person's last day, and organisers who take part on neither side.
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { keepEndDates } from '../../../src/actions/people/end-dates.ts';
import { enablePerson } from '../../../src/actions/people/people.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import * as people from '../../../src/store/people/people.ts';
import { auditLog, people as peopleTable } from '../../../src/store/schema/index.ts';
import { published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const get = (path: string) => world.get(path, { as: world.organiser });
const post = (path: string, fields: Record<string, string>) =>
  world.post(path, fields, { as: world.organiser });
const text = (answer: Answer, selector: string) => page(answer)(selector).text().replace(/\s+/g, ' ').trim();
const typed = { name: 'Ada Berg', email: 'ada@halden.example', side: 'talent', endsOn: '2026-12-31' };
const ada = async () => (await people.findByEmail(world.db, typed.email))!;
const lettersOfLastDay = async () => (await allLetters(world)).filter(({ kind }) => kind === 'last-day');

test('the last day is set on the form, shown, and kept when somebody else saves', async () => {
  await post('/people', typed);
  const { id, endsOn, updatedAt } = await ada();
  expect(endsOn).toBe('2026-12-31');
  expect(text(await get(`/people/${id}`), 'main')).toContain('Last day: Thursday 31 December 2026');
  expect(text(await get('/people'), 'tbody')).toContain('until 31 Dec');
  world.clock.advance({ minutes: 1 });
  const seen = String(updatedAt.epochMilliseconds);
  await post(`/people/${id}`, { ...typed, endsOn: '2027-01-31', seen });
  const second = await post(`/people/${id}`, { ...typed, endsOn: '', seen });
  expect(second.statusCode).toBe(409);
  expect(text(second, 'main')).toContain('Last day: Sunday 31 January 2027');
  expect((await ada()).endsOn).toBe('2027-01-31');
});

test.each(['2026-11-08', '2026-02-30', '31.12.2026', '0001-01-01', '99999-01-01'])(
  '%s is no last day',
  async (endsOn) => {
    const refused = await post('/people', { ...typed, endsOn });
    expect(refused.statusCode).toBe(422);
    expect(text(refused, '#endsOn-error')).not.toBe('');
    expect(page(refused)('[name=name]').val()).toBe('Ada Berg');
  },
);

test('a week before they are told once, the day after they are out and their seat is free', async () => {
  await post('/people', { ...typed, side: 'senior' });
  const person = await ada();
  const event = await published(world, [person], { startsAt: '2027-02-10T16:00', answerBy: '2027-02-03' });
  await keepEndDates(world.ctx);
  expect(await lettersOfLastDay()).toEqual([]);
  world.clock.now = Temporal.Instant.from('2026-12-24T08:00:00Z');
  await keepEndDates(world.ctx);
  await keepEndDates(world.ctx);
  const [letter, ...more] = await lettersOfLastDay();
  expect(more).toEqual([]);
  expect(letter).toMatchObject({
    personId: person.id,
    facts: { endsOn: '2026-12-31', organiser: 'Ida Nordby' },
  });
  // Still the last day in Oslo.
  world.clock.now = Temporal.Instant.from('2026-12-31T22:59:00Z');
  await keepEndDates(world.ctx);
  expect((await ada()).disabledAt).toBeNull();
  world.clock.now = Temporal.Instant.from('2026-12-31T23:01:00Z');
  await keepEndDates(world.ctx);
  expect((await ada()).disabledAt).not.toBeNull();
  expect((await rsvps.find(world.db, event.id, person.id))?.state).toBe('uninvited');
  const noted = await world.db.select().from(auditLog).where(eq(auditLog.act, 'deactivated'));
  expect(noted.map(({ by, subject }) => [by, subject])).toEqual([['program', 'Ada Berg']]);
  await enablePerson(world.ctx, person.id, world.organiser.id);
  await keepEndDates(world.ctx);
  expect((await ada()).disabledAt).toBeNull();
});

test('the last organiser stays whatever their last day, and the others still go', async () => {
  await post('/people', typed);
  await world.db.update(peopleTable).set({ endsOn: '2026-11-09' });
  world.clock.advance({ days: 2 });
  await keepEndDates(world.ctx);
  expect((await ada()).disabledAt).not.toBeNull();
  expect((await people.find(world.db, world.organiser.id))!.disabledAt).toBeNull();
});

test('an organiser takes part on neither side, counts as nobody’s senior, and nobody else can', async () => {
  const refused = await post('/people', { ...typed, side: 'neither' });
  expect(refused.statusCode).toBe(422);
  expect(text(refused, '#side-error')).toContain('Only organisers can take part on neither side.');
  await post('/people', { ...typed, endsOn: '', side: 'neither', isOrganiser: 'on' });
  const { id, onlyOrganises } = await ada();
  expect(onlyOrganises).toBe(true);
  expect(text(await get(`/people/${id}`), 'main .cluster .tag')).toContain('Organises only');
  expect(page(await get(`/people/${id}`))('[name=side][checked]').val()).toBe('neither');
  expect(text(await get('/people?side=senior'), 'tbody')).not.toContain('Ada Berg');
  expect(text(await get('/people'), 'tbody')).toContain('Organises only');
});
