import { beforeEach, describe, expect, test } from 'vitest';
import { signInLimits } from '../../../src/domain/sign-in/sign-in-limits.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import { knownBrowsers, signIns } from '../../../src/store/schema/index.ts';
import { allLetters, signInLetter } from '../../support/letters.ts';
import { type Browser, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const amina = 'amina.yusuf@halden.example';
const office = '203.0.113.7';
const wrong = '0000-0000';

const ask = async (browser: Browser, email = amina) => (await browser.post('/sign-in', { email })).statusCode;
const type = async (browser: Browser, fields: Record<string, string>) =>
  (await browser.post('/sign-in/code', fields)).statusCode;
const isSignedIn = async (browser: Browser) => (await browser.get('/account')).statusCode === 200;

/** A browser in which Amina signed in once, and out again. */
async function browserOfAmina(): Promise<Browser> {
  const browser = world.newBrowser(office);
  await ask(browser);
  await type(browser, { code: (await signInLetter(world, amina)).code });
  await browser.post('/sign-out');
  return browser;
}

/** Asks for e-mails to Amina from other networks until no more are sent. */
async function useUpLetters(): Promise<void> {
  for (let n = 0; ; n++) {
    if ((await ask(world.newBrowser(`198.51.100.${n}`))) === 429) return;
  }
}

/** Types wrong codes for Amina's address, from one network after another, until no more are taken. */
async function useUpCodes(): Promise<void> {
  for (let n = 0; ; n++) {
    const browser = world.newBrowser(`198.51.100.${n}`);
    const first = await type(browser, { email: amina, code: wrong });
    if (first === 429) return;
    for (let more = 0; more < 5; more++) await type(browser, { email: amina, code: wrong });
  }
}

describe('Access 3: nobody can lock Amina out', () => {
  beforeEach(async () => {
    await world.addPerson({ name: 'Amina Yusuf', email: amina });
  });

  test('two hundred wrong codes from her own office do not stop the right one where she asked', async () => {
    const hers = world.newBrowser(office);
    await ask(hers);
    const { code } = await signInLetter(world, amina);
    const guesser = world.newBrowser(office);
    const statuses = [];
    for (let n = 0; n < 200; n++) {
      statuses.push(await type(guesser, { email: `person-${n}@halden.example`, code: wrong }));
    }
    expect(statuses.at(-1)).toBe(429);
    expect(await type(hers, { code })).toBe(303);
    expect(await isSignedIn(hers)).toBe(true);
  });

  test('wrong codes for her address, from everywhere, do not stop the right one where she asked', async () => {
    const hers = world.newBrowser(office);
    await ask(hers);
    const { code } = await signInLetter(world, amina);
    await useUpCodes();
    expect(await type(hers, { code })).toBe(303);
    expect(await isSignedIn(hers)).toBe(true);
  });

  test('one who guesses for her address does not stop the phone on which she types her code', async () => {
    await ask(world.newBrowser(office));
    const { code } = await signInLetter(world, amina);
    const guesser = world.newBrowser('198.51.100.9');
    for (let n = 0; n < 20; n++) await type(guesser, { email: amina, code: wrong });
    const phone = world.newBrowser('192.0.2.44');
    expect(await type(phone, { email: amina, code })).toBe(303);
  });

  test('those who guess from everywhere do not stop a phone that is known to be hers', async () => {
    const phone = await browserOfAmina();
    await ask(world.newBrowser(office));
    const { code } = await signInLetter(world, amina);
    await useUpCodes();
    expect(await type(world.newBrowser('192.0.2.45'), { email: amina, code })).toBe(429);
    expect(await type(phone, { email: amina, code })).toBe(303);
  });

  test('those who ask for e-mails in her name do not stop one to a browser known to be hers', async () => {
    const hers = await browserOfAmina();
    await useUpLetters();
    expect(await ask(world.newBrowser('192.0.2.46'))).toBe(429);
    const before = (await allLetters(world)).length;
    expect(await ask(hers)).toBe(303);
    expect(await allLetters(world)).toHaveLength(before + 1);
    await type(hers, { code: (await signInLetter(world, amina)).code });
    expect(await isSignedIn(hers)).toBe(true);
  });

  test('a colleague who asks for hundreds of e-mails to others does not stop one to a browser known to be hers', async () => {
    const hers = await browserOfAmina();
    const colleague = world.newBrowser(office);
    const statuses = [];
    for (let n = 0; n < signInLimits.letterPerNetwork.most + 1; n++) {
      statuses.push(await ask(colleague, `person-${n}@elsewhere.example`));
    }
    expect(statuses.at(-1)).toBe(429);
    expect(await ask(hers)).toBe(303);
  });

  test('in a browser nobody knows she uses the code of an e-mail that others asked for', async () => {
    await useUpLetters();
    const newLaptop = world.newBrowser(office);
    const refused = page(await newLaptop.post('/sign-in', { email: amina }));
    expect(refused('#email-error').text()).toContain('type the code from the newest e-mail');
    const { code } = await signInLetter(world, amina);
    expect(await type(newLaptop, { email: amina, code })).toBe(303);
    expect(await isSignedIn(newLaptop)).toBe(true);
  });

  test('a browser known to be hers is known for her address alone, and asks five times like any other', async () => {
    const hers = await browserOfAmina();
    const bo = (await world.addPerson({ email: 'bo.lind@halden.example' })).email;
    for (let n = 0; n < 5; n++) await ask(world.newBrowser(`198.51.100.${n}`), bo);
    expect(await ask(hers, bo)).toBe(429);
    const statuses = [];
    for (let n = 0; n < 6; n++) statuses.push(await ask(hers));
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
  });

  test('typing her code makes the browser hers in which it was typed, not the one that asked', async () => {
    const stranger = world.newBrowser('198.51.100.9');
    await ask(stranger);
    const phone = world.newBrowser(office);
    await type(phone, { email: amina, code: (await signInLetter(world, amina)).code });
    await phone.post('/sign-out');
    world.clock.advance({ minutes: 15 });
    await useUpLetters();
    expect([await ask(stranger), await ask(phone)]).toEqual([429, 303]);
  });

  test('a browser is forgotten 400 days after she last signed in with it', async () => {
    await browserOfAmina();
    world.clock.advance({ days: 400 });
    await deleteExpired(world.ctx);
    expect(await world.db.$count(knownBrowsers)).toBe(1);
    world.clock.advance({ days: 1 });
    await deleteExpired(world.ctx);
    expect(await world.db.$count(knownBrowsers)).toBe(0);
  });
});

describe('Access 2: guessing stays limited', () => {
  /** Codes that a guess is compared with: every open letter to her address. */
  const openLetters = async () =>
    (await world.db.select().from(signIns)).filter(
      (one) => one.usedAt === null && Temporal.Instant.compare(one.expiresAt, world.clock.now) > 0,
    ).length;

  /** All that can be asked for and typed against one address at this moment from hundreds of browsers and networks. */
  async function guessAll(round: number): Promise<number> {
    let compared = 0;
    for (let n = 0; ; n++) {
      const browser = world.newBrowser(`198.51.${round}.${n}`);
      if ((await ask(browser)) !== 303) break;
      while ((await type(browser, { code: wrong })) !== 429) compared += 1;
      compared += 1; // the fifth is compared too, and answered with "too often"
    }
    const open = await openLetters();
    for (let network = 0; ; network++) {
      const browser = world.newBrowser(`192.0.${round}.${network}`);
      let taken = 0;
      while ((await type(browser, { email: amina, code: wrong })) !== 429) taken += 1;
      compared += taken * open;
      if (taken === 0) return compared;
    }
  }

  test('whoever guesses at one address for a year, from everywhere, gets in with a chance of less than one in 50,000', async () => {
    await world.addPerson({ email: amina });
    // Half an hour is the shortest time after which all windows begin anew together.
    const moments = [0, 10, 15, 20];
    const started = world.clock.now;
    let compared = 0;
    for (const [round, minute] of moments.entries()) {
      world.clock.now = started.add({ minutes: minute });
      compared += await guessAll(round);
    }
    expect(compared).toBeGreaterThan(100);
    const aYear = compared * 2 * 24 * 365;
    expect(aYear / 2 ** 40).toBeLessThan(1 / 50_000);
  });
});
