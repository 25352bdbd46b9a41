import { expect, test } from 'vitest';
import { prepareSetUp } from '../../../src/actions/sign-in/set-up.ts';
import { people, programmes, sessions } from '../../../src/store/schema/index.ts';
import { allLetters, signInLetter } from '../../support/letters.ts';
import { needs } from '../../support/needs.ts';
import { useWorld } from '../../support/world.ts';

const amina = 'amina.yusuf@halden.example';
const times = <T>(count: number, act: () => Promise<T>) => Promise.all(Array.from({ length: count }, act));
const statuses = (answers: { statusCode: number }[]) => answers.map((answer) => answer.statusCode).sort();

// The embedded database takes one transaction after the other, so only a server shows what happens at the same moment.
needs('postgresql')('at the same moment, on a server', () => {
  const world = useWorld({ home: 'server' });

  async function browserThatAsked() {
    await world.addPerson({ email: amina });
    const browser = world.newBrowser();
    await browser.post('/sign-in', { email: amina });
    return browser;
  }

  test('Access 2: twenty presses on one link make one session', async () => {
    const browser = await browserThatAsked();
    const { path } = await signInLetter(world, amina);
    const answers = await times(20, () => browser.post(path));
    expect(statuses(answers)).toEqual([303, ...Array(19).fill(410)]);
    expect(await world.db.$count(sessions)).toBe(1);
  });

  test('Access 2: the right code twenty times over makes one session', async () => {
    const browser = await browserThatAsked();
    const { code } = await signInLetter(world, amina);
    const answers = await times(20, () => browser.post('/sign-in/code', { code }));
    expect(answers.filter((answer) => answer.statusCode === 303)).toHaveLength(1);
    expect(await world.db.$count(sessions)).toBe(1);
  });

  test('Access 2: forty guesses are five, here and elsewhere', async () => {
    const browser = await browserThatAsked();
    const here = await times(40, () => browser.post('/sign-in/code', { code: '0000-0000' }));
    expect(statuses(here)).toEqual([...Array(4).fill(422), ...Array(36).fill(429)]);
    const guesser = world.newBrowser('198.51.100.9');
    await guesser.get('/sign-in');
    const elsewhere = await times(40, () =>
      guesser.post('/sign-in/code', { email: amina, code: '0000-0000' }),
    );
    expect(statuses(elsewhere)).toEqual([...Array(5).fill(422), ...Array(35).fill(429)]);
  });

  test('Access 3: forty requests for a letter bring five', async () => {
    await world.addPerson({ email: amina });
    const browser = world.newBrowser();
    await browser.get('/sign-in');
    const answers = await times(40, () => browser.post('/sign-in', { email: amina }));
    expect(statuses(answers)).toEqual([...Array(5).fill(303), ...Array(35).fill(429)]);
    expect(await allLetters(world)).toHaveLength(5);
  });
});

needs('postgresql')('the first run at the same moment, on a server', () => {
  const world = useWorld({ home: 'server', setUp: false });
  const filled = {
    organisation: 'Halden Group',
    programme: 'Reverse mentoring',
    zone: 'Europe/Oslo',
    name: 'Ida Nordby',
    email: 'ida.nordby@halden.example',
    format: 'lunch-and-learn',
  };

  test('Start in twenty tabs makes one programme and one Ida', async () => {
    const link = (await prepareSetUp(world.ctx))!.split('/').at(-1)!;
    const answers = await times(20, () => world.newBrowser().post(`/setup/${link}`, filled, { link }));
    expect(statuses(answers)).toEqual([303, ...Array(19).fill(410)]);
    expect([await world.db.$count(programmes), await world.db.$count(people)]).toEqual([1, 1]);
  });

  test('Start in one tab and the demo in another make one programme', async () => {
    const link = (await prepareSetUp(world.ctx))!.split('/').at(-1)!;
    const answers = await Promise.all([
      world.newBrowser().post(`/setup/${link}`, filled, { link }),
      world.newBrowser().post(`/setup/${link}/demo`, {}, { link }),
    ]);
    // Where the demo takes longer than others may wait, the other one is told to try again.
    expect([
      [303, 410],
      [303, 503],
    ]).toContainEqual(statuses(answers));
    expect(await world.db.$count(programmes)).toBe(1);
  });

  test('four processes that start together leave one link that works', async () => {
    const printed = await times(4, () => prepareSetUp(world.ctx));
    const answers = await Promise.all(printed.map((url) => world.get(new URL(url!).pathname)));
    expect(statuses(answers)).toEqual([200, 404, 404, 404]);
  });
});
