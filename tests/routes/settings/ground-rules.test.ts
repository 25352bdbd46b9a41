import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { programmes } from '../../../src/store/schema/index.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

const ask = () =>
  world.db.update(programmes).set({ asksToAccept: true }).where(eq(programmes.id, world.programme.id));

const tokenIn = (path: string) => path.split('/').at(-1)!;

const missing = async () => {
  const shown = page(await world.get('/settings/programme/rules', { as: world.organiser }));
  return shown('.people-grid a')
    .map((_, link) => shown(link).text())
    .toArray();
};

test('signed in, one press accepts the rules, leads back, and is asked for once', async () => {
  const ada = await world.addPerson({ name: 'Ada Berg' });
  expect((await world.get('/trends', { as: ada })).body).not.toContain('Fine with me');
  await ask();
  const shown = page(await world.get('/trends?show=shortlisted', { as: ada }));
  expect(shown('.accept li')).toHaveLength(4);
  const back = String(shown('.accept input[name="back"]').val());
  const pressed = await world.post('/rules/acceptance', { back }, { as: ada });
  expect([pressed.statusCode, pressed.headers.location]).toEqual([303, '/trends?show=shortlisted']);
  expect((await world.get('/trends', { as: ada })).body).not.toContain('Fine with me');
  expect(
    (await world.post('/rules/acceptance', { back: 'https://evil.example' }, { as: ada })).headers.location,
  ).toBe('/');
  expect(await missing()).toEqual(['Ida Nordby']);
});

test('by the link of an invitation the press stands above the event, and nobody is kept out without it', async () => {
  const ada = await world.addPerson({ name: 'Ada Berg' });
  const link = linkOf(world, await published(world, [ada]), ada);
  await ask();
  const shown = page(await world.get(link));
  expect(shown('#answer-panel')).toHaveLength(1);
  const pressed = await world.post(
    shown('.accept form').attr('action')!,
    { back: link },
    { link: tokenIn(link) },
  );
  expect(pressed.headers.location).toBe(`${link}?said=rules`);
  expect(page(await world.get(link))('.accept')).toHaveLength(0);
  expect(await missing()).toEqual(['Ida Nordby']);
});

test('one press reminds those who have not accepted; within ten seconds it is undone, and nobody gets two a week', async () => {
  const [ada, bo] = [await world.addPerson({ name: 'Ada Berg' }), await world.addPerson({ name: 'Bo Aas' })];
  await world.addPerson({ name: 'Gone', disabledAt: world.clock.now });
  await ask();
  await world.post('/rules/acceptance', {}, { as: world.organiser });
  const remind = () => world.post('/settings/programme/reminder', {}, { as: world.organiser });
  const first = await remind();
  const said = page(await world.get(String(first.headers.location), { as: world.organiser }));
  expect(said('.toast.still').text()).toContain('2 e-mails are kept here in ten seconds.');
  const press = String(said('.toast input[name="press"]').val());
  const undo = () =>
    world.post('/settings/programme/reminder/withdrawal', { press }, { as: world.organiser });
  expect((await undo()).statusCode).toBe(303);
  expect(await allLetters(world)).toHaveLength(0);

  world.clock.advance({ minutes: 1 });
  await remind();
  const letters = await allLetters(world);
  expect(letters.map(({ personId }) => personId).toSorted()).toEqual([ada.id, bo.id].toSorted());
  expect((await undo()).statusCode).toBe(409);
  expect((await remind()).statusCode).toBe(409);
  world.clock.advance({ hours: 24 * 8 });
  expect((await remind()).statusCode).toBe(303);
});

test('the link of a reminder accepts for its reader alone, and ends after 14 days', async () => {
  await world.addPerson({ name: 'Ada Berg' });
  await ask();
  await world.post('/settings/programme/reminder', {}, { as: world.organiser });
  const letter = (await allLetters(world)).find(({ recipientName }) => recipientName === 'Ada Berg')!;
  const { rulesUrl } = letter.facts as { rulesUrl: string };
  const path = new URL(rulesUrl).pathname;
  expect(page(await world.get(path))('h1').text()).toBe('Ada, 4 rules for the table');
  expect(await missing()).toContain('Ada Berg');
  expect((await world.get(path.replace(/.$/, (end) => (end === '0' ? '1' : '0')))).statusCode).toBe(404);
  const pressed = await world.post(path, {}, { link: tokenIn(path) });
  expect(pressed.headers.location).toBe(`${path}?done=1`);
  expect(await missing()).not.toContain('Ada Berg');
  world.clock.advance({ hours: 24 * 15 });
  expect((await world.get(path)).statusCode).toBe(410);
});

test('the settings say how many have accepted, for organisers only', async () => {
  const ada = await world.addPerson({ name: 'Ada Berg' });
  await ask();
  await world.post('/rules/acceptance', {}, { as: ada });
  const shown = page(await world.get('/settings/programme', { as: world.organiser }));
  expect(shown('.accepted p').text()).toMatch(/1 of 2 have accepted\.\s*1 person has not yet\./);
  expect((await world.get('/settings/programme/rules', { as: ada })).statusCode).toBe(404);
  expect((await world.post('/settings/programme/reminder', {}, { as: ada })).statusCode).toBe(404);
});
