// Organisers sort many trends at once, and everyone finds one by its words.
import { expect, test } from 'vitest';
import { sortTrends } from '../../../src/actions/trends/many.ts';
import { park, shortlist } from '../../../src/actions/trends/trends.ts';
import * as trends from '../../../src/store/trends/trends.ts';
import { eventWith, proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const address = '/trends/organise';
const get = (path: string) => world.get(path, { as: world.organiser });
const post = (fields: Record<string, string | string[]>) =>
  world.post(address, fields, { as: world.organiser });
const stateOf = async (id: number) => (await trends.find(world.db, id))!.state;
const three = () =>
  Promise.all(['Heat at work', 'Passkeys', 'Réseaux'].map((text) => proposeTrend(world, text)));

test('several are shortlisted with one press, and put back with another', async () => {
  const [a, b, c] = await three();
  const done = await post({ trend: [`${a!.id}:proposed`, `${b!.id}:proposed`], to: 'shortlisted' });
  expect([done.statusCode, done.headers.location]).toEqual([303, `${address}?said=shortlisted`]);
  expect(await Promise.all([a!, b!, c!].map(({ id }) => stateOf(id)))).toEqual([
    'shortlisted',
    'shortlisted',
    'proposed',
  ]);
  await post({ trend: `${a!.id}:shortlisted`, to: 'proposed' });
  expect(await stateOf(a!.id)).toBe('proposed');
});

test('several are parked with one reason, which is asked for; ticks and search stay', async () => {
  const [a, b] = await three();
  const trend = [`${a!.id}:proposed`, `${b!.id}:proposed`];
  const asked = await post({ trend, to: 'parked', reason: ' \u200b ', state: 'proposed', order: 'name' });
  expect(asked.statusCode).toBe(422);
  expect(page(asked)('#reason-error').text()).toContain('Write the reason in one sentence');
  expect(page(asked)('input[name=trend][checked]')).toHaveLength(2);
  expect(page(asked)('#rows [name=order]').val()).toBe('name');
  await post({ trend, to: 'parked', reason: 'Covered elsewhere: by IT' });
  for (const { id } of [a!, b!])
    expect(await trends.find(world.db, id)).toMatchObject({
      state: 'parked',
      parkedReason: 'Covered elsewhere: by IT',
    });
});

test('without a tick nothing happens, and a foreign state is refused', async () => {
  const [a] = await three();
  const none = await post({ to: 'shortlisted' });
  expect(none.statusCode).toBe(422);
  expect(page(none)('.error-summary').text()).toContain('Tick at least one trend.');
  expect((await post({ trend: `${a!.id}:merged`, to: 'shortlisted' })).statusCode).toBe(422);
  expect((await post({ trend: `${a!.id}:proposed`, to: 'deleted' })).statusCode).toBe(422);
  expect(await stateOf(a!.id)).toBe('proposed');
  const talent = await world.addPerson({ side: 'talent' });
  expect((await world.get(address, { as: talent })).statusCode).toBe(404);
});

test('what a second organiser changed meanwhile, and what is on a table ahead, stays and is named', async () => {
  const [a, b, c] = await three();
  await shortlist(world.ctx, a!.id);
  await eventWith(world, [b!.id]);
  const trend = [a!, b!, c!].map(({ id }) => `${id}:proposed`);
  const done = await post({ trend, to: 'parked', reason: 'Later.' });
  expect(done.headers.location).toContain(`said=parked&left=${a!.id}%2C${b!.id}`);
  const shown = page(await get(String(done.headers.location)))('.notice').text();
  expect(shown).toContain('Left as they were: Heat at work and Passkeys.');
  expect([await stateOf(a!.id), await stateOf(b!.id), await stateOf(c!.id)]).toEqual([
    'shortlisted',
    'proposed',
    'parked',
  ]);
});

test('two organisers who sort at the same moment lose nothing: each trend moves once', async () => {
  const [a, b] = await three();
  const ticked = [a!, b!].map(({ id }) => ({ id, state: 'proposed' as const }));
  const [one, two] = await Promise.all([
    sortTrends(world.ctx, ticked, { state: 'shortlisted' }),
    sortTrends(world.ctx, ticked.toReversed(), { state: 'parked', reason: 'Later.' }),
  ]);
  expect([one.moved, two.moved].sort()).toEqual([0, 2]);
  expect(await stateOf(a!.id)).toBe(await stateOf(b!.id));
});

test('everyone finds a trend by its words, whatever capitals, accents and state', async () => {
  const [a, b, c] = await three();
  for (let n = 0; n < 8; n++) await proposeTrend(world, `Filler ${n}`);
  await park(world.ctx, a!.id, 'Later.');
  const talent = await world.addPerson({ side: 'talent' });
  const found = async (find: string, path = '/trends') => {
    const as = path === '/trends' ? talent : world.organiser;
    const shown = page(await world.get(`${path}?find=${encodeURIComponent(find)}`, { as }));
    return shown('main a[href^="/trends/"]')
      .map((_, link) => Number(/^\/trends\/(\d+)$/.exec(shown(link).attr('href')!)?.[1] ?? 0))
      .get()
      .filter((id) => id > 0);
  };
  expect(await found('HEAT work')).toEqual([a!.id]);
  expect(await found('reseaux')).toEqual([c!.id]);
  expect(await found('passkeys', address)).toEqual([b!.id]);
  expect(await found('100%_\\')).toEqual([]);
  const nothing = page(await world.get('/trends?find=zzz', { as: talent }));
  expect(nothing('main').text()).toContain('No trend found');
  expect(nothing('[name=find]').val()).toBe('zzz');
  const long = 'x'.repeat(5000);
  expect((await world.get(`/trends?find=${long}`, { as: talent })).statusCode).toBe(200);
});
