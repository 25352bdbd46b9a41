// Young talents put the shortlist in their order: signed in, at the link of an e-mail, or by an organiser for them.
import { describe, expect, test } from 'vitest';
import * as actions from '../../../src/actions/trends/trends.ts';
import * as rankings from '../../../src/store/teams/rankings.ts';
import * as rounds from '../../../src/store/teams/rounds.ts';
import { rankingReminders } from '../../../src/store/teams/to-place.ts';
import { allLetters } from '../../support/letters.ts';
import { formTeam, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const talent = (name: string) => world.addPerson({ name, side: 'talent', department: 'Finance' });
const shortlisted = (sentence: string) => proposeTrend(world, sentence, { state: 'shortlisted' });

/** The order a page shows, a line a tier. */
function orderOn(answer: Answer): string[] {
  const shown = page(answer);
  return shown('.tier')
    .map((_, tier) =>
      shown(tier)
        .find('h3')
        .map((_i, head) => shown(head).text())
        .get()
        .join(' = '),
    )
    .get();
}

/** The fields of the page's form, as a press sends them. */
function fieldsOn(answer: Answer): Record<string, string> {
  const shown = page(answer);
  const hidden = shown('#ranking-panel input[type="hidden"]').not('[name="_token"]');
  return Object.fromEntries(
    hidden.map((_, one) => [[shown(one).attr('name'), shown(one).val()]] as never).get() as never,
  );
}

const trends = async () =>
  [await shortlisted('Agents'), await shortlisted('Heat'), await shortlisted('Proof')] as const;

const press = async (
  as: Awaited<ReturnType<typeof talent>>,
  fields: Record<string, string>,
  path = '/ranking',
) => {
  const shown = await world.get(path, { as });
  const answer = await world.post(path, { ...fieldsOn(shown), ...fields }, { as });
  return world.get(String(answer.headers.location), { as });
};

describe('ranking', () => {
  test('every press saves the whole order: rank, up to level, up ahead, no opinion', async () => {
    const noor = await talent('Noor Haddad');
    const [agents, heat, proof] = await trends();
    expect(orderOn(await world.get('/ranking', { as: noor }))).toEqual([]);
    for (const { id } of [agents, heat, proof]) await press(noor, { in: String(id) });
    const level = await press(noor, { up: String(proof.id) });
    expect(orderOn(level)).toEqual(['Agents', 'Heat = Proof']);
    expect(page(level)('#status').text()).toBe('Proof is now your second choice, level with Heat. Saved.');
    expect(page(level)('.tier.moved h3').text()).toBe('HeatProof');
    expect(orderOn(await press(noor, { up: String(proof.id) }))).toEqual(['Agents', 'Proof', 'Heat']);
    const without = await press(noor, { out: String(agents.id) });
    expect(orderOn(without)).toEqual(['Proof', 'Heat']);
    expect(page(without)('.unranked h3').text()).toBe('Agents');
    const first = page(without)(`button[name="up"][value="${proof.id}"]`);
    expect([first.attr('disabled'), first.attr('aria-label')]).toEqual(['disabled', 'Proof: up']);
  });

  test('of two tabs the later is shown both orders, and keeps either with one press', async () => {
    const noor = await talent('Noor Haddad');
    const [agents, heat] = await trends();
    for (const { id } of [agents, heat]) await press(noor, { in: String(id) });
    const tab = fieldsOn(await world.get('/ranking', { as: noor }));
    await press(noor, { down: String(agents.id) });
    const late = await world.post('/ranking', { ...tab, out: String(agents.id) }, { as: noor });
    expect(late.statusCode).toBe(409);
    const shown = page(late);
    expect(shown('.error-summary').text()).toContain('changed in another place in the meantime');
    expect(shown('.notice ol').text()).toBe('Agents and Heat');
    expect(orderOn(late)).toEqual(['Agents', 'Heat']);
    const kept = await world.post('/ranking', { ...fieldsOn(late), do: 'save' }, { as: noor });
    expect(orderOn(await world.get(String(kept.headers.location), { as: noor }))).toEqual(['Agents', 'Heat']);
  });

  test('what is no order is refused, and a trend that is off the list leaves its place', async () => {
    const noor = await talent('Noor Haddad');
    const [agents, heat] = await trends();
    for (const { id } of [agents, heat]) await press(noor, { in: String(id) });
    const fields = fieldsOn(await world.get('/ranking', { as: noor }));
    const wrong = await world.post(
      '/ranking',
      { ...fields, order: '1;1', up: String(heat.id) },
      { as: noor },
    );
    expect([wrong.statusCode, page(wrong)('.error-summary').text()]).toEqual([
      422,
      expect.stringContaining('Reload the page'),
    ]);
    await actions.park(world.ctx, agents.id, 'Not now');
    expect(orderOn(await world.get('/ranking', { as: noor }))).toEqual(['Heat']);
    const saved = await world.post('/ranking', { ...fields, do: 'save' }, { as: noor });
    expect(orderOn(await world.get(String(saved.headers.location), { as: noor }))).toEqual(['Heat']);
  });

  test('a merged trend hands its place on, the better one of two', async () => {
    const noor = await talent('Noor Haddad');
    const [agents, heat, proof] = await trends();
    for (const { id } of [agents, heat, proof]) await press(noor, { in: String(id) });
    await actions.merge(world.ctx, agents.id, proof.id);
    expect(orderOn(await world.get('/ranking', { as: noor }))).toEqual(['Proof', 'Heat']);
  });

  test('a team made by hand has one order for all its members', async () => {
    const [leo, sofia] = [await talent('Leo Hartmann'), await talent('Sofia Mendes')];
    const [agents] = await trends();
    await formTeam(world, 'Team 1', null, [leo.id, sofia.id]);
    await press(leo, { in: String(agents.id) });
    const shown = await world.get('/ranking', { as: sofia });
    expect(orderOn(shown)).toEqual(['Agents']);
    expect(page(shown)('.notice').text()).toContain('one order for the whole team');
  });

  test('people in a team with a trend have nothing to rank, seniors neither', async () => {
    const [leo, senior] = [await talent('Leo Hartmann'), await world.addPerson({ name: 'Henrik Falk' })];
    const [agents, heat] = await trends();
    await formTeam(world, 'Team 1', agents.id, [leo.id]);
    const shown = page(await world.get('/ranking', { as: leo }));
    expect([shown('h1').text(), shown('#placed-h').text()]).toEqual([
      'You have a trend already',
      'You’re in Team 1',
    ]);
    const theirs = page(await world.get(`/people/${leo.id}/ranking`, { as: world.organiser }));
    expect(theirs('#placed-h').text()).toBe('Leo Hartmann is in Team 1');
    const fields = { order: '', seen: '', in: String(heat.id) };
    expect((await world.post('/ranking', fields, { as: leo })).statusCode).toBe(409);
    expect(page(await world.get('/ranking', { as: senior }))('.empty strong').text()).toBe(
      'Young talents rank the trends',
    );
    expect((await world.post('/ranking', fields, { as: senior })).statusCode).toBe(404);
  });

  test('closes at the end of its last day; an organiser can still note an order for somebody', async () => {
    const noor = await talent('Noor Haddad');
    const [agents] = await trends();
    await world.db.transaction(async (tx) => {
      await rounds.lock(tx, world.programme.id);
      await rounds.change(tx, world.programme.id, { rankingClosesOn: '2026-11-08' });
    });
    const shown = await world.get('/ranking', { as: noor });
    expect(page(shown)('.notice').text()).toContain('Ranking has closed');
    expect(page(shown)('button[name="in"]').length).toBe(0);
    const late = await world.post('/ranking', { order: '', seen: '', in: String(agents.id) }, { as: noor });
    expect([late.statusCode, page(late)('.error-summary').text()]).toEqual([
      409,
      expect.stringContaining('Write to an organiser'),
    ]);
    const noted = await world.get(`/people/${noor.id}/ranking`, { as: world.organiser });
    expect(page(noted)('h1').text()).toBe('The order of Noor Haddad');
    await world.post(
      `/people/${noor.id}/ranking`,
      { ...fieldsOn(noted), in: String(agents.id) },
      { as: world.organiser },
    );
    expect(orderOn(await world.get('/ranking', { as: noor }))).toEqual(['Agents']);
    expect((await world.get(`/people/${noor.id}/ranking`, { as: noor })).statusCode).toBe(404);
  });

  test('with many trends the rest comes page by page and is searched, without losing the order', async () => {
    const noor = await talent('Noor Haddad');
    for (let n = 10; n < 40; n += 1) await shortlisted(`Trend ${n}`);
    const wanted = await shortlisted('Zebra crossings');
    const shown = await world.get('/ranking', { as: noor });
    expect(page(shown)('.unranked h3').length).toBe(15);
    const found = await world.post(
      '/ranking',
      { ...fieldsOn(shown), find: 'zebra', do: 'find' },
      { as: noor },
    );
    expect([found.statusCode, page(found)('.unranked h3').text()]).toEqual([200, 'Zebra crossings']);
    const saved = await world.post(
      '/ranking',
      { ...fieldsOn(found), find: 'zebra', in: String(wanted.id) },
      { as: noor },
    );
    expect(saved.headers.location).toBe(`/ranking?find=zebra&moved=${wanted.id}`);
    const second = page(await world.get('/ranking?page=2', { as: noor }));
    expect(second('.unranked h3').first().text()).toBe('Trend 25');
  });
});

describe('wishes about people', () => {
  test('are written by name, seen by their writer alone, and taken back', async () => {
    const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
    await trends();
    const add = (name: string, kind: string) => world.post('/ranking/wishes', { kind, name }, { as: noor });
    expect((await add('oskar lindholm', 'not-with')).statusCode).toBe(303);
    const shown = page(await world.get('/ranking', { as: noor }));
    expect(shown('#not-with-h').closest('section').find('li span').first().text()).toBe('Oskar Lindholm');
    expect((await world.get('/ranking', { as: oskar })).body).not.toContain('Noor Haddad');
    const unknown = await add('Nobody Here', 'with');
    expect([unknown.statusCode, page(unknown)('.error-summary').text()]).toEqual([
      422,
      expect.stringContaining('Nobody here is called Nobody Here'),
    ]);
    expect(page(unknown)('input[name="name"]').first().val()).toBe('Nobody Here');
    expect((await add('Noor Haddad', 'with')).statusCode).toBe(422);
    expect((await add('Ida Nordby', 'with')).statusCode).toBe(422);
    await world.post('/ranking/wishes/removal', { other: String(oskar.id) }, { as: noor });
    expect(
      page(await world.get('/ranking', { as: noor }))('#not-with-h')
        .closest('section')
        .find('li').length,
    ).toBe(0);
  });
});

describe('the link of a reminder', () => {
  test('opens the reader’s own order without sign-in, and nothing else', async () => {
    const noor = await talent('Noor Haddad');
    const [agents] = await trends();
    await world.post('/teams/assignment/reminder', {}, { as: world.organiser });
    const letter = (await allLetters(world)).find(({ kind }) => kind === 'rank-trends')!;
    const path = new URL(String(letter.facts.rankUrl)).pathname;
    const link = path.split('/').at(-1)!;
    const shown = await world.get(path);
    expect(page(shown)('h1').text()).toBe('Which would you research?');
    const saved = await world.post(path, { ...fieldsOn(shown), in: String(agents.id) }, { link });
    expect(saved.headers.location).toBe(`${path}?moved=${agents.id}`);
    expect(orderOn(await world.get('/ranking', { as: noor }))).toEqual(['Agents']);
    expect((await world.get(path.replace(/.$/, (end) => (end === '0' ? '1' : '0')))).statusCode).toBe(404);
    world.clock.advance({ hours: 24 * 15 });
    expect((await world.get(path)).statusCode).toBe(410);
  });

  test('goes to those who have not ranked, twice at most, two days apart; ten seconds take it back', async () => {
    const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
    const [agents] = await trends();
    await press(oskar, { in: String(agents.id) });
    const remind = () => world.post('/teams/assignment/reminder', {}, { as: world.organiser });
    const sent = async () => (await allLetters(world)).filter(({ kind }) => kind === 'rank-trends');
    const first = await remind();
    const said = page(await world.get(String(first.headers.location), { as: world.organiser }));
    expect(said('.toast.still').text()).toContain('One e-mail is kept here in ten seconds.');
    const undo = { press: String(said('.toast input[name="press"]').val()) };
    expect(
      (await world.post('/teams/assignment/reminder/withdrawal', undo, { as: world.organiser })).statusCode,
    ).toBe(303);
    expect(await sent()).toEqual([]);
    await remind();
    expect((await sent()).map(({ personId }) => personId)).toEqual([noor.id]);
    world.clock.advance({ seconds: 11 });
    expect(
      (await world.post('/teams/assignment/reminder/withdrawal', undo, { as: world.organiser })).statusCode,
    ).toBe(409);
    expect((await remind()).statusCode).toBe(409);
    world.clock.advance({ hours: 24 * 3 });
    expect((await remind()).statusCode).toBe(303);
    world.clock.advance({ hours: 24 * 3 });
    expect((await remind()).statusCode).toBe(409);
    expect(
      (await rankingReminders(world.db, [noor.id], world.programme.createdAt)).get(noor.id)?.length,
    ).toBe(2);
  });
});

test('an organiser sees who has not ranked, and sets the days', async () => {
  const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
  const [agents] = await trends();
  await press(noor, { in: String(agents.id) });
  const shown = page(await world.get('/teams/assignment', { as: world.organiser }));
  expect(shown('#waiting-h').text()).toBe('1 of 2 talents have ranked');
  expect(
    shown('.needs b')
      .map((_, name) => shown(name).text())
      .get(),
  ).toEqual(['Oskar Lindholm']);
  expect(shown(`a[href="/people/${oskar.id}/ranking"]`).length).toBe(1);
  const csv = await world.get('/teams/assignment/not-ranked.csv', { as: world.organiser });
  expect(csv.body).toContain('Oskar Lindholm');
  expect(csv.body).not.toContain('Noor Haddad');
  expect((await world.get('/teams/assignment', { as: noor })).statusCode).toBe(404);
  const form = page(await world.get('/teams/assignment/rules', { as: world.organiser }));
  const fields = {
    seen: String(form('input[name="seen"]').val()),
    rankingClosesOn: '2026-11-20',
    toldOn: '2026-11-23',
    least: '2',
    most: '4',
  };
  const saved = await world.post('/teams/assignment/rules', fields, { as: world.organiser });
  expect(saved.statusCode).toBe(303);
  const late = await world.post('/teams/assignment/rules', { ...fields, most: '3' }, { as: world.organiser });
  expect(late.statusCode).toBe(409);
  expect(page(late)('.notice').text()).toContain('most');
  expect(page(await world.get('/ranking', { as: oskar }))('.lede').text()).toContain(
    'until Friday 20 November',
  );
  const wrong = await world.post(
    '/teams/assignment/rules',
    { ...fields, least: '5', most: '2' },
    { as: world.organiser },
  );
  expect(wrong.statusCode).toBe(422);
});

test('orders of a season are read all at once', async () => {
  const [noor, leo] = [await talent('Noor Haddad'), await talent('Leo Hartmann')];
  const [agents, heat] = await trends();
  const team = await formTeam(world, 'Team 1', null, [leo.id]);
  for (const { id } of [agents, heat]) await press(noor, { in: String(id) });
  await press(leo, { in: String(heat.id) });
  expect(await rankings.all(world.db, world.programme.id)).toEqual(
    new Map([
      [`p${noor.id}`, [[agents.id], [heat.id]]],
      [`t${team.id}`, [[heat.id]]],
    ]),
  );
});
