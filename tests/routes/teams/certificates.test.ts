// Organisers see who presented what and when, and put it right.
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { certificateUrl } from '../../../src/actions/teams/certificates.ts';
import { releaseSeatsAndAskForDecisions } from '../../../src/jobs/release-seats.ts';
import { events, rsvps } from '../../../src/store/schema/index.ts';
import { eventWith, formTeam, proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const on = (hoursAgo: number) =>
  `${world.clock.now.subtract({ hours: hoursAgo }).toString().slice(0, 10)}T16:00`;

/** Noor (who came) and Oskar (who did not) had table 1 at an event two days ago; Pia sat with the guests. */
async function held() {
  const [noor, oskar, pia] = [
    await world.addPerson({ name: 'Noor Haddad', side: 'talent', department: 'Finance' }),
    await world.addPerson({ name: 'Oskar Lindholm', side: 'talent' }),
    await world.addPerson({ name: 'Pia Holm', side: 'talent' }),
  ];
  const trend = await proposeTrend(world, 'Agents doing office work', { state: 'shortlisted' });
  const team = await formTeam(world, 'Team 1', trend.id, [noor.id, oskar.id]);
  const event = await eventWith(world, [trend.id], { teamIds: [team.id], startsAt: on(72) });
  const answer = { eventId: event.id, state: 'coming' as const };
  await world.db.insert(rsvps).values([
    { ...answer, personId: noor.id, tokenHash: 'n', cameAt: world.clock.now },
    { ...answer, personId: oskar.id, tokenHash: 'o' },
  ]);
  await releaseSeatsAndAskForDecisions(world.ctx);
  return { noor, oskar, pia, event };
}

let at: Awaited<ReturnType<typeof held>>;
beforeEach(async () => {
  at = await held();
});

const look = async (path: string) => page(await world.get(path, { as: world.organiser }));
const names = async (path = '/certificates') => {
  const shown = await look(path);
  return shown('tbody th a')
    .map((_, one) => shown(one).text().trim())
    .get();
};
const presentedAt = () => `/events/${at.event.id}/presented`;
const rowOf = async (name: string) => {
  const shown = await look(presentedAt());
  const line = shown('.teamline').filter((_, one) => shown(one).text().includes(name));
  return { id: line.find('input').val() as string, ticked: line.find('[checked]').length === 1 };
};

describe('the list of certificates', () => {
  test('names who presented what and when, finds them, and leads to each certificate', async () => {
    const shown = await look('/certificates');
    expect(await names()).toEqual(['Noor Haddad']);
    const row = shown('tbody tr').text().replace(/\s+/g, ' ');
    for (const words of ['Table 1, Agents doing office work', 'Team 1', 'Winter round', 'Finance'])
      expect(row).toContain(words);
    expect(shown('tbody a.btn').attr('href')).toBe(certificateUrl(world.ctx, at.event.id, at.noor.id));
    expect(await names('/certificates?find=office')).toEqual(['Noor Haddad']);
    expect(await names('/certificates?find=nobody')).toEqual([]);
    expect(await names(`/certificates?event=${at.event.id + 1}`)).toEqual([]);
    expect((await look('/people'))('.tabs a[href="/certificates"]').length).toBe(1);
  });

  test('downloads as shown, and is for organisers', async () => {
    const csv = await world.get('/certificates.csv?find=noor', { as: world.organiser });
    const [header, row, ...more] = csv.body.trim().split('\r\n');
    expect(header).toContain('Name,Department,Trend,Team,Event,Day,Table,Certificate');
    expect(row).toContain('Noor Haddad,Finance,Agents doing office work,Team 1,Winter round');
    expect(more).toEqual([]);
    const none = await world.get('/certificates.csv?find=nobody', { as: world.organiser });
    expect(none.body.trim().split('\r\n').length).toBe(1);
    for (const path of ['/certificates', '/certificates.csv', presentedAt()])
      expect((await world.get(path, { as: at.noor })).statusCode).toBe(404);
  });

  test('is empty with a sentence before anything was held', async () => {
    await world.db.delete(events);
    expect((await look('/certificates'))('main').text()).toContain('No certificates yet');
  });
});

describe('who presented is put right', () => {
  test('by ticks: Oskar did present and Noor did not, and the door changes nothing of it later', async () => {
    expect(await rowOf('Noor')).toMatchObject({ ticked: true });
    expect(await rowOf('Oskar')).toMatchObject({ ticked: false });
    const { id } = await rowOf('Oskar');
    const sent = await world.post(presentedAt(), { presented: [id] }, { as: world.organiser });
    expect(sent.headers.location).toBe(`${presentedAt()}?said=saved`);
    expect(await names()).toEqual(['Oskar Lindholm']);
    await world.db.update(rsvps).set({ cameAt: world.clock.now }).where(eq(rsvps.personId, at.noor.id));
    await releaseSeatsAndAskForDecisions(world.ctx);
    expect(await names()).toEqual(['Oskar Lindholm']);
    const guests = await look(`/e/${at.event.slug}`);
    expect(guests('.trends .hosts > span').last().text()).toBe('Oskar');
  });

  test('by adding Pia, who was in no team', async () => {
    const found = await look(`${presentedAt()}?find=pia`);
    expect(found('#person option').text()).toContain('Pia Holm');
    const add = (fields: object) =>
      world.post(`${presentedAt()}/people`, { find: 'pia', ...fields }, { as: world.organiser });
    expect((await add({ person: String(at.pia.id), number: '7' })).statusCode).toBe(422);
    expect((await add({ number: '1' })).statusCode).toBe(422);
    const sent = await add({ person: String(at.pia.id), number: '1' });
    expect(sent.headers.location).toBe(`${presentedAt()}?said=added`);
    expect((await names()).toSorted()).toEqual(['Noor Haddad', 'Pia Holm']);
    const path = new URL(certificateUrl(world.ctx, at.event.id, at.pia.id)).pathname;
    expect(page(await world.newBrowser().get(path))('h1').text()).toBe('Pia Holm');
  });

  test('by two organisers at once: the second sees what the first saved, and nothing is lost', async () => {
    const seen = (await look(presentedAt()))('[name=seen]').val() as string;
    const [noor, oskar] = [(await rowOf('Noor')).id, (await rowOf('Oskar')).id];
    await world.post(presentedAt(), { presented: [noor, oskar], seen }, { as: world.organiser });
    const late = await world.post(presentedAt(), { presented: [], seen }, { as: world.organiser });
    expect(late.statusCode).toBe(409);
    expect(page(late)('main').text()).toContain('Noor Haddad, Oskar Lindholm');
    expect(page(late)('.teamline [checked]').length).toBe(0);
    expect((await names()).toSorted()).toEqual(['Noor Haddad', 'Oskar Lindholm']);
  });

  test('not before the event is over', async () => {
    await world.db.update(events).set({ startsAt: '2027-05-04T16:00' });
    const refused = await world.post(presentedAt(), { presented: [] }, { as: world.organiser });
    expect(refused.statusCode).toBe(409);
    expect(page(refused)('main').text()).toContain('Come back then');
  });
});
