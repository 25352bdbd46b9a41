// A free place in a team is offered to the reserve list: one person after the other, by a link of their own.
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { offerToken } from '../../../src/actions/letters/links.ts';
import { answerOne, takeBackAnswers } from '../../../src/actions/offers/answers.ts';
import { confirmOffer, withdrawOffer } from '../../../src/actions/offers/offers.ts';
import { askTheNext } from '../../../src/actions/teams/place-asks.ts';
import { offerRounds, offers, placeAsks } from '../../../src/store/schema/index.ts';
import * as teams from '../../../src/store/teams/teams.ts';
import { allLetters } from '../../support/letters.ts';
import { formTeam, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const as = () => ({ as: world.organiser });
const text = (answer: Answer, what: string) => page(answer)(what).text().replace(/\s+/g, ' ').trim();
const namesIn = async (id: number) => (await teams.find(world.db, id))!.members.map(({ name }) => name);
const placeLetters = async () => (await allLetters(world)).filter(({ kind }) => kind === 'place-offered');
const linkIn = async (name: string) => {
  const letter = (await placeLetters()).findLast(({ recipientName }) => recipientName === name)!;
  return new URL(String(letter.facts.placeUrl)).pathname;
};

/** A team with one member too few, and these people on the reserve list in this order. */
async function shortTeam(...names: string[]) {
  const trend = await proposeTrend(world, 'Agents', { state: 'shortlisted' });
  const ada = await world.addPerson({ name: 'Ada Aas', side: 'talent' });
  const team = await formTeam(world, 'Team 1', trend.id, [ada.id]);
  const now = world.clock.now;
  const of = { programmeId: world.programme.id, side: 'talent' as const };
  await world.db.insert(offerRounds).values({ ...of, closesOn: '2026-11-01', answerBy: '2026-11-08' });
  for (const [at, name] of names.entries())
    await world.db.insert(offers).values({
      ...of,
      state: 'reserve',
      name,
      email: `${name.split(' ')[0]!.toLowerCase()}@halden.example`,
      jobTitle: '',
      department: 'Sales',
      why: '',
      other: '',
      time: 'team',
      number: `n${at}`,
      formKey: crypto.randomUUID(),
      browserHash: '',
      createdAt: now,
      confirmedAt: now.add({ seconds: at }),
      updatedAt: now,
    });
  return { ada, team, at: `/teams/${team.id}` };
}

/** Presses a button on the page of a link. */
const own = (link: string, what: string) => world.post(`${link}/${what}`, {}, { link: link.split('/')[2]! });
const withdraw = async (name: string) => {
  const [offer] = await world.db.select().from(offers).where(eq(offers.name, name));
  await withdrawOffer(world.ctx, offerToken(world.ctx, offer!.id, offer!.number));
};
const ask = (at: string) => world.post(`${at}/asking`, {}, as());
const states = async () =>
  (await world.db.select().from(placeAsks).orderBy(placeAsks.id)).map(({ state }) => state);

describe('a free place', () => {
  test('is offered to the first of the reserve list, who takes it with one press of their own link', async () => {
    const { ada, team, at } = await shortTeam('Ivy Ives', 'Jon Jaeger');
    expect((await ask(at)).headers.location).toBe(`${at}?said=asked#place`);
    // Monday 9 November, nine o'clock in Oslo: until Wednesday evening.
    expect(text(await world.get(at, as()), '#place')).toContain(
      'Ivy IvesAsked on Monday 9 November, has until Wednesday 11 November, 18:00',
    );
    expect((await placeLetters()).map(({ recipientName }) => recipientName)).toEqual(['Ivy Ives']);
    const again = await ask(at);
    expect([again.statusCode, text(again, '.error-summary li')]).toEqual([
      409,
      'Someone is being asked about this place already.',
    ]);
    const link = await linkIn('Ivy Ives');
    const shown = await world.get(link);
    expect(text(shown, 'h1')).toBe('A place is free for you');
    // Nobody of the team is named, and looking changes nothing.
    expect(shown.body).not.toContain('Ada');
    expect(await states()).toEqual(['asked']);
    const taken = await own(link, 'acceptance');
    expect(taken.headers.location).toBe(link);
    expect((await own(link, 'acceptance')).statusCode).toBe(303);
    expect(text(await world.get(link), 'h1')).toBe('You’re in, Ivy');
    expect(await namesIn(team.id)).toEqual(['Ada Aas', 'Ivy Ives']);
    const news = (await allLetters(world)).filter(({ kind }) => kind === 'team-news');
    expect(news.map(({ recipientName }) => recipientName).toSorted()).toEqual([
      ada.name,
      world.organiser.name,
    ]);
    const of = Object.fromEntries(
      (await world.db.select().from(offers)).map(({ name, state }) => [name, state]),
    );
    expect(of).toEqual({ 'Ivy Ives': 'accepted', 'Jon Jaeger': 'reserve' });
  });

  test('goes to the next person after a no thank you and after two working days, and at the end the organiser hears', async () => {
    const { at } = await shortTeam('Ivy Ives', 'Jon Jaeger');
    await ask(at);
    const ivys = await linkIn('Ivy Ives');
    await own(ivys, 'refusal');
    expect(text(await world.get(ivys), 'main')).toContain('You’re still on the reserve list.');
    expect(await states()).toEqual(['no', 'asked']);
    const jons = await linkIn('Jon Jaeger');
    world.clock.advance({ days: 2 });
    await askTheNext(world.ctx);
    expect(await states()).toEqual(['no', 'asked']);
    world.clock.advance({ hours: 10 });
    await askTheNext(world.ctx);
    expect(await states()).toEqual(['no', 'late']);
    const gone = await world.get(jons);
    expect([gone.statusCode, text(gone, 'h1')]).toEqual([410, 'This place is no longer free']);
    expect((await own(jons, 'acceptance')).statusCode).toBe(410);
    const news = (await allLetters(world)).filter(({ kind }) => kind === 'team-news');
    expect(news.map(({ facts }) => facts.news)).toEqual([{ kind: 'unanswered', team: 'Team 1', asked: 2 }]);
    const nobody = await ask(at);
    expect(text(nobody, '.error-summary li')).toBe(
      'Everyone on the reserve list has been asked. Place someone without a team.',
    );
  });

  test('is kept for whom it is offered to, until an organiser stops asking', async () => {
    const { at, team } = await shortTeam('Ivy Ives');
    await world.db.execute(`UPDATE teams SET is_open = true, most = 2`);
    const bo = await world.addPerson({ name: 'Bo Berg', side: 'talent' });
    await ask(at);
    const full = await world.post(`${at}/joining`, {}, { as: bo });
    expect([full.statusCode, text(await world.get(at, { as: bo }), '#joining-h')]).toEqual([
      409,
      'This team is full',
    ]);
    const link = await linkIn('Ivy Ives');
    await world.post(`${at}/asking/end`, {}, as());
    expect((await world.get(link)).statusCode).toBe(410);
    expect((await world.post(`${at}/joining`, {}, { as: bo })).statusCode).toBe(303);
    expect(await namesIn(team.id)).toEqual(['Ada Aas', 'Bo Berg']);
    expect((await world.get(`${link.slice(0, -1)}0`)).statusCode).toBe(404);
  });

  test('is offered on a working day: what is pressed on a Saturday leaves on Monday', async () => {
    const { at } = await shortTeam('Ivy Ives');
    world.clock.now = Temporal.Instant.from('2026-11-14T10:00:00Z');
    await ask(at);
    expect((await placeLetters())[0]!.dueAt.toString()).toBe('2026-11-16T07:00:00Z');
    expect(text(await world.get(at, as()), '#place')).toContain('has until Wednesday 18 November, 18:00');
  });

  test('goes to the next person as soon as the one asked withdraws, and to nobody else where none is left', async () => {
    const { at, team } = await shortTeam('Ivy Ives', 'Jon Jaeger');
    await ask(at);
    const link = await linkIn('Ivy Ives');
    await withdraw('Ivy Ives');
    expect((await world.get(link)).statusCode).toBe(404);
    expect((await placeLetters()).map(({ recipientName }) => recipientName)).toEqual(['Jon Jaeger']);
    expect(text(await world.get(at, as()), '#place')).toContain('Jon JaegerAsked on Monday 9 November');
    await withdraw('Jon Jaeger');
    const news = (await allLetters(world)).filter(({ kind }) => kind === 'team-news');
    expect(news.map(({ recipientName, facts }) => [recipientName, facts.news])).toEqual([
      [world.organiser.name, { kind: 'unanswered', team: 'Team 1', asked: 1 }],
    ]);
    expect(await namesIn(team.id)).toEqual(['Ada Aas']);
    expect(await states()).toEqual([]);
  });

  test('goes to the next person once an organiser has said no to the one asked, unless they take that back', async () => {
    const { at } = await shortTeam('Ivy Ives', 'Jon Jaeger');
    await ask(at);
    const link = await linkIn('Ivy Ives');
    const [ivy] = await world.db.select().from(offers).where(eq(offers.name, 'Ivy Ives'));
    await answerOne(world.ctx, world.organiser.id, ivy!.id, 'declined');
    expect((await world.get(link)).statusCode).toBe(410);
    await askTheNext(world.ctx);
    expect(await states()).toEqual(['asked']);
    const { press } = (await world.db.select().from(offers).where(eq(offers.name, 'Ivy Ives')))[0]!;
    await takeBackAnswers(world.ctx, world.organiser.id, 'talent', press!);
    expect((await world.get(link)).statusCode).toBe(200);
    await answerOne(world.ctx, world.organiser.id, ivy!.id, 'declined');
    world.clock.advance({ seconds: 11 });
    await askTheNext(world.ctx);
    expect(await states()).toEqual(['stopped', 'asked']);
    expect(text(await world.get(at, as()), '#place')).toContain('Jon JaegerAsked on Monday 9 November');
  });

  test('stays offered to a person who puts themselves forward anew, also where its e-mail waits for Monday', async () => {
    const { at, team } = await shortTeam('Ivy Ives', 'Jon Jaeger');
    world.clock.now = Temporal.Instant.from('2026-11-14T10:00:00Z');
    await ask(at);
    const [before] = await world.db.select().from(offers).where(eq(offers.name, 'Ivy Ives'));
    const { id: _, ...values } = before!;
    const anew = {
      ...values,
      state: 'unconfirmed' as const,
      confirmedAt: null,
      formKey: crypto.randomUUID(),
    };
    const [second] = await world.db
      .insert(offers)
      .values({ ...anew, letters: 0, number: 'anew', department: 'Legal', createdAt: world.clock.now })
      .returning();
    await confirmOffer(world.ctx, offerToken(world.ctx, second!.id, 'anew'));
    const link = await linkIn('Ivy Ives');
    expect((await placeLetters()).map(({ recipientName }) => recipientName)).toEqual(['Ivy Ives']);
    expect(text(await world.get(link), 'h1')).toBe('A place is free for you');
    await own(link, 'acceptance');
    expect(await namesIn(team.id)).toEqual(['Ada Aas', 'Ivy Ives']);
  });
});
