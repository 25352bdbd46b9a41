// Teams that organisers open: young talents join and leave them in one press.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as programmes from '../../../src/store/events/programmes.ts';
import { programmes as seasons, teams as teamsTable } from '../../../src/store/schema/index.ts';
import * as teams from '../../../src/store/teams/teams.ts';
import { allLetters } from '../../support/letters.ts';
import { formTeam } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const talent = (name: string) => world.addPerson({ name, side: 'talent', department: 'Finance' });
type Reader = Awaited<ReturnType<typeof talent>>;

/** A team with these members that others can join until it has this many. */
async function openTeam(name: string, members: Reader[], most = 3) {
  const team = await formTeam(
    world,
    name,
    null,
    members.map(({ id }) => id),
  );
  await world.db.update(teamsTable).set({ isOpen: true, most }).where(eq(teamsTable.id, team.id));
  return { ...team, at: `/teams/${team.id}` };
}

const join = (at: string, as: Reader) => world.post(`${at}/joining`, {}, { as });
const leave = (at: string, as: Reader) => world.post(`${at}/leaving`, {}, { as });
const namesIn = async (id: number) => (await teams.find(world.db, id))!.members.map(({ name }) => name);
const panel = async (at: string, as: Reader) => {
  const shown = page(await world.get(at, { as }));
  return shown('#joining').text().replace(/\s+/g, ' ').trim();
};
const refusal = (answer: Awaited<ReturnType<typeof join>>) => [
  answer.statusCode,
  page(answer)('.error-summary li').text(),
];

test('an organiser opens a team, and a talent joins it in one press and leaves it again', async () => {
  const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
  const sent = { name: 'Team 1', trendId: '', members: String(noor.id), least: '3', most: '4', isOpen: 'on' };
  const made = await world.post('/teams', { ...sent, formKey: randomUUID() }, { as: world.organiser });
  const at = String(made.headers.location).replace(/\?.*/, '');
  expect(page(await world.get('/teams', { as: oskar }))('.teamcard').text()).toContain('Open: 3 places free');
  expect(await panel(at, oskar)).toBe(
    'Open to join 3 places are free. The team needs at least 2 more people. Join this team',
  );
  expect((await join(at, oskar)).headers.location).toBe(`${at}?said=joined`);
  // The same press twice is one.
  expect((await join(at, oskar)).statusCode).toBe(303);
  const id = Number(at.split('/')[2]);
  expect(await namesIn(id)).toEqual(['Noor Haddad', 'Oskar Lindholm']);
  expect(await panel(at, oskar)).toContain('at least 1 more person. Leave this team');
  expect((await leave(at, oskar)).headers.location).toBe(at);
  expect((await leave(at, oskar)).statusCode).toBe(303);
  expect(await namesIn(id)).toEqual(['Noor Haddad']);
});

test('the form of a team keeps both numbers and refuses ones that do not fit', async () => {
  const error = async (least: string, most: string) => {
    const sent = { name: 'Team 1', trendId: '', formKey: randomUUID(), least, most, isOpen: 'on' };
    const answer = await world.post('/teams', sent, { as: world.organiser });
    const form = page(answer);
    expect([form('#least').val(), form('#most').val(), form('#isOpen').attr('checked')]).toEqual([
      ...[least, most],
      'checked',
    ]);
    return refusal(answer);
  };
  expect(await error('4', '3')).toEqual([422, 'The most members cannot be fewer than the least.']);
  expect(await error('2', '13')).toEqual([422, 'Write a whole number from 1 to 12.']);
  expect(await error('', '3')).toEqual([422, 'Write a whole number from 1 to 12.']);
  const { at } = await openTeam('Team 2', [], 5);
  const form = page(await world.get(`${at}/edit`, { as: world.organiser }));
  expect([form('#least').val(), form('#most').val(), form('#isOpen').attr('checked')]).toEqual([
    ...['2', '5'],
    'checked',
  ]);
  await world.post(at, { name: 'Team 2', trendId: '', least: '1', most: '5' }, { as: world.organiser });
  expect(await teams.find(world.db, Number(at.split('/')[2]))).toMatchObject({
    isOpen: false,
    least: 1,
    most: 5,
  });
});

test('an organiser who saves a form from before somebody joined is asked first', async () => {
  const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
  const { at, id } = await openTeam('Team 1', [noor]);
  const seen = page(await world.get(`${at}/edit`, { as: world.organiser }))(
    'input[name=seen]',
  ).val() as string;
  await join(at, oskar);
  const sent = { name: 'Team 1', trendId: '', members: String(noor.id), least: '2', most: '3', isOpen: 'on' };
  const answer = await world.post(at, { ...sent, seen }, { as: world.organiser });
  expect(answer.statusCode).toBe(409);
  expect(page(answer)('main').text()).toContain('Noor Haddad, Oskar Lindholm');
  expect(await namesIn(id)).toEqual(['Noor Haddad', 'Oskar Lindholm']);
});

test('the last place goes to one of two who press at once, and the other reads why', async () => {
  const [noor, oskar, lea] = [
    await talent('Noor Haddad'),
    await talent('Oskar Lindholm'),
    await talent('Lea'),
  ];
  const { at, id } = await openTeam('Team 1', [lea], 2);
  const answers = await Promise.all([join(at, noor), join(at, oskar)]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409]);
  const refused = answers.find(({ statusCode }) => statusCode === 409)!;
  expect(refusal(refused)[1]).toBe('The last place was taken a moment ago. Choose another team.');
  expect(await namesIn(id)).toHaveLength(2);
  expect(await panel(at, await talent('Greta'))).toBe('This team is full');
});

test('nobody joins two teams, also when they press both at once', async () => {
  const [noor, lea] = [await talent('Noor Haddad'), await talent('Lea')];
  const [one, other] = [await openTeam('Team 1', [lea]), await openTeam('Team 2', [])];
  const answers = await Promise.all([join(one.at, noor), join(other.at, noor)]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409]);
  const theirs = (await teams.namesByPerson(world.db, [noor.id], null)).get(noor.id)!;
  expect(theirs).toHaveLength(1);
  const left = theirs[0] === 'Team 1' ? other : one;
  const sentence = `You are in ${theirs[0]} already. To change teams, leave it first if it is open, or ask an organiser.`;
  expect(refusal(await join(left.at, noor))).toEqual([409, sentence]);
  expect(await panel(left.at, noor)).toContain(sentence);
  expect(await panel(left.at, noor)).not.toContain('Join this team');
});

test('a team that is not open is neither joined nor left by a press', async () => {
  const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
  const { id } = await formTeam(world, 'Team 1', null, [noor.id]);
  const at = `/teams/${id}`;
  for (const as of [noor, oskar]) expect(await panel(at, as)).toBe('');
  expect(refusal(await join(at, oskar))).toEqual([
    409,
    'This team is not open to join any more. Ask an organiser.',
  ]);
  expect(refusal(await leave(at, noor))).toEqual([
    409,
    'This team is not open any more. Ask an organiser to take you out.',
  ]);
  expect(await namesIn(id)).toEqual(['Noor Haddad']);
});

test('those who stay and the organiser hear that somebody left, and who left does not', async () => {
  const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
  const { at } = await openTeam('Team 1', [noor, oskar]);
  await leave(at, oskar);
  const told = (await allLetters(world)).filter(({ kind }) => kind === 'team-news');
  expect(told.map(({ recipientName }) => recipientName).toSorted()).toEqual(
    ['Noor Haddad', world.organiser.name].toSorted(),
  );
  expect(told[0]!.facts.news).toMatchObject({ kind: 'left', team: 'Team 1', who: 'Oskar Lindholm', left: 1 });
});

test('seniors see the free places without a button, and people signed out and past seasons are refused', async () => {
  const senior = await world.addPerson({ name: 'Henrik Falk' });
  const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
  const { at, id } = await openTeam('Team 1', [noor]);
  expect(await panel(at, senior)).toBe(
    'Open to join 2 places are free. The team needs at least 1 more person.',
  );
  expect(refusal(await join(at, senior))).toEqual([409, 'Only young talents join teams.']);
  const stranger = await world.newBrowser().post(`${at}/joining`);
  expect([stranger.statusCode, String(stranger.headers.location)]).toEqual([
    303,
    expect.stringContaining('/sign-in'),
  ]);
  expect((await join('/teams/999', oskar)).statusCode).toBe(404);
  const { id: _, ...season } = world.programme;
  await world.db.update(seasons).set({ endedAt: world.clock.now });
  await programmes.add(world.db, { ...season, name: 'Next season' });
  expect(await panel(at, oskar)).toBe('');
  expect((await join(at, oskar)).statusCode).toBe(410);
  expect((await leave(at, noor)).statusCode).toBe(410);
  expect(await namesIn(id)).toEqual(['Noor Haddad']);
});
