// One trend: its page, and what organisers do with it.
import { describe, expect, test } from 'vitest';
import * as teams from '../../../src/store/teams/teams.ts';
import * as interests from '../../../src/store/trends/interests.ts';
import * as trends from '../../../src/store/trends/trends.ts';
import { eventWith, formTeam, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const talent = (name = 'Amina Yusuf') => world.addPerson({ name, side: 'talent' });
const stateOf = async (id: number) => (await trends.find(world.db, id))!.state;
const said = (answer: Answer) => page(answer)('#status').text();

describe('the page of a trend', () => {
  test('has no desk and no names of those who can tell, but for organisers', async () => {
    const [amina, leo] = [await talent(), await talent('Leo Haug')];
    const heat = await proposeTrend(world, 'Heat');
    await interests.add(world.db, heat.id, leo.id, 'can-tell');
    const organisers = page(await world.get('/trends/1', { as: world.organiser }));
    expect(organisers('#tell-h').closest('section').find('.person > span:last-child').text()).toBe(
      'Leo Haug',
    );
    expect(organisers('#desk').length).toBe(1);
    const theirs = await world.get('/trends/1', { as: amina });
    expect(theirs.body).not.toContain('Leo Haug');
    expect(page(theirs)('#desk').length).toBe(0);
  });

  test('shows its team, its table, and an unknown number nothing', async () => {
    const [amina, leo] = [await talent(), await talent('Leo Haug')];
    const heat = await proposeTrend(world, 'Heat', { state: 'shortlisted' });
    const team = await formTeam(world, 'Team 3', heat.id, [leo.id]);
    await eventWith(world, [heat.id], { teamIds: [team.id] });
    const shown = page(await world.get('/trends/1', { as: amina }));
    expect(shown('.teamcard').text().replace(/\s+/g, ' ').trim()).toBe(
      '1Team 3Hosts table 1 on Thursday 10 December LH Leo Haug Open the team',
    );
    expect((await world.get('/trends/9', { as: amina })).statusCode).toBe(404);
    expect((await world.get('/trends/0x1', { as: amina })).statusCode).toBe(404);
  });

  test('keeps htmx away from what people wrote', async () => {
    const amina = await talent();
    const detail = '<div hx-delete="/people/1" hx-trigger="load">x</div> [y](javascript:alert(1))';
    await proposeTrend(world, '<b hx-get=/x>Heat</b>', { detail });
    const shown = page(await world.get('/trends/1', { as: amina }));
    expect(shown('h1').text()).toBe('<b hx-get=/x>Heat</b>');
    expect(shown('.prose').is('[hx-ignore]')).toBe(true);
    expect(shown('.prose').text().trim()).toBe('<div hx-delete="/people/1" hx-trigger="load">x</div> y');
    expect(shown('[hx-delete], [hx-get], [href^=javascript]').length).toBe(0);
  });
});

describe('rewording', () => {
  const words = { sentence: 'Heat at work', detail: '', links: '' };

  test('is for its proposer and for organisers; for others there is no such page', async () => {
    const [amina, leo] = [await talent(), await talent('Leo Haug')];
    await proposeTrend(world, 'Heat', { proposerId: amina.id });
    expect((await world.get('/trends/1/edit', { as: leo })).statusCode).toBe(404);
    expect((await world.post('/trends/1', words, { as: leo })).statusCode).toBe(404);
    expect((await trends.find(world.db, 1))!.sentence).toBe('Heat');
    expect((await world.post('/trends/1', words, { as: amina })).headers.location).toBe(
      '/trends/1?said=saved',
    );
    expect((await trends.find(world.db, 1))!.sentence).toBe('Heat at work');
    expect((await world.get('/trends/1/edit', { as: world.organiser })).statusCode).toBe(200);
  });

  test('comes back with what was typed when something is missing', async () => {
    await proposeTrend(world, 'Heat');
    const answer = await world.post(
      '/trends/1',
      { ...words, sentence: '', detail: 'Kept.' },
      { as: world.organiser },
    );
    expect(answer.statusCode).toBe(422);
    expect(page(answer)('#detail').text().trim()).toBe('Kept.');
    expect(page(answer)('.error-summary a').attr('href')).toBe('#sentence');
  });
});

describe('the shortlist', () => {
  test('is for organisers: a trend goes on it and off again', async () => {
    const amina = await talent();
    await proposeTrend(world, 'Heat');
    expect((await world.post('/trends/1/shortlisting', {}, { as: amina })).statusCode).toBe(404);
    expect(await stateOf(1)).toBe('proposed');
    const answer = await world.post('/trends/1/shortlisting', {}, { as: world.organiser });
    expect(said(await (await world.browserOf(world.organiser)).follow(answer))).toBe(
      'It is on the shortlist.',
    );
    expect(await stateOf(1)).toBe('shortlisted');
    await world.post('/trends/1/reopening', {}, { as: world.organiser });
    expect(await stateOf(1)).toBe('proposed');
  });
});

describe('parking', () => {
  test('needs a reason, which everyone reads', async () => {
    const amina = await talent();
    await proposeTrend(world, 'Heat');
    const without = await world.post('/trends/1/parking', { reason: ' ' }, { as: world.organiser });
    expect(without.statusCode).toBe(422);
    expect(page(without)('#reason-error').text()).toBe(
      'Error: Write the reason in one sentence; everyone can read it.',
    );
    expect(page(without)('#desk details[open] form').attr('action')).toBe('/trends/1/parking');
    expect(await stateOf(1)).toBe('proposed');
    await world.post('/trends/1/parking', { reason: 'The board decides in March.' }, { as: world.organiser });
    expect(page(await world.get('/trends/1', { as: amina }))('.notice p').text()).toBe(
      'Parked. The board decides in March.',
    );
    await world.post('/trends/1/shortlisting', {}, { as: world.organiser });
    expect((await trends.find(world.db, 1))!.parkedReason).toBe('');
  });

  test('waits while the trend is on the table at a coming event', async () => {
    await proposeTrend(world, 'Heat', { state: 'shortlisted' });
    const event = await eventWith(world, [1]);
    const reason = 'The board decides in March.';
    const answer = await world.post('/trends/1/parking', { reason }, { as: world.organiser });
    expect(answer.statusCode).toBe(409);
    expect(page(answer)('#reason-error').text()).toBe(
      'Error: This trend is on the table at Winter round. Take it off there first, then park it.',
    );
    expect(page(answer)('#reason').text().trim()).toBe(reason);
    await event.cancel();
    expect((await world.post('/trends/1/parking', { reason }, { as: world.organiser })).statusCode).toBe(303);
    expect(await stateOf(1)).toBe('parked');
  });
});

describe('merging', () => {
  async function twoTrends() {
    const people = [await talent('A A'), await talent('B B'), await talent('C C')] as const;
    const load = await proposeTrend(world, 'Too hot to load a lorry', {
      proposerId: people[0].id,
      detail: 'In *July*.',
    });
    const heat = await proposeTrend(world, 'Heat', { state: 'shortlisted' });
    for (const person of [people[0], people[1]])
      await interests.add(world.db, load.id, person.id, 'want-to-know');
    for (const person of [people[1], people[2]])
      await interests.add(world.db, heat.id, person.id, 'want-to-know');
    await interests.add(world.db, load.id, people[2].id, 'can-tell');
    return { people, load, heat };
  }

  test('counts everyone once, and teams and tables follow', async () => {
    const { people, load, heat } = await twoTrends();
    const team = await formTeam(world, 'Team 1', load.id, [people[0].id]);
    await eventWith(world, [load.id], { teamIds: [team.id] });
    const older = await proposeTrend(world, 'Sweat', { state: 'merged', mergedIntoId: load.id });

    const answer = await world.post('/trends/1/merging', { into: '2' }, { as: world.organiser });
    expect(answer.headers.location).toBe('/trends/2?said=merged');
    expect((await interests.tallies(world.db, [1, 2])).get(heat.id)).toEqual({ want: 3, tell: 1 });
    expect((await interests.tallies(world.db, [1])).size).toBe(0);
    expect((await teams.find(world.db, team.id))!.trendId).toBe(heat.id);
    const list = page(await world.get('/trends?show=event-1', { as: people[0] }));
    expect(list('.numbered h3').text()).toBe('Heat');
    expect((await trends.find(world.db, older.id))!.mergedIntoId).toBe(heat.id);
  });

  test('leads from the old page to the other, where its words can be read', async () => {
    const { people } = await twoTrends();
    await world.post('/trends/1/merging', { into: '2' }, { as: world.organiser });
    const old = await world.get('/trends/1', { as: people[0] });
    expect(old.headers.location).toBe('/trends/2?said=led-here');
    const shown = page(await (await world.browserOf(people[0])).follow(old));
    expect(shown('#merged-h').closest('section').find('summary').text()).toBe('Too hot to load a lorry');
    expect(shown('#merged-h').closest('section').find('.quiet').text()).toBe('Proposed by A A, 9 November');
    expect(shown('#merged-h').closest('section').find('.prose em').text()).toBe('July');
    expect((await world.get('/trends/1/edit', { as: people[0] })).statusCode).toBe(404);
  });

  test('goes only into a trend that is open, and not into itself', async () => {
    await twoTrends();
    await proposeTrend(world, 'Parked', { state: 'parked', parkedReason: 'Later.' });
    const mistakes = async (into: string) => {
      const answer = await world.post('/trends/1/merging', { into }, { as: world.organiser });
      return [answer.statusCode, page(answer)('#into-error').text()];
    };
    expect(await mistakes('')).toEqual([422, 'Error: Choose the trend that says the same.']);
    expect(await mistakes('1')).toEqual([422, 'Error: Choose another trend; this one is itself.']);
    expect(await mistakes('3')).toEqual([422, 'Error: Choose a trend that is proposed or shortlisted.']);
    expect(await mistakes('99')).toEqual([422, 'Error: Choose a trend that is proposed or shortlisted.']);
    expect(await stateOf(1)).toBe('proposed');
  });

  test('is done once, and what is merged is not shortlisted or parked any more', async () => {
    await twoTrends();
    await proposeTrend(world, 'Third');
    await world.post('/trends/1/merging', { into: '2' }, { as: world.organiser });
    const send = (path: string, fields = {}) => world.post(path, fields, { as: world.organiser });
    expect((await send('/trends/1/shortlisting')).statusCode).toBe(409);
    expect((await send('/trends/1/merging', { into: '3' })).headers.location).toBe('/trends/2?said=led-here');
    expect((await send('/trends/1/parking', { reason: 'Later.' })).headers.location).toBe(
      '/trends/2?said=led-here',
    );
    expect((await trends.find(world.db, 1))!.mergedIntoId).toBe(2);
  });

  test('both ways at once ends with one trend that leads to one that is open', async () => {
    await twoTrends();
    await Promise.all([
      world.post('/trends/1/merging', { into: '2' }, { as: world.organiser }),
      world.post('/trends/2/merging', { into: '1' }, { as: world.organiser }),
    ]);
    const states = [await stateOf(1), await stateOf(2)];
    expect(states.filter((state) => state === 'merged')).toHaveLength(1);
    const open = states[0] === 'merged' ? 2 : 1;
    expect((await interests.tallies(world.db, [open])).get(open)).toEqual({ want: 3, tell: 1 });
  });
});
