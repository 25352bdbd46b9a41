// A talent's own record, and the certificate that everybody with its link can read.
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { certificateUrl } from '../../../src/actions/teams/certificates.ts';
import { change, dissolve } from '../../../src/actions/teams/teams.ts';
import { releaseSeatsAndAskForDecisions } from '../../../src/jobs/release-seats.ts';
import {
  events,
  namelessQuestions,
  people,
  planSeats,
  programmes,
  questions,
  questionWork,
  rsvps,
  tablePlans,
  trends,
} from '../../../src/store/schema/index.ts';
import { eventWith, formTeam, proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

/** Noor and Oskar research a trend; Noor says yes to the event of 10 December that has it on table 1, Oskar does not. */
async function presenting(values: Parameters<typeof eventWith>[2] = {}) {
  const noor = await world.addPerson({ name: 'Noor Haddad', side: 'talent', department: 'Finance' });
  const oskar = await world.addPerson({ name: 'Oskar Lindholm', side: 'talent' });
  const trend = await proposeTrend(world, 'Agents doing office work', { state: 'shortlisted' });
  const team = await formTeam(world, 'Team 1', trend.id, [noor.id, oskar.id]);
  const event = await eventWith(world, [trend.id], { teamIds: [team.id], place: 'Oslo', ...values });
  await answer(event.id, noor.id, 'coming');
  await answer(event.id, oskar.id, 'declined');
  return { noor, oskar, event, trend, team };
}

const answer = (eventId: number, personId: number, state: 'coming' | 'declined') =>
  world.db.insert(rsvps).values({ eventId, personId, state, tokenHash: `${eventId}-${personId}` });

/** The day of every event of a test becomes the day before yesterday, and what comes round by the clock is done. */
async function untilItIsOver() {
  const startsAt = `${world.clock.now.subtract({ hours: 48 }).toString().slice(0, 10)}T16:00`;
  await world.db.update(events).set({ startsAt });
  await releaseSeatsAndAskForDecisions(world.ctx);
}

/** A question without a name and one with, both answered by this person; and one that was parked. */
async function answersOf(personId: number, eventId: number) {
  const base = { eventId, createdAt: world.clock.now };
  const added = await world.db
    .insert(questions)
    .values([
      { ...base, text: 'Who signs for the mistake?', state: 'answered' as const },
      { ...base, text: 'What about the weather?', state: 'parked' as const },
    ])
    .returning();
  const id = Buffer.from('fbff8e2f10a0b1c2d3e4f5a6b7c8d9ea', 'hex');
  const text = 'What does an agent do all day?';
  await world.db.insert(namelessQuestions).values({ id, eventId, text, editHash: id, state: 'answered' });
  const keys = [...added.map((one) => String(one.id)), id.toString('base64url')];
  const answers = ['A **person** signs.', 'Cold.', ''];
  const work = keys.map((question, n) => ({ eventId, question, takenById: personId, answer: answers[n]! }));
  await world.db.insert(questionWork).values(work);
}

const textsOf = (shown: ReturnType<typeof page>, selector: string) =>
  shown(selector)
    .map((_, one) => shown(one).text().trim())
    .get();

describe('the record of a talent', () => {
  test('names what they researched, where they presented, and the questions they answered', async () => {
    const { noor, oskar, event } = await presenting();
    await answersOf(noor.id, event.id);
    const before = page(await world.get('/record', { as: noor }));
    expect(textsOf(before, '[aria-labelledby=researched-h] a')).toEqual(['Agents doing office work']);
    expect(textsOf(before, '[aria-labelledby=did-h] ol b')).toEqual([]);
    await untilItIsOver();
    const shown = page(await world.get('/record', { as: noor }));
    expect(textsOf(shown, '[aria-labelledby=did-h] ol div > b')).toEqual(['Hosted table 1 at Winter round']);
    expect(shown('[aria-labelledby=did-h] .quiet').text()).toContain('Oslo');
    expect(textsOf(shown, '[aria-labelledby=questions-h] li div > b').toSorted()).toEqual([
      'What does an agent do all day?',
      'Who signs for the mistake?',
    ]);
    expect(shown('[aria-labelledby=questions-h] strong').text()).toBe('person');
    expect(textsOf(shown, '.figures dd')).toEqual(['1', '1', '2']);
    expect(shown('.topbar [aria-current]').text()).toBe('My record');
    const others = page(await world.get('/record', { as: oskar }));
    expect(textsOf(others, '.figures dd')).toEqual(['1', '0', '0']);
  });

  test('where the door was kept, a yes counts only of people who were seen there', async () => {
    const { noor, oskar, event } = await presenting();
    await world.db.update(rsvps).set({ state: 'coming' }).where(eq(rsvps.personId, oskar.id));
    await untilItIsOver();
    const presented = async (as: typeof noor) =>
      textsOf(page(await world.get('/record', { as })), '.figures dd')[1];
    expect([await presented(noor), await presented(oskar)]).toEqual(['1', '1']);
    await world.db.update(rsvps).set({ cameAt: world.clock.now }).where(eq(rsvps.personId, noor.id));
    await releaseSeatsAndAskForDecisions(world.ctx);
    expect([await presented(noor), await presented(oskar)]).toEqual(['1', '0']);
    await event.cancel();
    expect(await presented(noor)).toBe('0');
  });
});

describe('the certificate', () => {
  test('opens without sign-in by its link, and shows it and nothing else', async () => {
    const { noor, oskar, event } = await presenting();
    await answersOf(noor.id, event.id);
    const path = new URL(certificateUrl(world.ctx, event.id, noor.id)).pathname;
    const visitor = world.newBrowser();
    expect((await visitor.get(path)).statusCode).toBe(404);
    await untilItIsOver();
    const record = page(await world.get('/record', { as: noor }));
    expect(record('.record a.act').attr('href')).toBe(`${world.ctx.baseUrl}${path}`);
    const answered = await visitor.get(path);
    expect(answered.statusCode).toBe(200);
    const shown = page(answered);
    expect(shown('h1').text()).toBe('Noor Haddad');
    const sheet = shown('main').text().replace(/\s+/g, ' ');
    for (const words of ['Agents doing office work', 'Host of table 1', 'Winter round', path])
      expect(sheet).toContain(words);
    expect(sheet).not.toMatch(/Oskar|Finance|Who signs/);
    // One round, then answers: without a plan nobody is counted at her table.
    expect(textsOf(shown, '.sheet-figures dd')).toEqual(['1', '2']);
    expect(shown('a').not('.skip').length).toBe(0);
    expect((await visitor.get(path.slice(0, -1))).statusCode).toBe(404);
    const forged = path.replace(`-${noor.id}-`, `-${oskar.id}-`);
    expect((await visitor.get(forged)).statusCode).toBe(404);
    const absent = new URL(certificateUrl(world.ctx, event.id, oskar.id)).pathname;
    expect((await visitor.get(absent)).statusCode).toBe(404);
  });

  test('shows the room with her table, counts who sat there, and is signed by sponsor and organiser', async () => {
    const { noor, event } = await presenting();
    await world.db
      .update(programmes)
      .set({ sponsorName: 'Ingrid Solheim', sponsorTitle: 'Chief People Officer' });
    const seniors = [];
    for (const table of [1, 1, 2])
      seniors.push({ table, ...(await world.addPerson({ name: `Senior ${table}` })) });
    for (const { id } of seniors) await answer(event.id, id, 'coming');
    const [plan] = await world.db
      .insert(tablePlans)
      .values({ eventId: event.id, state: 'published', rounds: 2, tables: 11, changedAt: world.clock.now })
      .returning();
    // Table 11 is not table 1.
    const seats = seniors.map(({ id, table }, n) => ({
      planId: plan!.id,
      personId: id,
      tables: [n === 2 ? 11 : 2, table],
    }));
    await world.db.insert(planSeats).values(seats);
    await untilItIsOver();
    const path = new URL(certificateUrl(world.ctx, event.id, noor.id)).pathname;
    const shown = page(await world.newBrowser().get(path));
    expect(shown('.room-pic').attr('aria-label')).toContain('The table of Noor Haddad: 1.');
    expect(shown('.room-pic .tb.own').length).toBe(1);
    expect(shown('.room-pic .t.own').length).toBe(1);
    expect(shown('.room-pic .s').length).toBe(3);
    expect(textsOf(shown, '.sheet-figures dd')).toEqual(['1', '2']);
    expect(shown('.sheet-figures').text()).toContain('senior managers at the table');
    expect(shown('.sign p').last().text()).toMatch(/2026Date$/);
    const signed = textsOf(shown, '.sign p');
    expect(signed[0]).toContain('Ingrid SolheimChief People Officer');
    expect(signed[1]).toContain(world.organiser.name);
    expect(shown('main').text()).not.toContain('Senior 1');
  });

  test('stays readable when its talent leaves, and speaks of no table where there is none', async () => {
    const { noor, event } = await presenting({ shape: 'room', format: 'lunch-and-learn' });
    await untilItIsOver();
    await world.db.update(people).set({ disabledAt: world.clock.now }).where(eq(people.id, noor.id));
    const path = new URL(certificateUrl(world.ctx, event.id, noor.id)).pathname;
    const shown = page(await world.newBrowser().get(path));
    expect(shown('main').text()).toContain('Agents doing office work');
    expect(shown('main').text()).not.toContain('Host of table');
  });
});

describe('credit is kept', () => {
  const presented = async (as: { id: number }) => {
    const [row] = await world.db.select().from(people).where(eq(people.id, as.id));
    return textsOf(page(await world.get('/record', { as: row! })), '.figures dd')[1];
  };
  const certificateOf = (eventId: number, personId: number) =>
    world.newBrowser().get(new URL(certificateUrl(world.ctx, eventId, personId)).pathname);
  const namedAt = async (slug: string) =>
    textsOf(page(await world.get(`/e/${slug}`, { as: world.organiser })), '.trends .hosts > span').at(-1);

  test('when Noor leaves the team, and the team is deleted, she still has presented', async () => {
    const { noor, event, team, trend } = await presenting();
    await untilItIsOver();
    const plan = { name: 'Team 1', trendId: trend.id, memberIds: [] };
    await change(world.ctx, team.id, plan);
    expect(await presented(noor)).toBe('1');
    expect(await namedAt(event.slug)).toBe('Noor');
    await world.db.update(events).set({ state: 'published' });
    await dissolve(world.ctx, team.id);
    expect(await presented(noor)).toBe('1');
    expect(await namedAt(event.slug)).toBe('Noor');
    expect((await certificateOf(event.id, noor.id)).statusCode).toBe(200);
    const trendPage = page(await world.get(`/trends/${trend.id}`, { as: world.organiser }));
    expect(trendPage('.people').text()).toContain('Noor Haddad');
  });

  test('leaving in the very minute in which the event ended takes nothing away', async () => {
    const { noor, event, team, trend } = await presenting();
    const startsAt = `${world.clock.now.subtract({ hours: 48 }).toString().slice(0, 10)}T16:00`;
    await world.db.update(events).set({ startsAt }).where(eq(events.id, event.id));
    await change(world.ctx, team.id, { name: 'Team 1', trendId: trend.id, memberIds: [] });
    expect(await presented(noor)).toBe('1');
  });

  test('who joins the team afterwards has not presented, and a name stays as it was', async () => {
    const { noor, event, team, trend } = await presenting();
    const late = await world.addPerson({ name: 'Pia Late', side: 'talent' });
    await answer(event.id, late.id, 'coming');
    await untilItIsOver();
    const plan = { name: 'Team 1', trendId: trend.id, memberIds: [noor.id, late.id] };
    await change(world.ctx, team.id, plan);
    await releaseSeatsAndAskForDecisions(world.ctx);
    expect(await presented(late)).toBe('0');
    expect(await namedAt(event.slug)).toBe('Noor');
    await world.db.update(people).set({ name: 'Noor Berg' }).where(eq(people.id, noor.id));
    expect(page(await certificateOf(event.id, noor.id))('h1').text()).toBe('Noor Haddad');
    await world.db.update(trends).set({ sentence: 'Something else' });
    expect(page(await certificateOf(event.id, noor.id))('main').text()).toContain('Agents doing office work');
  });

  test('an event that is moved on after its end counts anew when it is held', async () => {
    const { noor, oskar } = await presenting();
    await untilItIsOver();
    expect([await presented(noor), await presented(oskar)]).toEqual(['1', '0']);
    const startsAt = `${world.clock.now.add({ hours: 48 }).toString().slice(0, 10)}T16:00`;
    await world.db.update(events).set({ startsAt });
    await world.db.update(rsvps).set({ state: 'coming' }).where(eq(rsvps.personId, oskar.id));
    expect([await presented(noor), await presented(oskar)]).toEqual(['0', '0']);
    world.clock.now = world.clock.now.add({ hours: 96 });
    await releaseSeatsAndAskForDecisions(world.ctx);
    expect([await presented(noor), await presented(oskar)]).toEqual(['1', '1']);
  });
});
