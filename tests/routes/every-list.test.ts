// Every list of trends, teams and offers that an organiser sees downloads as CSV, with the rows that the page has, in its order.
import { beforeEach, describe, expect, test } from 'vitest';
import { closeVoting } from '../../src/actions/trends/voting.ts';
import { assignTrends } from '../../src/jobs/assign-trends.ts';
import { releaseSeatsAndAskForDecisions } from '../../src/jobs/release-seats.ts';
import { offerRounds, offers, rsvps } from '../../src/store/schema/index.ts';
import * as interests from '../../src/store/trends/interests.ts';
import { eventWith, formTeam, proposeTrend } from '../support/trends.ts';
import { type Answer, page, useWorld } from '../support/world.ts';

const world = useWorld();
const look = (path: string) => world.get(path, { as: world.organiser });

/** The lists: the page, its link to a file, and the names of its rows on the page, in order. */
const lists: Record<string, { page: string; rows: string; column?: number }> = {
  trends: { page: '/trends', rows: '#trend-board h3 a' },
  'trends by name': { page: '/trends?order=name', rows: '#trend-board h3 a' },
  'the shortlist': { page: '/trends?show=shortlisted', rows: '#trend-board h3 a' },
  'trends found': { page: '/trends?find=heat', rows: '#trend-board h3 a' },
  'the table of trends': { page: '/trends/organise', rows: 'tbody [role=rowheader] a' },
  'the table of shortlisted trends': {
    page: '/trends/organise?state=shortlisted',
    rows: 'tbody [role=rowheader] a',
  },
  coverage: { page: '/trends/coverage', rows: 'tbody th a' },
  teams: { page: '/teams', rows: '.auto-grid h3, .auto-grid h2' },
  'teams found': { page: '/teams?find=team%202', rows: '.auto-grid h3, .auto-grid h2' },
  'who has not ranked': { page: '/teams/assignment', rows: '[aria-labelledby=waiting-h] li b' },
  'who has no team': { page: '/teams/late', rows: '[aria-labelledby=list-h] li b a' },
  'offers that wait': { page: '/people/offers', rows: '.offer b' },
  'the reserve list': { page: '/people/offers?show=reserve', rows: '.offer b' },
  'offers of seniors': { page: '/people/offers?side=senior', rows: '.offer b' },
  certificates: { page: '/certificates', rows: 'tbody th a' },
  'certificates found': { page: '/certificates?find=noor', rows: 'tbody th a' },
};

beforeEach(async () => {
  const [noor, oskar] = [
    await world.addPerson({ name: 'Noor Haddad', side: 'talent' }),
    await world.addPerson({ name: 'Oskar Lindholm', side: 'talent' }),
  ];
  const free = [
    await world.addPerson({ name: 'Pia Holm', side: 'talent' }),
    await world.addPerson({ name: 'Quentin Roy', side: 'talent' }),
  ];
  const heat = await proposeTrend(world, 'Heat on site', { state: 'shortlisted' });
  const other = await proposeTrend(world, 'Agents; with a “comma”, too', { state: 'shortlisted' });
  await proposeTrend(world, 'Too early', { state: 'parked', parkedReason: 'Next year.' });
  await proposeTrend(world, 'Proof of origin');
  await proposeTrend(world, 'Winter without snow', { state: 'shortlisted' });
  await interests.add(world.db, heat.id, noor.id, 'want-to-know');
  await closeVoting(world.ctx, world.organiser.id);
  const team = await formTeam(world, 'Team 1', heat.id, [noor.id]);
  await formTeam(world, 'Team 2', other.id, [oskar.id]);
  const startsAt = `${world.clock.now.subtract({ hours: 72 }).toString().slice(0, 10)}T16:00`;
  const event = await eventWith(world, [heat.id], { teamIds: [team.id], startsAt, state: 'published' });
  await world.db
    .insert(rsvps)
    .values({ eventId: event.id, personId: noor.id, state: 'coming', tokenHash: 'n' });
  await releaseSeatsAndAskForDecisions(world.ctx);
  await putForward();
  expect(free.length).toBe(2);
});

/** Offers of both sides, two of them on the reserve list; the latest one comes first in the alphabet. */
async function putForward() {
  const now = world.clock.now;
  const days = { closesOn: '2026-11-20', answerBy: '2026-11-27' };
  for (const side of ['talent', 'senior'] as const)
    await world.db.insert(offerRounds).values({ programmeId: world.programme.id, side, ...days });
  const sent = [
    ['Zoë Zahl', 'talent', 'waiting'],
    ['Ada “Add” Aas, Jr', 'talent', 'waiting'],
    ['Ivy Ives', 'talent', 'reserve'],
    ['Cy Cole', 'talent', 'reserve'],
    ['Henrik Falk', 'senior', 'waiting'],
  ] as const;
  for (const [at, [name, side, state]] of sent.entries())
    await world.db.insert(offers).values({
      programmeId: world.programme.id,
      side,
      state,
      name,
      email: `offer${at}@halden.example`,
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
}

const textOf = (text: string) => text.replace(/\s+/g, ' ').trim();

function rowsIn(answer: Answer): string[][] {
  expect(answer.headers['content-type']).toContain('text/csv');
  const lines = answer.body
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n');
  return lines
    .slice(1)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
        (quoted ?? plain ?? '').replaceAll('""', '"'),
      ),
    );
}

describe('every list of trends, teams and offers', () => {
  test.each(Object.entries(lists))('%s downloads as it is shown', async (_, { page: path, rows }) => {
    const answer = await look(path);
    const shown = page(answer);
    const names = shown(rows)
      .map((_i, one) => textOf(shown(one).text()))
      .get();
    expect(names.length).toBeGreaterThan(0);
    const links = shown('main a[href*=".csv"]')
      .map((_i, one) => shown(one).attr('href'))
      .get();
    const files = await Promise.all(links.map(async (link) => rowsIn(await look(link))));
    const first = files.map((cells) => cells.map(([name]) => textOf(name ?? '')));
    expect(first).toContainEqual([...new Set(names)]);
    for (const link of links)
      expect((await world.get(link, { as: await world.addPerson() })).statusCode).toBe(404);
  });

  test('the draft and everyone’s order download with it', async () => {
    const seen = String(
      page(await look('/teams/assignment'))('input[name="seen"]')
        .first()
        .val(),
    );
    const pia = await world.addPerson({ name: 'Rana Ali', side: 'talent' });
    const order = page(await world.get('/ranking', { as: pia }));
    expect(order('main').text()).toContain('Winter without snow');
    await world.post('/teams/assignment/draft', { seen }, { as: world.organiser });
    const jobs = (await world.jobs()).filter(({ job }) => job === 'assign-trends');
    await assignTrends(world.ctx, jobs.at(-1)!.data as { runId: number });
    const shown = page(await look('/teams/assignment'));
    for (const link of ['/teams/assignment/draft.csv', '/teams/assignment/rankings.csv']) {
      expect(shown(`main a[href="${link}"]`).length).toBe(1);
      const cells = rowsIn(await look(link));
      expect(cells.map((row) => row.join()).join()).toContain('Pia Holm');
      expect(cells.length).toBe(3);
    }
  });
});
