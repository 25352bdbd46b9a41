// Trends as people see, propose and vote on them.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { setLastDay } from '../../../src/actions/trends/voting.ts';
import * as interests from '../../../src/store/trends/interests.ts';
import * as trends from '../../../src/store/trends/trends.ts';
import { eventWith, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const talent = (name = 'Amina Yusuf') => world.addPerson({ name, side: 'talent' });
const listed = (answer: Answer) => {
  const list = page(answer);
  return list('.trend-list h3')
    .map((_i, line) => list(line).text())
    .get();
};
const chips = (answer: Answer) => {
  const list = page(answer);
  return list('nav.filters a')
    .map((_i, chip) => list(chip).text().replace(/\s+/g, ' ').trim())
    .get();
};

describe('proposing', () => {
  test('a talent proposes a trend in one press and adds detail and links in a second', async () => {
    const hana = await talent('Hana Kovač');
    const list = page(await world.get('/trends', { as: hana }));
    const formKey = String(list('#propose input[name=formKey]').val());

    const first = await world.post(
      '/trends',
      { sentence: ' Heat as a\nworking condition ', formKey },
      { as: hana },
    );
    expect(first.statusCode).toBe(303);
    expect(first.headers.location).toBe('/trends/1/edit?said=proposed');
    const form = page(await world.get('/trends/1/edit?said=proposed', { as: hana }));
    expect(form('#sentence').val()).toBe('Heat as a working condition');
    expect(form('h1').text()).toBe('Proposed. What helps others understand it?');

    const detail = '## Why\n\nIn July it was **35 °C** on 14 days.';
    const links = 'https://osha.example/heat\n\nhttp://intranet.halden.example/floor';
    const second = await world.post(
      '/trends/1',
      { sentence: 'Heat as a working condition', detail, links },
      { as: hana },
    );
    expect(second.headers.location).toBe('/trends/1?said=saved');

    const shown = page(await world.get('/trends/1', { as: hana }));
    expect(shown('h1').text()).toBe('Heat as a working condition');
    expect(shown('.prose h3').text()).toBe('Why');
    expect(shown('.prose strong').text()).toBe('35 °C');
    expect(
      shown('.links a')
        .map((_i, link) => shown(link).attr('href'))
        .get(),
    ).toEqual(['https://osha.example/heat', 'http://intranet.halden.example/floor']);
    expect(shown('.lede').text()).toBe('Proposed by Hana Kovač, 9 November');
  });

  test('a senior proposes with the whole form at once', async () => {
    const henrik = await world.addPerson({ name: 'Henrik Falk', side: 'senior' });
    const empty = page(await world.get('/trends/new', { as: henrik }));
    const formKey = String(empty('input[name=formKey]').val());
    const sent = { sentence: 'Quiet offices', detail: 'Why we hear less.', links: '', formKey };
    const answer = await world.post('/trends', sent, { as: henrik });
    expect(answer.headers.location).toBe('/trends/1?said=proposed');
    expect(
      page(await world.get('/trends/1', { as: henrik }))('.prose')
        .text()
        .trim(),
    ).toBe('Why we hear less.');
  });

  test('a form that is sent twice proposes one trend and shows it', async () => {
    const amina = await talent();
    const formKey = randomUUID();
    const [one, two] = await Promise.all(
      [1, 2].map(() =>
        world.post('/trends', { sentence: 'Agents doing office work', formKey }, { as: amina }),
      ),
    );
    expect([one!.headers.location, two!.headers.location]).toEqual(
      Array(2).fill('/trends/1/edit?said=proposed'),
    );
    expect(await trends.open(world.db)).toHaveLength(1);
  });

  test('an empty sentence is asked for where it was left out', async () => {
    const amina = await talent();
    const answer = await world.post('/trends', { sentence: '  ', formKey: randomUUID() }, { as: amina });
    expect(answer.statusCode).toBe(422);
    const list = page(answer);
    expect(list('#sentence-error').text()).toBe('Error: Write the trend in one sentence.');
    expect(list('#sentence').attr('aria-describedby')).toBe('sentence-hint sentence-error');
    expect(list('title').text()).toBe('Error: Trends · Halden Group');
  });

  test('a sentence that is too long comes back whole, to be shortened', async () => {
    const amina = await talent();
    const sentence = 'é'.repeat(161);
    const answer = await world.post('/trends', { sentence, formKey: randomUUID() }, { as: amina });
    expect(answer.statusCode).toBe(422);
    expect(page(answer)('#sentence').val()).toBe(sentence);
    expect(page(answer)('#sentence-error').text()).toBe(
      'Error: Make it one sentence of at most 160 characters. Detail has a place of its own.',
    );
    const fits = await world.post(
      '/trends',
      { sentence: 'é'.repeat(160), formKey: randomUUID() },
      { as: amina },
    );
    expect(fits.statusCode).toBe(303);
  });

  test('every line that is no link is named, and what was typed stays', async () => {
    const amina = await talent();
    const links = 'www.osha.example\njavascript:alert(1)\nhttps://fine.example';
    const sent = { sentence: 'Heat', detail: 'Hot.', links, formKey: randomUUID() };
    const answer = await world.post('/trends', sent, { as: amina });
    expect(answer.statusCode).toBe(422);
    const form = page(answer);
    expect(form('#links-error').text()).toBe(
      'Error: Line 1, “www.osha.example”, is not a whole address. Start it with https:// and try again. ' +
        'Line 2, “javascript:alert(1)”, is not an address of a page. Use one that starts with https:// or http://.',
    );
    expect(form('#links').text().trim()).toBe(links);
    expect(form('#detail').text().trim()).toBe('Hot.');
    expect(form('input[name=formKey]').val()).toBe(sent.formKey);
  });

  test('a field nobody asked for is refused as a whole', async () => {
    const amina = await talent();
    const sent = { sentence: 'Heat', formKey: randomUUID(), state: 'shortlisted' };
    expect((await world.post('/trends', sent, { as: amina })).statusCode).toBe(400);
    expect(await trends.open(world.db)).toEqual([]);
  });

  test('whoever is not signed in is sent to the door', async () => {
    expect((await world.get('/trends')).headers.location).toBe('/sign-in?next=%2Ftrends');
  });
});

describe('the list', () => {
  test('an empty list says what fills it', async () => {
    const amina = await talent();
    const list = page(await world.get('/trends', { as: amina }));
    expect(list('.empty strong').text()).toBe('No trends yet');
    expect(list('.empty a').attr('href')).toBe('#sentence');
  });

  test('is divided by state, with counts, and merged trends are counted nowhere', async () => {
    const amina = await talent();
    await proposeTrend(world, 'Open one', { proposerId: amina.id });
    await proposeTrend(world, 'Open two');
    await proposeTrend(world, 'Short one', { state: 'shortlisted' });
    const parked = await proposeTrend(world, 'Parked one', {
      state: 'parked',
      parkedReason: 'Not before March.',
    });
    await proposeTrend(world, 'Merged one', { state: 'merged', mergedIntoId: parked.id });

    const all = await world.get('/trends', { as: amina });
    expect(chips(all)).toEqual(['All 4', 'Open for voting 2', 'Shortlisted 1', 'Parked 1', 'Mine 1']);
    expect(listed(all)).toEqual(['Open two', 'Open one', 'Short one']);
    expect(page(all)('.parked li').text()).toBe('Parked oneNot before March.');
    expect(listed(await world.get('/trends?show=mine', { as: amina }))).toEqual(['Open one']);
    expect(listed(await world.get('/trends?show=shortlisted', { as: amina }))).toEqual(['Short one']);
    expect(listed(await world.get('/trends?show=proposed&order=name', { as: amina }))).toEqual([
      'Open one',
      'Open two',
    ]);
  });

  test('what is on the tables of a published event has a place of its own', async () => {
    const amina = await talent();
    const heat = await proposeTrend(world, 'Heat', { state: 'shortlisted' });
    await proposeTrend(world, 'Agents');
    const draft = await eventWith(world, [heat.id], { name: 'Winter round', state: 'draft' });
    expect(chips(await world.get('/trends', { as: amina }))).toEqual([
      'All 2',
      'Open for voting 1',
      'Shortlisted 1',
      'Mine 0',
    ]);
    await draft.publish();
    const all = await world.get('/trends', { as: amina });
    expect(chips(all)).toEqual(['All 2', 'Open for voting 1', 'Winter round 1', 'Mine 0']);
    const heading = page(all)('#sec-event-1-h');
    expect([heading.text(), heading.next().text()]).toEqual([
      'On the tables at Winter round',
      'Each of these has a table on Thursday 10 December.',
    ]);
    expect(page(all)('.numbered').text().replace(/\s+/g, ' ').trim()).toBe('Table 1 Heat');
    expect(listed(await world.get('/trends?show=event-1', { as: amina }))).toEqual(['Heat']);
  });

  test('25 trends come in pages of seven, each once, in the order and with the filter that was chosen', async () => {
    const amina = await talent();
    for (let n = 1; n <= 25; n += 1) await proposeTrend(world, `Trend ${String(n).padStart(2, '0')}`);
    const first = await world.get('/trends?order=name', { as: amina });
    expect(listed(first)).toHaveLength(5);
    const all = page(first)('.section a.btn').first();
    expect([all.text(), all.attr('href')]).toEqual([
      'All 25: Open for voting',
      '/trends?show=proposed&order=name#sec-proposed',
    ]);
    const read: string[] = [];
    const pages: string[] = [];
    for (let next = all.attr('href'); next; ) {
      const answer = await world.get(next, { as: amina });
      read.push(...listed(answer));
      pages.push(page(answer)('.pager .quiet').text());
      next = page(answer)('.pager a[rel=next]').attr('href');
    }
    expect(read).toEqual(Array.from({ length: 25 }, (_one, i) => `Trend ${String(i + 1).padStart(2, '0')}`));
    expect(pages).toEqual(['1 to 7 of 25', '8 to 14 of 25', '15 to 21 of 25', '22 to 25 of 25']);
  });

  test('an address that makes no sense shows everything', async () => {
    const amina = await talent();
    await proposeTrend(world, 'Heat');
    expect(listed(await world.get('/trends?show=<b>&order=x&page=-3', { as: amina }))).toEqual(['Heat']);
  });
});

describe('saying what one wants to know', () => {
  test('one press says it, another takes it back, and the list stays where it was', async () => {
    const amina = await talent();
    const heat = await proposeTrend(world, 'Heat');
    const back = '/trends?show=proposed&page=1';
    const before = page(await world.get(back, { as: amina }));
    expect(before(`#want-to-know-${heat.id}`).attr('aria-pressed')).toBe('false');

    const said = await world.post('/trends/1/interests', { say: 'want-to-know', back }, { as: amina });
    expect(said.headers.location).toBe(`${back}&said=want#trend-1`);
    const pressed = page(await world.get(back, { as: amina }));
    expect(pressed('#want-to-know-1').attr('aria-pressed')).toBe('true');
    expect(pressed('#can-tell-1').attr('aria-pressed')).toBe('false');
    expect(pressed('#you-h').next().text()).toBe(
      'You want to know 1 trend and can tell about 0. Press once more to undo it.',
    );

    const say = String(pressed('#want-to-know-1').attr('value'));
    await world.post('/trends/1/interests', { say, back }, { as: amina });
    expect(page(await world.get('/trends', { as: amina }))('#want-to-know-1').attr('aria-pressed')).toBe(
      'false',
    );
  });

  test('the same press sent twice counts once', async () => {
    const amina = await talent();
    await proposeTrend(world, 'Heat');
    await world.post('/trends/1/interests', { say: 'can-tell' }, { as: amina });
    await world.post('/trends/1/interests', { say: 'can-tell' }, { as: amina });
    expect((await interests.tallies(world.db, [1])).get(1)).toEqual({ want: 0, tell: 1 });
  });

  test('htmx gets the panel alone, with the sentence for the status line', async () => {
    const amina = await talent();
    await proposeTrend(world, 'Heat');
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#trend-board' };
    const answer = await world.get('/trends?said=want', { as: amina, headers });
    expect(answer.body).not.toContain('<html');
    expect(page(answer)('#trend-board h3').text()).toBe('Heat');
    expect(page(answer)('hx-partial').text()).toBe('Noted: you want to know this.');
  });

  test('it leads nowhere but to our own pages', async () => {
    const amina = await talent();
    await proposeTrend(world, 'Heat');
    for (const back of [
      'https://evil.example/trends',
      '//evil.example',
      '/trendsetters',
      '/trends/../people',
    ]) {
      const answer = await world.post('/trends/1/interests', { say: 'can-tell', back }, { as: amina });
      expect(answer.headers.location).toBe('/trends/1?said=tell');
    }
  });

  test('what is parked takes no votes, and neither does what nobody offers', async () => {
    const amina = await talent();
    await proposeTrend(world, 'Heat', { state: 'parked', parkedReason: 'Later.' });
    const parked = await world.post('/trends/1/interests', { say: 'can-tell' }, { as: amina });
    expect(parked.headers.location).toBe('/trends/1?said=closed');
    expect((await world.post('/trends/1/interests', { say: 'love' }, { as: amina })).statusCode).toBe(400);
    expect((await world.post('/trends/9/interests', { say: 'can-tell' }, { as: amina })).statusCode).toBe(
      404,
    );
    expect((await interests.tallies(world.db, [1])).size).toBe(0);
  });
});

describe('tallies', () => {
  const wanted = (answer: Answer) => page(answer)('.wanted').text().replace(/\s+/g, ' ').trim();

  async function threeWantHeat() {
    const people = [await talent('A A'), await talent('B B'), await world.addPerson({ name: 'C C' })];
    const heat = await proposeTrend(world, 'Heat');
    for (const person of people) await interests.add(world.db, heat.id, person.id, 'want-to-know');
    return people;
  }

  test('stay hidden from voters until voting closes; organisers see them', async () => {
    const [amina] = await threeWantHeat();
    expect(wanted(await world.get('/trends', { as: world.organiser }))).toBe(
      '3 want to know this 0 can tell about this',
    );
    expect(wanted(await world.get('/trends', { as: amina! }))).toBe('');
    expect((await world.get('/trends/1', { as: amina! })).body).not.toContain('Who asked for it');

    await world.post('/trends/voting', { votingClosesOn: '2026-12-04' }, { as: world.organiser });
    expect(wanted(await world.get('/trends', { as: amina! }))).toBe('');
    expect(
      page(await world.get('/trends', { as: amina! }))('.sec-head p')
        .first()
        .text(),
    ).toBe(
      'Press what is true for you, until Friday 4 December. Numbers show after that, so nobody follows the crowd.',
    );
    world.clock.now = Temporal.Instant.from('2026-12-04T22:59:59Z');
    expect(wanted(await world.get('/trends', { as: amina! }))).toBe('');
    world.clock.now = Temporal.Instant.from('2026-12-04T23:00:00Z');
    expect(wanted(await world.get('/trends', { as: amina! }))).toBe(
      '3 want to know this 0 can tell about this',
    );
    const shown = page(await world.get('/trends/1', { as: amina! }));
    expect(
      shown('.bars li')
        .map((_i, bar) => shown(bar).find('p').text())
        .get(),
    ).toEqual(['Senior managers1 of 2', 'Young talents2 of 2']);
  });

  test('voters cannot learn them by asking for the most wanted first', async () => {
    const [amina] = await threeWantHeat();
    await proposeTrend(world, 'Newer and wanted by nobody');
    expect(listed(await world.get('/trends?order=wanted', { as: world.organiser }))).toEqual([
      'Heat',
      'Newer and wanted by nobody',
    ]);
    expect(listed(await world.get('/trends?order=wanted', { as: amina! }))).toEqual([
      'Newer and wanted by nobody',
      'Heat',
    ]);
  });

  test('nobody votes after the last day', async () => {
    const [amina] = await threeWantHeat();
    await setLastDay(world.ctx, world.organiser.id, { closesOn: '2026-11-08' });
    const back = '/trends?order=name';
    const answer = await world.post('/trends/1/interests', { say: 'can-tell', back }, { as: amina! });
    expect(answer.headers.location).toBe('/trends?order=name&said=closed#trend-1');
    const list = page(await (await world.browserOf(amina!)).follow(answer));
    expect(list('#status').text()).toBe(
      'This trend is not open for voting any more. What was said before still counts.',
    );
    expect((await interests.tallies(world.db, [1])).get(1)).toEqual({ want: 3, tell: 0 });
    expect(page(await world.get('/trends', { as: amina! }))('.presses').length).toBe(0);
  });

  test('only organisers set the last day, and a day that is none comes back', async () => {
    const amina = await talent();
    expect(
      (await world.post('/trends/voting', { votingClosesOn: '2026-12-04' }, { as: amina })).statusCode,
    ).toBe(404);
    const wrong = await world.post(
      '/trends/voting',
      { votingClosesOn: '2026-02-30' },
      { as: world.organiser },
    );
    expect(wrong.statusCode).toBe(422);
    expect(page(wrong)('#votingClosesOn').val()).toBe('2026-02-30');
    expect(page(wrong)('#votingClosesOn-error').text()).toBe(
      'Error: Choose the last day of voting in the calendar, or leave it empty.',
    );
    const right = await world.post(
      '/trends/voting',
      { votingClosesOn: '2026-12-04' },
      { as: world.organiser },
    );
    expect(right.headers.location).toBe('/trends?said=voting');
  });
});
