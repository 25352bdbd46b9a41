// Somebody leaves a team or comes late: one press places a person, and nobody else moves.
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { disablePerson } from '../../../src/actions/people/people.ts';
import {
  assignmentRounds,
  letters as letterRows,
  offerRounds,
  offers,
  people,
  placements,
  teams as teamRows,
  teamWishes,
} from '../../../src/store/schema/index.ts';
import * as rankings from '../../../src/store/teams/rankings.ts';
import * as teams from '../../../src/store/teams/teams.ts';
import { allLetters } from '../../support/letters.ts';
import { formTeam, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const as = () => ({ as: world.organiser });
const talent = (name: string) => world.addPerson({ name, side: 'talent', department: 'Finance' });
type Person = Awaited<ReturnType<typeof talent>>;
const shortlisted = (sentence: string) => proposeTrend(world, sentence, { state: 'shortlisted' });

async function rank(person: Person, ...trendIds: number[]): Promise<void> {
  await world.db.transaction(async (tx) => {
    const of = { programmeId: world.programme.id, personId: person.id, teamId: null };
    const { id } = await rankings.lock(tx, of, world.clock.now);
    await rankings.save(
      tx,
      id,
      trendIds.map((trend) => [trend]),
      world.clock.now,
    );
  });
}

const namesIn = async (id: number) => (await teams.find(world.db, id))!.members.map(({ name }) => name);
const text = (answer: Answer, what: string) => page(answer)(what).text().replace(/\s+/g, ' ').trim();
const told = async (kind: string) =>
  (await allLetters(world))
    .filter((letter) => letter.kind === kind)
    .map(({ recipientName }) => recipientName);

/** Two teams with a trend each; Bo has left the first one, which is too small since. */
async function season() {
  const [agents, heat] = [await shortlisted('Agents'), await shortlisted('Heat')];
  const [ada, cy, di] = [await talent('Ada Aas'), await talent('Cy Cole'), await talent('Di Dahl')];
  const one = await formTeam(world, 'Team 1', agents.id, [ada.id]);
  const two = await formTeam(world, 'Team 2', heat.id, [cy.id, di.id]);
  return { agents, heat, ada, cy, di, one, two };
}

async function onReserve(name: string, trendId?: number) {
  const now = world.clock.now;
  const of = { programmeId: world.programme.id, side: 'talent' as const };
  await world.db
    .insert(offerRounds)
    .values({ ...of, closesOn: '2026-11-01', answerBy: '2026-11-08', places: 0 })
    .onConflictDoNothing();
  const [offer] = await world.db
    .insert(offers)
    .values({
      ...of,
      state: 'reserve',
      name,
      email: `${name.split(' ')[0]!.toLowerCase()}@halden.example`,
      jobTitle: 'Trainee',
      department: 'Sales',
      why: 'I want to.',
      other: '',
      time: 'team',
      number: name,
      formKey: crypto.randomUUID(),
      browserHash: name,
      createdAt: now,
      confirmedAt: now.add({ seconds: count++ }),
      updatedAt: now,
    })
    .returning();
  if (trendId !== undefined)
    await world.db.execute(`INSERT INTO offer_topics VALUES (${offer!.id}, ${trendId})`);
  return offer!;
}
let count = 0;

describe('a team below its least', () => {
  test('is named to its organiser on their first page and in the list, and the e-mail says how many are missing', async () => {
    const { one, agents } = await season();
    const bo = await talent('Bo Berg');
    await world.db.transaction((tx) => teams.join(tx, one.id, [bo.id]));
    const needs = async () => text(await world.get('/events', as()), '#needs-you');
    expect(await needs()).not.toContain('Team 1');
    await disablePerson(world.ctx, world.organiser.id, bo.id);
    expect(await needs()).toContain('Team 1 has too few people');
    expect(await needs()).toContain('It has 1 person of at least 2.');
    expect(text(await world.get('/teams', as()), '.teamcard')).toContain('1 person is missing');
    const news = (await allLetters(world)).filter(({ kind }) => kind === 'team-news');
    expect(news[0]!.facts.news).toMatchObject({ kind: 'left', short: 1 });
    // Others see the team, not what it lacks.
    const seen = await world.get('/teams', { as: await talent('Ed Egge') });
    expect(text(seen, '.teamcard')).toContain('Agents');
    expect(text(seen, 'main')).not.toContain('missing');
    // Without a trend no work waits.
    await world.db.update(teamRows).set({ trendId: null }).where(eq(teamRows.trendId, agents.id));
    expect(await needs()).not.toContain('Team 1');
  });

  test('shows the reserve list first, then those without a team by what the place costs them, and who works apart not at all', async () => {
    const { one, agents, heat, ada } = await season();
    const [fay, gus, hal] = [await talent('Fay Fox'), await talent('Gus Grey'), await talent('Hal Horn')];
    await rank(fay, heat.id, agents.id);
    await rank(gus, agents.id);
    await rank(hal, agents.id);
    await onReserve('Ivy Ives', agents.id);
    await onReserve('Jon Jaeger');
    const apart = { personId: hal.id, otherId: ada.id, kind: 'not-with' as const, setBy: 'person' as const };
    await world.db.insert(teamWishes).values({ programmeId: world.programme.id, ...apart });
    const shown = await world.get(`/teams/${one.id}`, as());
    const rows = page(shown)('#place .needs li')
      .map((_, row) => page(shown)(row).find('.person b, .person small').text())
      .get();
    expect(rows).toEqual([
      'Ivy IvesCan tell about this, Trainee, Sales',
      'Jon JaegerRanked none, Trainee, Sales',
      'Gus GreyTheir first choice, Finance',
      'Fay FoxTheir second choice, Finance',
    ]);
    expect(text(shown, '#place')).toContain('1 more works apart from someone in the team.');
    const refused = await world.post(`/teams/${one.id}/places`, { person: String(hal.id) }, as());
    expect([refused.statusCode, text(refused, '.error-summary li')]).toEqual([
      409,
      'Hal Horn and someone in Team 1 work apart. Choose another team.',
    ]);
    expect(text(await world.get(`/teams/${one.id}`, { as: ada }), 'main')).not.toContain('works apart');
  });

  test('gets a person in one press; they and the team hear after ten seconds, in which it can be undone', async () => {
    const { one, agents, ada, cy } = await season();
    const fay = await talent('Fay Fox');
    await rank(fay, agents.id);
    const answer = await world.post(`/teams/${one.id}/places`, { person: String(fay.id) }, as());
    expect(answer.headers.location).toBe(`/teams/${one.id}`);
    expect(await namesIn(one.id)).toEqual(['Ada Aas', 'Fay Fox']);
    const [letter] = (await allLetters(world)).filter(({ kind }) => kind === 'trend-given');
    expect(letter!.facts).toMatchObject({ trend: 'Agents', choice: 0, reason: { kind: 'first' } });
    expect(await told('team-news')).toEqual([ada.name]);
    const toast = page(await world.get(`/teams/${one.id}`, as()))('.toast');
    expect(toast.text()).toContain('Fay Fox is placed');
    const press = String(toast.find('input[name=press]').val());
    const undone = await world.post(toast.attr('action')!, { press }, as());
    expect(undone.headers.location).toBe(`/teams/${one.id}?said=undone`);
    expect(await namesIn(one.id)).toEqual(['Ada Aas']);
    expect(await allLetters(world)).toEqual([]);
    expect(await world.db.select().from(placements)).toEqual([]);
    // Once more, and too late.
    await world.post(`/teams/${one.id}/places`, { person: String(fay.id) }, as());
    world.clock.advance({ seconds: 10 });
    const again = page(await world.get(`/teams/${one.id}`, as()));
    expect(again('.toast').text()).toBe('');
    const last = await world.db.select({ press: letterRows.key }).from(letterRows);
    const late = await world.post(
      `/teams/${one.id}/places/withdrawal`,
      { press: last[0]!.press.split(':').slice(0, 4).join(':') },
      as(),
    );
    expect(late.statusCode).toBe(409);
    expect(await namesIn(one.id)).toEqual(['Ada Aas', 'Fay Fox']);
    // She has a team, and a team with a trend takes her once.
    const twice = await world.post(`/teams/${one.id}/places`, { person: String(cy.id) }, as());
    expect(text(twice, '.error-summary li')).toBe('Cy Cole is in a team already, or has left.');
  });

  test('gets somebody of the reserve list: their offer is accepted with it, and undone with it', async () => {
    const { one, ada } = await season();
    const ivy = await onReserve('Ivy Ives');
    await world.post(`/teams/${one.id}/places`, { offer: String(ivy.id) }, as());
    expect(await namesIn(one.id)).toEqual(['Ada Aas', 'Ivy Ives']);
    const [letter] = (await allLetters(world)).filter(({ kind }) => kind === 'offer-answer');
    expect(letter!.facts).toMatchObject({ answer: 'accepted', team: { name: 'Team 1', trend: 'Agents' } });
    expect(await told('trend-given')).toEqual([]);
    const state = async () => (await world.db.select().from(offers))[0]!.state;
    expect(await state()).toBe('accepted');
    const toast = page(await world.get(`/teams/${one.id}`, as()))('.toast');
    const press = String(toast.find('input[name=press]').val());
    await world.post(toast.attr('action')!, { press }, as());
    expect(await state()).toBe('reserve');
    expect(await namesIn(one.id)).toEqual([ada.name]);
    expect(await world.db.select().from(people).where(eq(people.name, 'Ivy Ives'))).toEqual([]);
    expect((await world.db.select().from(offerRounds))[0]!.places).toBe(0);
    expect(await allLetters(world)).toEqual([]);
  });
});

describe('who comes after publishing', () => {
  test('is listed with the best place and what it costs, and placed one by one or all at once, moving nobody', async () => {
    const { one, two, agents, heat } = await season();
    await world.db.update(teamRows).set({ most: 2 });
    await world.db.update(teamRows).set({ most: 3 }).where(eq(teamRows.id, two.id));
    await world.db
      .insert(assignmentRounds)
      .values({ programmeId: world.programme.id, publishedAt: world.clock.now });
    const [fay, gus] = [await talent('Fay Fox'), await talent('Gus Grey')];
    await rank(fay, agents.id);
    await rank(gus, agents.id, heat.id);
    expect(text(await world.get('/events', as()), '#needs-you')).toContain('2 young talents have no team');
    const list = await world.get('/teams/late', as());
    expect(text(list, `#p-${fay.id}`)).toContain('Best place: Team 1, “Agents”Their first choice');
    expect(text(list, '#late-h')).toBe('2 young talents have no team');
    // Each alone has Agents; together the rule gives it to Fay, who would have none of hers else.
    const seen = String(page(list)('input[name=seen]').val());
    const answer = await world.post('/teams/late', { seen }, as());
    expect(answer.statusCode).toBe(303);
    expect(await namesIn(one.id)).toEqual(['Ada Aas', 'Fay Fox']);
    expect(await namesIn(two.id)).toEqual(['Cy Cole', 'Di Dahl', 'Gus Grey']);
    const after = await world.get('/teams/late', as());
    expect(text(after, 'main')).toContain('Everyone is in a team');
    expect(text(after, '.toast')).toContain('2 people are placed.');
    const press = String(page(after)('.toast input[name=press]').val());
    expect((await world.post('/teams/late/withdrawal', { press }, as())).statusCode).toBe(303);
    expect(await namesIn(two.id)).toEqual(['Cy Cole', 'Di Dahl']);
    // The other press is of a page that is old now.
    const old = await world.post('/teams/late', { seen }, as());
    expect([old.statusCode, text(old, '.error-summary li')]).toEqual([
      409,
      expect.stringContaining('Another organiser has placed someone'),
    ]);
    const back = { person: String(gus.id), back: 'late' };
    expect((await world.post(`/teams/${one.id}/places`, back, as())).headers.location).toBe('/teams/late');
    const full = await world.get('/teams/late', as());
    expect(text(full, `#p-${fay.id}`)).toContain(
      'Best place: Team 2, “Heat”Team 1, their first choice, has no place',
    );
    expect((await world.get('/teams/late', { as: fay })).statusCode).toBe(404);
  });
});

test('who comes after publishing ranks the trends of teams that have room, beside those nobody has', async () => {
  const { one, two, agents, heat } = await season();
  const free = await shortlisted('Depots');
  await world.db.update(teamRows).set({ most: 1 }).where(eq(teamRows.id, one.id));
  const fay = await talent('Fay Fox');
  const save = async (...ids: number[]) => {
    const seen = String(page(await world.get('/ranking', { as: fay }))('input[name=seen]').val());
    await world.post('/ranking', { order: ids.join(';'), seen, do: 'save' }, { as: fay });
    return (await rankings.ofPeople(world.db, world.programme.id, [fay.id])).get(fay.id) ?? [];
  };
  expect(await save(agents.id, heat.id, free.id)).toEqual([[free.id]]);
  await world.db
    .insert(assignmentRounds)
    .values({ programmeId: world.programme.id, publishedAt: world.clock.now });
  expect(await save(agents.id, heat.id, free.id)).toEqual([[heat.id], [free.id]]);
  expect(text(await world.get('/teams/late', as()), `#p-${fay.id}`)).toContain(
    'Best place: Team 2, “Heat”Their first choice',
  );
  expect(await namesIn(two.id)).toEqual(['Cy Cole', 'Di Dahl']);
});

describe('leaving an open team', () => {
  test('can be taken back for ten seconds, before anybody hears', async () => {
    const { one, ada } = await season();
    const bo = await talent('Bo Berg');
    await world.db.update(teamRows).set({ isOpen: true }).where(eq(teamRows.id, one.id));
    await world.post(`/teams/${one.id}/joining`, {}, { as: bo });
    await world.post(`/teams/${one.id}/leaving`, {}, { as: bo });
    expect(await namesIn(one.id)).toEqual([ada.name]);
    expect((await told('team-news')).toSorted()).toEqual([ada.name, world.organiser.name].toSorted());
    const toast = page(await world.get(`/teams/${one.id}`, { as: bo }))('.toast');
    expect(toast.text()).toContain('You have left the team. E-mails about it are kept here in ten seconds.');
    const press = String(toast.find('input[name=press]').val());
    // Nobody else can press it.
    expect((await world.post(toast.attr('action')!, { press }, { as: ada })).statusCode).toBe(409);
    const back = await world.post(toast.attr('action')!, { press }, { as: bo });
    expect(back.headers.location).toBe(`/teams/${one.id}?said=back`);
    expect(await namesIn(one.id)).toEqual(['Ada Aas', 'Bo Berg']);
    expect(await told('team-news')).toEqual([]);
    await world.post(`/teams/${one.id}/leaving`, {}, { as: bo });
    world.clock.advance({ seconds: 10 });
    const late = `left-team:${one.id}:${bo.id}:${world.clock.now.epochMilliseconds - 10_000}`;
    const answer = await world.post(`/teams/${one.id}/leaving/withdrawal`, { press: late }, { as: bo });
    expect([answer.statusCode, text(answer, '.error-summary li')]).toEqual([
      409,
      'The ten seconds are over, and the team hears of it.',
    ]);
  });
});
