import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { people as peopleTable } from '../../../src/store/schema/index.ts';
import { allLetters, signInLetter } from '../../support/letters.ts';
import { type Browser, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const amina = 'amina.yusuf@halden.example';
const addAmina = () => world.addPerson({ name: 'Amina Yusuf', email: amina, side: 'talent' });

/** Amina's browser, after it asked for a letter. */
async function browserThatAsked(next = '/'): Promise<Browser> {
  const browser = world.newBrowser();
  await browser.get(`/sign-in?next=${encodeURIComponent(next)}`);
  const answer = await browser.post('/sign-in', { email: amina, next });
  expect(answer.headers.location).toBe('/sign-in/code');
  return browser;
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  return (await browser.get('/account')).statusCode === 200;
}

describe('asking for a letter', () => {
  test('Amina asks, and gets a letter with a link and a code', async () => {
    const person = await addAmina();
    const browser = await browserThatAsked('/trends');
    const [letter, ...others] = await allLetters(world);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      kind: 'sign-in',
      personId: person.id,
      recipientName: 'Amina Yusuf',
      recipientEmail: amina,
      state: 'waiting',
    });
    expect(letter!.facts).toMatchObject({
      organisation: 'Halden Group',
      minutes: 10,
      recipient: { name: 'Amina Yusuf' },
    });
    expect(letter!.facts.link).toMatch(/^https:\/\/flipside\.halden\.example\/sign-in\/link\/[a-z2-7]{32}$/);
    expect(letter!.facts.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await world.jobs()).toEqual([{ job: 'deliver-letter', data: { letterId: letter!.id } }]);
    const shown = page(await browser.get('/sign-in/code'));
    expect(shown('form[action="/sign-in/code"] p').text()).toBe(
      'If amina.yusuf@halden.example is in the programme, the e-mail is kept here. The link works in this browser; the code works in any.',
    );
  });

  test('capitals in the address do not matter', async () => {
    await addAmina();
    await world.post('/sign-in', { email: ' Amina.YUSUF@Halden.example ' });
    expect(await allLetters(world)).toHaveLength(1);
  });

  test('two letters are two letters, each with its own link and code', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const first = await signInLetter(world, amina);
    await browser.post('/sign-in', { email: amina });
    const second = await signInLetter(world, amina);
    expect(await allLetters(world)).toHaveLength(2);
    expect(second.path).not.toBe(first.path);
    expect(second.code).not.toBe(first.code);
  });

  test('what is no address comes back with a sentence, and with what was typed', async () => {
    const answer = await world.post('/sign-in', { email: 'amina', next: '/trends' });
    expect(answer.statusCode).toBe(422);
    const shown = page(answer);
    expect(shown('title').text()).toContain('Error: ');
    expect(shown('.error-summary a').attr('href')).toBe('#email');
    expect(shown('#email').attr('value')).toBe('amina');
    expect(shown('#email').attr('aria-invalid')).toBe('true');
    expect(shown('input[name=next]').attr('value')).toBe('/trends');
  });

  test('whoever is signed in goes on without a letter', async () => {
    const person = await addAmina();
    const answer = await world.get('/sign-in?next=/trends', { as: person });
    expect(answer.headers.location).toBe('/trends');
  });

  test('Access 1: a foreign Host never reaches a letter', async () => {
    await addAmina();
    const browser = world.newBrowser();
    const answer = await browser.post('/sign-in', { email: amina }, { headers: { host: 'evil.example' } });
    expect(answer.statusCode).toBe(421);
    const forwarded = await browser.post(
      '/sign-in',
      { email: amina },
      { headers: { 'x-forwarded-host': 'evil.example' } },
    );
    expect(forwarded.statusCode).toBe(421);
    expect(await allLetters(world)).toEqual([]);
    await browser.post('/sign-in', { email: amina });
    expect(JSON.stringify(await allLetters(world))).not.toContain('evil.example');
  });
});

describe('Access 3: nobody learns who is in the programme', () => {
  test('an address nobody has gets the same answer, and no letter', async () => {
    await addAmina();
    const [known, unknown] = [world.newBrowser(), world.newBrowser('203.0.113.8')];
    const stranger = 'nobody.here@halden.example';
    const answers = [
      await known.post('/sign-in', { email: amina }),
      await unknown.post('/sign-in', { email: stranger }),
    ];
    expect(answers.map((one) => [one.statusCode, one.headers.location, one.body])).toEqual([
      [303, '/sign-in/code', ''],
      [303, '/sign-in/code', ''],
    ]);
    const anonymous = (text: string, email: string) =>
      text.replaceAll(email, 'x@y').replace(/name="_token" value="[\w-]+"/g, '');
    const pages = [await known.get('/sign-in/code'), await unknown.get('/sign-in/code')];
    expect(anonymous(pages[0]!.body, amina)).toBe(anonymous(pages[1]!.body, stranger));
    expect((await allLetters(world)).map((letter) => letter.recipientEmail)).toEqual([amina]);
    expect((await world.jobs()).map(({ job }) => job)).toEqual(['deliver-letter', 'deliver-letter']);
  });

  test('a wrong code gets the same answer for both', async () => {
    await addAmina();
    const answers = [];
    for (const email of [amina, 'nobody.here@halden.example']) {
      const browser = world.newBrowser();
      await browser.post('/sign-in', { email });
      answers.push(await browser.post('/sign-in/code', { code: '0000-0000' }));
    }
    const sentences = answers.map((answer) => [answer.statusCode, page(answer)('#code-error').text()]);
    expect(sentences[0]).toEqual([
      422,
      'Error: That is not the code. Compare it with the e-mail. Tries left: 4',
    ]);
    expect(sentences[1]).toEqual(sentences[0]);
  });

  test('a disabled person is nobody', async () => {
    await addAmina();
    await world.db
      .update(peopleTable)
      .set({ disabledAt: world.clock.now })
      .where(eq(peopleTable.email, amina));
    await browserThatAsked();
    expect(await allLetters(world)).toEqual([]);
  });
});

describe('the link', () => {
  test('Amina opens it where she asked, presses once, and is where she wanted to be', async () => {
    await addAmina();
    const browser = await browserThatAsked('/trends?state=proposed');
    const { path } = await signInLetter(world, amina);
    const shown = page(await browser.get(path));
    expect(shown('h2').text()).toBe('Sign in as Amina Yusuf?');
    expect(shown('form')).toHaveLength(1);
    expect(shown('form').attr('action')).toBe(path);
    const answer = await browser.post(path);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/trends?state=proposed']);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('Access 2: opening it changes nothing, ten times over, by GET and by HEAD', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { path } = await signInLetter(world, amina);
    for (let time = 0; time < 5; time++) {
      expect((await browser.get(path)).statusCode).toBe(200);
      expect((await browser.send({ method: 'HEAD', url: path })).statusCode).toBe(200);
    }
    expect(await isSignedIn(browser)).toBe(false);
    await browser.post(path);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('Access 2: nothing on its page presses the button by itself', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { path } = await signInLetter(world, amina);
    const shown = page(await browser.get(path));
    expect(shown('meta[http-equiv]')).toHaveLength(0);
    expect(shown('main script, main [hx-trigger], main [hx-get], main [hx-post], [autofocus]')).toHaveLength(
      0,
    );
    expect(
      shown('script')
        .map((_, one) => shown(one).attr('src')?.split('/').at(-1))
        .get(),
    ).toEqual(['htmx.js', 'site.js']);
  });

  test('Access 2: it works once', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { path } = await signInLetter(world, amina);
    await browser.post(path);
    await browser.post('/sign-out');
    await browser.get('/sign-in');
    expect((await browser.get(path)).statusCode).toBe(410);
    const again = await browser.post(path);
    expect(again.statusCode).toBe(410);
    expect(page(again)('h1').text()).toBe('This link no longer works');
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('Access 2: pressed twice at the same moment it lets in once', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { path } = await signInLetter(world, amina);
    const answers = await Promise.all([1, 2, 3, 4].map(() => browser.post(path)));
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([303, 410, 410, 410]);
  });

  test('Access 2: after ten minutes it is over', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { path } = await signInLetter(world, amina);
    world.clock.advance({ minutes: 9, seconds: 59 });
    expect((await browser.get(path)).statusCode).toBe(200);
    world.clock.advance({ seconds: 1 });
    expect((await browser.get(path)).statusCode).toBe(410);
    expect((await browser.post(path)).statusCode).toBe(410);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('of two letters that were asked for, using one ends the other', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const first = await signInLetter(world, amina);
    await browser.post('/sign-in', { email: amina });
    const second = await signInLetter(world, amina);
    expect((await browser.get(first.path)).statusCode).toBe(200);
    await browser.post(second.path);
    await browser.post('/sign-out');
    expect((await browser.get(first.path)).statusCode).toBe(410);
  });

  test('its page is not cached, and its address does not travel on', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { path } = await signInLetter(world, amina);
    const { headers } = await browser.get(path);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('private, no-store');
  });

  test('Access 4: a person who was disabled in the meantime stays out', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { path, code } = await signInLetter(world, amina);
    await world.db
      .update(peopleTable)
      .set({ disabledAt: world.clock.now })
      .where(eq(peopleTable.email, amina));
    expect((await browser.post(path)).statusCode).toBe(410);
    expect((await browser.post('/sign-in/code', { code })).statusCode).toBe(422);
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe('Access 2: mail scanners', () => {
  test('one that follows the link, runs scripts and submits every form gets nothing and burns nothing', async () => {
    await addAmina();
    const hers = await browserThatAsked();
    const { path, code } = await signInLetter(world, amina);
    const scanner = world.newBrowser('198.51.100.9');
    await submitEverything(scanner, path);
    await submitEverything(scanner, path);
    expect(await isSignedIn(scanner)).toBe(false);
    expect((await hers.get(path)).statusCode).toBe(200);
    await hers.post(path);
    expect(await isSignedIn(hers)).toBe(true);
    expect(code).toHaveLength(9);
  });

  test('one that even forges the press gets no session, and the code still works', async () => {
    await addAmina();
    const hers = await browserThatAsked();
    const { path, code } = await signInLetter(world, amina);
    const scanner = world.newBrowser('198.51.100.9');
    await scanner.get('/sign-in');
    const forged = await scanner.post(path);
    expect(forged.statusCode).toBe(403);
    expect(forged.cookies.map((cookie) => cookie.name)).not.toContain('__Host-sid');
    await hers.post('/sign-in/code', { code });
    expect(await isSignedIn(hers)).toBe(true);
  });

  test('the page it sees has no form at all, names nobody and sets no cookie', async () => {
    await addAmina();
    const hers = await browserThatAsked();
    const { path } = await signInLetter(world, amina);
    expect((await hers.get(path)).body).toContain('Amina Yusuf');
    const seen = await world.newBrowser().get(path);
    expect(seen.statusCode).toBe(200);
    expect(page(seen)('form')).toHaveLength(0);
    expect(seen.body).not.toContain('Amina');
    expect(seen.body).not.toContain(amina);
    expect(seen.headers['set-cookie']).toBe(undefined);
  });
});

/** Opens a page, follows its links one step, and sends each form on the way with what a robot would type. */
async function submitEverything(browser: Browser, path: string, steps = 2): Promise<void> {
  const shown = page(await browser.get(path));
  for (const form of shown('form').toArray()) {
    const fields = Object.fromEntries(
      shown(form)
        .find('input[name]')
        .toArray()
        .map((input) => [shown(input).attr('name')!, shown(input).attr('value') || 'testtest']),
    );
    await browser.post(shown(form).attr('action')!, fields);
  }
  if (steps === 0) return;
  for (const link of shown('main a[href^="/"]').toArray()) {
    await submitEverything(browser, shown(link).attr('href')!, steps - 1);
  }
}

describe('the code', () => {
  test('Amina types it where she asked, in small letters', async () => {
    await addAmina();
    const browser = await browserThatAsked('/trends');
    const { code } = await signInLetter(world, amina);
    const answer = await browser.post('/sign-in/code', { code: code.toLowerCase().replace('-', ' ') });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/trends']);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('Access 2: in any other browser it works together with the address', async () => {
    await addAmina();
    await browserThatAsked();
    const { code } = await signInLetter(world, amina);
    const phone = world.newBrowser();
    const shown = page(await phone.get('/sign-in/code'));
    expect(shown('#email, #code')).toHaveLength(2);
    const answer = await phone.post('/sign-in/code', { email: amina, code });
    expect(answer.statusCode).toBe(303);
    expect(await isSignedIn(phone)).toBe(true);
  });

  test('Access 2: without the address another browser gets nowhere', async () => {
    await addAmina();
    await browserThatAsked();
    const { code } = await signInLetter(world, amina);
    const phone = world.newBrowser();
    expect((await phone.post('/sign-in/code', { code })).statusCode).toBe(422);
    expect(await isSignedIn(phone)).toBe(false);
  });

  test('Access 2: it works once', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { code } = await signInLetter(world, amina);
    await browser.post('/sign-in/code', { code });
    const phone = world.newBrowser();
    const answer = await phone.post('/sign-in/code', { email: amina, code });
    expect(answer.statusCode).toBe(422);
    expect(page(answer)('#email').attr('value')).toBe(amina);
    expect(await isSignedIn(phone)).toBe(false);
  });

  test('Access 2: after five wrong ones the right one comes too late, and the link still works', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { code, path } = await signInLetter(world, amina);
    const said = [];
    for (let time = 0; time < 6; time++) {
      const answer = await browser.post('/sign-in/code', { code: '0000-0000' });
      said.push([
        answer.statusCode,
        page(answer)('#code-error')
          .text()
          .replace(/^Error: /, ''),
      ]);
    }
    const wrong = 'That is not the code. Compare it with the e-mail. Tries left:';
    const over = 'This code was tried too often. Ask for a new e-mail and use the code in it.';
    expect(said).toEqual([
      ...[4, 3, 2, 1].map((left) => [422, `${wrong} ${left}`]),
      [429, over],
      [429, over],
    ]);
    expect((await browser.post('/sign-in/code', { code })).statusCode).toBe(429);
    expect(await isSignedIn(browser)).toBe(false);
    await browser.post(path);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('Access 2: twenty guesses at the same moment are five', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.post('/sign-in/code', { code: '0000-0000' })),
    );
    expect(answers.filter((answer) => answer.statusCode === 422)).toHaveLength(4);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(16);
  });

  test('a new letter brings new tries', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    for (let time = 0; time < 5; time++) await browser.post('/sign-in/code', { code: '0000-0000' });
    await browser.post('/sign-in', { email: amina });
    const { code } = await signInLetter(world, amina);
    await browser.post('/sign-in/code', { code });
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('others who guess for her address use up their own tries, not hers', async () => {
    await addAmina();
    const hers = await browserThatAsked();
    const { code } = await signInLetter(world, amina);
    const guesser = world.newBrowser('198.51.100.9');
    const statuses = [];
    for (let time = 0; time < 6; time++) {
      statuses.push((await guesser.post('/sign-in/code', { email: amina, code: '0000-0000' })).statusCode);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    expect((await guesser.post('/sign-in/code', { email: amina, code })).statusCode).toBe(429);
    expect(await isSignedIn(guesser)).toBe(false);
    await hers.post('/sign-in/code', { code });
    expect(await isSignedIn(hers)).toBe(true);
  });

  test('what cannot be a code is no try', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    for (let time = 0; time < 8; time++) {
      const answer = await browser.post('/sign-in/code', { code: 'K7QM' });
      expect(page(answer)('#code').attr('value')).toBe('K7QM');
      expect(page(answer)('#code-error').text()).toBe(
        'Error: A code has 8 letters and numbers, such as K7QM-2XDR. Copy it from the e-mail.',
      );
    }
    const { code } = await signInLetter(world, amina);
    await browser.post('/sign-in/code', { code });
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('Access 2: after ten minutes it is over', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { code } = await signInLetter(world, amina);
    world.clock.advance({ minutes: 10 });
    const answer = await browser.post('/sign-in/code', { code });
    expect(answer.statusCode).toBe(422);
    expect(page(answer)('#code-error').text()).toBe(
      'Error: A link and its code work once, for 10 minutes. Ask for a new e-mail.',
    );
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('Access 2: neither link nor code is kept in the clear beside the letter', async () => {
    await addAmina();
    await browserThatAsked();
    const { path, code } = await signInLetter(world, amina);
    const rows = await world.db.execute(/* sql */ 'SELECT row_to_json(s)::text AS row FROM sign_ins s');
    const text = JSON.stringify(rows);
    expect(text).toContain(amina);
    expect(text).not.toContain(path.split('/').at(-1));
    expect(text).not.toContain(code.replace('-', ''));
  });

  test('Access 7: a field nobody asked for, or a list, is refused as a whole', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    const { code, path } = await signInLetter(world, amina);
    expect((await browser.post('/sign-in/code', { code, isOrganiser: 'true' })).statusCode).toBe(400);
    expect((await browser.post('/sign-in/code', { code: [code, code] })).statusCode).toBe(400);
    expect((await browser.post(path, { personId: '1' })).statusCode).toBe(400);
    expect((await browser.post('/sign-in', { email: amina, role: 'organiser' })).statusCode).toBe(400);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('the page says what to do without a mail server, and what to do with one', async () => {
    await addAmina();
    const browser = await browserThatAsked();
    expect(page(await browser.get('/sign-in/code'))('.say p').text()).toBe(
      'No mail server is set up yet: the e-mail is in the terminal, and organisers find it under E-mails.',
    );
    world.ctx.mail.configured = true;
    expect(page(await browser.get('/sign-in/code'))('.say p').text()).toBe(
      'It comes from reverse-mentoring@halden.example, usually within a minute.',
    );
  });
});

describe('Output 11: where one lands', () => {
  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\tx',
    'trends',
  ])('%j is not followed', async (next) => {
    await addAmina();
    const browser = await browserThatAsked(next);
    const { path } = await signInLetter(world, amina);
    expect((await browser.post(path)).headers.location).toBe('/');
  });

  test('a page that needs signing in is where one lands after it', async () => {
    await addAmina();
    const turnedAway = await world.newBrowser().get('/account?tab=1');
    expect(turnedAway.headers.location).toBe('/sign-in?next=%2Faccount%3Ftab%3D1');
    const shown = page(await world.newBrowser().get(String(turnedAway.headers.location)));
    expect(shown('input[name=next]').attr('value')).toBe('/account?tab=1');
  });
});
