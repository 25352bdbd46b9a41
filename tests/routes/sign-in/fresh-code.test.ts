import { beforeEach, describe, expect, test } from 'vitest';
import { withLinks } from '../../../src/actions/letters/links.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import * as people from '../../../src/store/people/people.ts';
import { allLetters, signInLetter } from '../../support/letters.ts';
import { english } from '../../support/words.ts';
import { type Answer, type Browser, page, useWorld } from '../../support/world.ts';

const world = useWorld({ mailConfigured: true });
let ida: Browser;
let amina: people.Person;

beforeEach(async () => {
  amina = await world.addPerson({ name: 'Amina Yusuf', email: 'amina.yusuf@halden.example', side: 'talent' });
  ida = await world.browserOf(world.organiser);
});

const isOrganiser = async () => (await people.find(world.db, amina.id))!.isOrganiser;
const codeFor = async (person = world.organiser) => (await signInLetter(world, person.email)).code;

/** The fields of Amina's form, as its page shows them. */
async function form(change: Record<string, string>): Promise<Record<string, string>> {
  const { name, email, side, updatedAt } = (await people.find(world.db, amina.id))!;
  return { name, email, side, seen: String(updatedAt.epochMilliseconds), ...change };
}

const save = async (change: Record<string, string>) => ida.post(`/people/${amina.id}`, await form(change));

/** Sends what the page holds, with a code typed into it. */
async function sendAgain(answer: Answer, typed: Record<string, string>): Promise<Answer> {
  const shown = page(answer);
  const hidden = shown('main form input[type=hidden]:not([name=_token])').toArray();
  const fields = hidden.map((one) => [shown(one).attr('name')!, shown(one).attr('value') ?? '']);
  return ida.post(shown('main form').attr('action')!, { ...Object.fromEntries(fields), ...typed });
}

describe('within a day of signing in', () => {
  test('Ida makes an organiser, changes an organiser’s address and exports everyone without a code', async () => {
    world.clock.advance({ hours: 24 });
    expect((await save({ isOrganiser: 'on' })).statusCode).toBe(303);
    expect((await save({ isOrganiser: 'on', email: 'amina@halden.example' })).statusCode).toBe(303);
    expect((await ida.get('/people/export.csv')).headers['content-type']).toContain('text/csv');
    expect(await isOrganiser()).toBe(true);
  });
});

describe('a day later', () => {
  beforeEach(() => world.clock.advance({ hours: 24, seconds: 1 }));

  test('making an organiser waits for a code from an e-mail, and nothing is typed twice', async () => {
    const asked = await save({ isOrganiser: 'on', department: 'Data', jobTitle: '“A” & <b>' });
    expect(asked.statusCode).toBe(403);
    expect(page(asked)('h1').text()).toBe('Confirm it’s you');
    expect(await isOrganiser()).toBe(false);
    const [letter, ...others] = await allLetters(world);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ kind: 'sign-in', recipientEmail: 'ida.nordby@halden.example' });
    expect(letter!.facts.confirms).toBe(true);
    const former = ida.cookies.get('__Host-sid');
    const answer = await sendAgain(asked, { code: await codeFor() });
    expect(answer.headers.location).toBe(`/people/${amina.id}?said=saved`);
    expect(await people.find(world.db, amina.id)).toMatchObject({
      isOrganiser: true,
      department: 'Data',
      jobTitle: '“A” & <b>',
    });
    expect(ida.cookies.get('__Host-sid')).not.toBe(former);
    expect((await ida.get('/people/export.csv')).statusCode).toBe(200);
  });

  test('a wrong code changes nothing and is counted; the right one still works', async () => {
    const asked = await save({ isOrganiser: 'on' });
    const wrong = await sendAgain(asked, { code: '0000-0000' });
    expect(wrong.statusCode).toBe(422);
    expect(page(wrong)('#code-error').text()).toContain('Tries left: 4');
    expect(await isOrganiser()).toBe(false);
    expect(await allLetters(world)).toHaveLength(1);
    expect((await sendAgain(wrong, { code: await codeFor() })).statusCode).toBe(303);
    expect(await isOrganiser()).toBe(true);
  });

  test('saving once more sends no second e-mail; “Send a new code” does, five times in a quarter of an hour', async () => {
    const asked = await save({ isOrganiser: 'on' });
    await save({ isOrganiser: 'on' });
    expect(await allLetters(world)).toHaveLength(1);
    const statuses = [];
    for (let n = 0; n < 5; n++)
      statuses.push((await sendAgain(asked, { newCode: 'on', code: '' })).statusCode);
    expect(statuses).toEqual([403, 403, 403, 403, 422]);
    expect(await allLetters(world)).toHaveLength(5);
    expect(await isOrganiser()).toBe(false);
  });

  test('a code that another person was sent, in the same browser, does not confirm', async () => {
    const asked = await save({ isOrganiser: 'on' });
    await ida.post('/sign-in', { email: amina.email });
    const answer = await sendAgain(asked, { code: await codeFor(amina) });
    expect(page(answer)('#code-error').text()).toContain('That code was sent to another address.');
    expect(await isOrganiser()).toBe(false);
  });

  test('strangers who ask for e-mails in Ida’s name do not keep her from confirming', async () => {
    for (let n = 0; n < 6; n++) {
      await world.newBrowser(`198.51.100.${n}`).post('/sign-in', { email: world.organiser.email });
    }
    const asked = await save({ isOrganiser: 'on' });
    expect(page(asked)('#code-error')).toHaveLength(0);
    expect((await sendAgain(asked, { code: await codeFor() })).statusCode).toBe(303);
  });

  test('adding a person who is an organiser waits as well', async () => {
    const typed = { name: 'Bo Lind', email: 'bo.lind@halden.example', side: 'senior', isOrganiser: 'on' };
    const asked = await ida.post('/people', typed);
    expect(asked.statusCode).toBe(403);
    expect(await people.findByEmail(world.db, typed.email)).toBe(null);
    await sendAgain(asked, { code: await codeFor() });
    expect(await people.findByEmail(world.db, typed.email)).toMatchObject({ isOrganiser: true });
  });

  test('so does another organiser’s new address, and not that of anybody else', async () => {
    const bo = await world.addPerson({ name: 'Bo Lind', isOrganiser: true });
    const { name, side, updatedAt } = bo;
    const seen = String(updatedAt.epochMilliseconds);
    const typed = { name, side, seen, email: 'bo@elsewhere.example', isOrganiser: 'on' };
    expect((await ida.post(`/people/${bo.id}`, typed)).statusCode).toBe(403);
    expect((await people.find(world.db, bo.id))?.email).toBe(bo.email);
    expect((await ida.post(`/people/${bo.id}`, { ...typed, email: bo.email })).statusCode).toBe(303);
    expect((await save({ email: 'amina@halden.example', department: 'Data' })).statusCode).toBe(303);
  });

  test('exporting everyone leads to the code first, and opening that page mails nothing', async () => {
    const turned = await ida.get('/people/export.csv?side=talent');
    const there = '/account/confirmation?next=%2Fpeople%3Fside%3Dtalent';
    expect([turned.statusCode, turned.headers.location]).toEqual([303, there]);
    const shown = await ida.get(there);
    expect(await allLetters(world)).toEqual([]);
    const asked = await sendAgain(shown, {});
    expect(await allLetters(world)).toHaveLength(1);
    const answer = await sendAgain(asked, { code: await codeFor() });
    expect(answer.headers.location).toBe('/people?side=talent&said=confirmed');
    expect(page(await ida.follow(answer))('[role=status]').text()).toContain('You can export people now.');
    expect((await ida.get('/people/export.csv')).body).toContain('amina.yusuf@halden.example');
  });

  test('the page after a code leads nowhere else', async () => {
    const shown = page(await ida.get('/account/confirmation?next=https://evil.example/'));
    expect(shown('input[name=next]').attr('value')).toBe('/');
    const asked = await ida.post('/account/confirmation', { next: '//evil.example' });
    const answer = await sendAgain(asked, { code: await codeFor(), next: '//evil.example' });
    expect(answer.headers.location).toBe('/?said=confirmed');
  });

  test('the e-mail says what the code is for, and has no link that opens anything', async () => {
    await save({ isOrganiser: 'on' });
    const [letter] = await allLetters(world);
    const to = { name: 'Ida Nordby', email: world.organiser.email };
    const { subject, text } = renderLetter(withLinks(world.ctx, letter!).facts as never, to, english);
    expect(subject).toBe('Your code to confirm it’s you');
    expect(text).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(text).not.toContain('https:');
  });
});

describe('where no e-mail leaves the machine', () => {
  const quiet = useWorld();

  test('nobody is asked for a code that could not come', async () => {
    const browser = await quiet.browserOf(quiet.organiser);
    quiet.clock.advance({ days: 3 });
    const typed = { name: 'Bo Lind', email: 'bo.lind@halden.example', side: 'senior', isOrganiser: 'on' };
    expect((await browser.post('/people', typed)).statusCode).toBe(303);
    expect((await browser.get('/people/export.csv')).statusCode).toBe(200);
  });
});
