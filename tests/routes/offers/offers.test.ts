import { randomUUID } from 'node:crypto';
import { asc, eq, like } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { tellTheDay } from '../../../src/actions/guests/organiser-day.ts';
import { withLinks } from '../../../src/actions/letters/links.ts';
import { countOffer } from '../../../src/actions/offers/limits.ts';
import { putForward } from '../../../src/actions/offers/offers.ts';
import { startSeason } from '../../../src/actions/settings/seasons.ts';
import type { LetterFacts } from '../../../src/domain/letters/facts.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import { deliverLetter } from '../../../src/jobs/deliver-letter.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import * as store from '../../../src/store/offers/offers.ts';
import * as people from '../../../src/store/people/people.ts';
import {
  attempts,
  auditLog,
  letters,
  offers,
  people as peopleTable,
  programmes,
  trendInterests,
  trends,
} from '../../../src/store/schema/index.ts';
import type { Fields } from '../../support/browser.ts';
import { statementsOf } from '../../support/databases/statements.ts';
import { allLetters } from '../../support/letters.ts';
import { proposeTrend } from '../../support/trends.ts';
import { english } from '../../support/words.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const annegret = 'annegret@halden.example';
const days = { closesOn: '2026-11-20', answerBy: '2026-11-27' };

async function openPage(side = 'talent', more: Fields = {}) {
  const fields = { side, ...days, places: '', seen: '-1', ...more };
  return world.post('/people/offers', fields, { as: world.organiser });
}

const typed = (email: string, more: Fields = {}): Fields => ({
  name: 'Annegret von Tiefenthal',
  email,
  jobTitle: 'Dual student',
  department: 'Safety',
  why: 'I measured heat in three halls.',
  other: '',
  time: 'team',
  consent: 'on',
  formKey: randomUUID(),
  ...more,
});

/** Sends an offer from a browser of its own. */
async function send(email: string, more: Fields = {}, { at = '/join-in', from = '203.0.113.7' } = {}) {
  const browser = world.newBrowser(from);
  return { browser, answer: await browser.post(at, typed(email, more)) };
}

const rows = () => world.db.select().from(offers).orderBy(asc(offers.id));
const letterRows = () => world.db.select().from(letters).orderBy(asc(letters.id));

/** Path of the link in the newest e-mail about an offer to this address. */
async function linkTo(email: string): Promise<string> {
  const found = (await letterRows()).findLast(
    (one) => one.recipientEmail === email && one.kind.startsWith('offer-'),
  );
  return String(withLinks(world.ctx, found!).facts.offerUrl).replace(world.ctx.baseUrl, '');
}

/** Sends an offer and confirms it; returns the path of its link. */
async function confirmed(email: string, more: Fields = {}, at = '/join-in'): Promise<string> {
  const { answer } = await send(email, more, { at });
  expect(answer.headers.location).toBe('/join-in/sent');
  const link = await linkTo(email);
  expect((await world.post(`${link}/confirmation`, {}, { link: link.split('/')[2]! })).statusCode).toBe(303);
  return link;
}

const own = (link: string, what: string, fields: Fields = {}) =>
  world.post(`${link}/${what}`, fields, { link: link.split('/')[2]! });

const idOf = async (email: string) => (await rows()).find((one) => one.email === email)!.id;

async function answer(email: string, how: 'accepted' | 'reserve' | 'declined') {
  const show = (await rows()).find((one) => one.email === email)!.state;
  const fields = { do: how, show: show === 'reserve' ? 'reserve' : 'waiting' };
  return world.post(`/people/offers/${await idOf(email)}/answer`, fields, { as: world.organiser });
}

async function undo(side = 'talent') {
  const shown = page(await world.get(`/people/offers?side=${side}`, { as: world.organiser }));
  const press = shown('.toast input[name=press]').attr('value')!;
  return world.post('/people/offers/withdrawal', { side, press }, { as: world.organiser });
}

const text = (body: string) =>
  page({ body } as never)('main')
    .text()
    .replace(/\s+/g, ' ')
    .trim();

describe('the open page', () => {
  test('takes an offer, e-mails a link to the address, and shows the organisers a number until it is pressed', async () => {
    expect((await world.get('/join-in')).body).toContain('Offers for this season are closed');
    await openPage();
    const trend = await proposeTrend(world, 'Heat as a working condition');
    expect((await world.get('/join-in')).body).not.toContain('Heat as a working');
    await world.db.update(trends).set({ state: 'shortlisted' });
    const shown = page(await world.get('/join-in'));
    expect(shown('form').text()).toContain('Heat as a working condition');
    expect(shown('aside').text()).toContain('You hear by Friday 27 November, either way');

    const { browser } = await send(annegret, { topics: [String(trend.id)] });
    expect((await browser.get('/join-in/sent')).body).toContain(annegret);
    const list = () => world.get('/people/offers', { as: world.organiser });
    expect((await list()).body).not.toContain('Annegret');
    expect(text((await list()).body)).toContain('Address not confirmed yetAppear here once they confirm it1');

    const link = await linkTo(annegret);
    const before = await rows();
    expect(text((await world.get(link)).body)).toContain('Is this your offer, Annegret?');
    expect(await rows()).toEqual(before);
    await own(link, 'confirmation');
    expect(text((await world.get(link)).body)).toContain('You hear by Friday 27 November');
    const found = page(await list())('.offer');
    expect(found.text()).toMatch(/Annegret von Tiefenthal\s*Dual student, Safety/);
    expect(found.find('.tag').toArray()).toHaveLength(2);
    expect((await allLetters(world)).map(({ kind }) => kind)).toEqual([]);
  });

  test('keeps what was typed and names each mistake', async () => {
    await openPage();
    const wrong = { name: '', why: '', email: 'annegret', time: '', other: 'What assistants say' };
    const { consent: _, ...fields } = typed('', wrong);
    const answer = await world.newBrowser().post('/join-in', fields);
    expect(answer.statusCode).toBe(422);
    const shown = page(answer);
    expect(shown('.error-summary li').toArray()).toHaveLength(5);
    expect(shown('#other').val()).toBe('What assistants say');
    expect(await rows()).toEqual([]);
  });

  test('closes after its last day and by a press; what was sent before can still be confirmed', async () => {
    await openPage();
    await send(annegret);
    await world.post('/people/offers/closing', { side: 'talent' }, { as: world.organiser });
    expect((await world.get('/join-in')).body).toContain('Offers for this season are closed');
    expect((await send('late@halden.example')).answer.statusCode).toBe(410);
    const link = await linkTo(annegret);
    await own(link, 'confirmation');
    expect((await rows()).map(({ state }) => state)).toEqual(['waiting']);
    await openPage('talent', { seen: '1' });
    expect((await world.get('/join-in')).statusCode).toBe(200);
    world.clock.advance({ days: 12 });
    expect((await world.get('/join-in')).body).toContain('Offers for this season are closed');
  });

  test('sent twice it is one offer and one e-mail', async () => {
    await openPage();
    const formKey = randomUUID();
    for (const _ of [1, 2]) await send(annegret, { formKey });
    expect(await rows()).toHaveLength(1);
    expect(await letterRows()).toHaveLength(1);
  });

  test('an e-mail to an address holds nothing that was typed', async () => {
    await openPage();
    await send(annegret, { name: 'Win at casino.example', why: 'casino.example' });
    const [row] = await letterRows();
    const facts = withLinks(world.ctx, row!).facts as unknown as LetterFacts;
    const mail = renderLetter(facts, { name: annegret, email: annegret }, english);
    expect(mail.text).toContain('/offer/');
    expect(mail.text + mail.html + mail.subject).not.toContain('casino');
  });
});

describe('known and unknown addresses look alike', () => {
  const known = 'oskar@halden.example';
  const unknown = 'nobody@halden.example';

  test('in the answer, in what the database is asked, and in the delivery afterwards', async () => {
    await openPage();
    await world.addPerson({ name: 'Oskar Lindholm', email: known, side: 'talent' });
    await confirmed('first@halden.example');
    await send(known);
    await own(await linkTo(known), 'confirmation');
    const seen = [];
    for (const [n, email] of [known, unknown].entries()) {
      const browser = world.newBrowser();
      const answer = await browser.post('/join-in', typed(email));
      const shown = text((await browser.get('/join-in/sent')).body).replaceAll(email, 'x@y');
      const before = (await letterRows()).length;
      const { consent: _, topics: __, ...values } = typed(email);
      const sent = { ...values, topics: [] } as unknown as Parameters<typeof putForward>[3];
      const sender = { browser: 'b'.repeat(43), address: '203.0.113.9' };
      const sending = await statementsOf(world.db, (db) =>
        putForward({ ...world.ctx, db }, sender, 'talent', sent),
      );
      expect(sending.filter((one) => one.includes('insert into "letters"'))).toHaveLength(1);
      const letter = (await letterRows())[before]!;
      const taken: string[] = [];
      const post = {
        render: async () => ({ subject: 'x', bytes: Buffer.from('x') }),
        send: async ({ recipientEmail }: { recipientEmail: string }) => {
          taken.push(recipientEmail);
          return { kind: 'sent' as const, reply: '250' };
        },
        print: () => {},
      };
      const asked = await statementsOf(world.db, (db) =>
        deliverLetter({ ...world.ctx, db }, post, letter.id),
      );
      expect(taken).toEqual([email]);
      const { statusCode, headers } = answer;
      seen.push({ statusCode, to: headers.location, shown, sending, asked, kind: letter.kind });
      expect((await rows()).filter(({ state }) => state === 'unconfirmed')).toHaveLength(2 * (n + 1));
    }
    expect(seen[0]!.shown).toContain('x@y');
    expect(seen[1]).toEqual(seen[0]);
  });
});

describe('limits', () => {
  test('the fourth e-mail to an address within an hour waits, and what was typed is kept', async () => {
    await openPage();
    for (const _ of [1, 2, 3]) await send(annegret);
    const { answer } = await send(annegret.toUpperCase(), { why: 'For the fourth time' });
    expect(answer.statusCode).toBe(429);
    const shown = page(answer);
    expect(shown('.error-summary').text()).toContain('Send it after 10:00.');
    expect(shown('#why').val()).toBe('For the fourth time');
    expect(await letterRows()).toHaveLength(3);
    expect((await send('other@halden.example')).answer.statusCode).toBe(303);
    world.clock.advance({ hours: 1 });
    expect((await send(annegret)).answer.statusCode).toBe(303);
  });

  test('sending again counts as well, and a network has 500 an hour', async () => {
    await openPage();
    const { browser } = await send(annegret);
    for (const _ of [1, 2]) expect((await browser.post('/join-in/sent')).statusCode).toBe(303);
    expect((await browser.post('/join-in/sent')).statusCode).toBe(429);
    expect(await letterRows()).toHaveLength(3);
    const count = (email: string) =>
      countOffer(world.ctx, { address: '198.51.100.1', email, timeZone: 'Europe/Oslo' });
    await count('first@halden.example');
    await world.db.update(attempts).set({ count: 499 }).where(like(attempts.key, 'offer:%'));
    await count('second@halden.example');
    await expect(count('third@halden.example')).rejects.toMatchObject({ kind: 'too-many' });
  });
});

describe('the sender’s link', () => {
  test('works for 48 hours to confirm, and what nobody confirmed is erased with its e-mail', async () => {
    await openPage();
    await send(annegret);
    const link = await linkTo(annegret);
    world.clock.advance({ hours: 48 });
    expect((await world.get(link)).statusCode).toBe(410);
    expect((await own(link, 'confirmation')).statusCode).toBe(410);
    expect((await rows())[0]!.state).toBe('unconfirmed');
    world.clock.advance({ minutes: 1 });
    await deleteExpired(world.ctx);
    expect(await rows()).toEqual([]);
    expect(await letterRows()).toEqual([]);
  });

  test('changes the offer, with what another tab saved shown first, and withdraws it with all its e-mails', async () => {
    await openPage();
    const link = await confirmed(annegret);
    const edit = page(await world.get(`${link}/edit`));
    const seen = edit('input[name=seen]').val() as string;
    const { email: _, consent: __, formKey: ___, ...fields } = typed(annegret, { why: 'Two halls.' });
    expect((await own(link, 'edit', { ...fields, seen })).statusCode).toBe(303);
    const stale = await own(link, 'edit', { ...fields, why: 'Four halls.', seen });
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('Two halls.');
    expect((await rows())[0]!.why).toBe('Two halls.');
    await own(link, 'withdrawal');
    expect(await rows()).toEqual([]);
    expect(await letterRows()).toEqual([]);
    expect((await world.get(link)).statusCode).toBe(404);
  });

  test('a second offer of the same address takes the place of the first, in its place of the line', async () => {
    await openPage();
    await confirmed(annegret, { why: 'First words' });
    world.clock.advance({ hours: 2 });
    await confirmed('bo@halden.example');
    world.clock.advance({ hours: 2 });
    await confirmed(annegret, { why: 'Second words' });
    const shown = page(await world.get('/people/offers', { as: world.organiser }))('.offer');
    expect(shown.toArray()).toHaveLength(2);
    expect(shown.first().text()).toContain('Second words');
  });

  test('somebody else’s link is no link, and one that was changed opens nothing', async () => {
    await openPage();
    const link = await confirmed(annegret);
    expect((await world.get(`${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`)).statusCode).toBe(404);
  });

  test('who was accepted and withdraws is deactivated where the offer made them', async () => {
    await openPage();
    const link = await confirmed(annegret);
    await answer(annegret, 'accepted');
    expect(text((await world.get(link)).body)).toContain('You’re in, Annegret');
    await own(link, 'withdrawal');
    expect((await people.findByEmail(world.db, annegret))!.disabledAt).not.toBeNull();
    expect(await rows()).toEqual([]);
  });
});

describe('organisers', () => {
  test('accept in one press: a talent with department and topics; undo within ten seconds leaves nothing', async () => {
    await openPage();
    const trend = await proposeTrend(world, 'Heat');
    await world.db.update(trends).set({ state: 'shortlisted' });
    await confirmed(annegret, { topics: [String(trend.id)] });
    await answer(annegret, 'accepted');
    const made = (await people.findByEmail(world.db, annegret))!;
    expect(made).toMatchObject({ side: 'talent', department: 'Safety', jobTitle: 'Dual student' });
    const said = await world.db.select().from(trendInterests);
    expect(said).toEqual([{ trendId: trend.id, personId: made.id, kind: 'can-tell' }]);
    const list = await world.get('/people/offers?show=accepted', { as: world.organiser });
    expect(text(list.body)).toContain(
      'Annegret von Tiefenthal is in. The e-mail is kept here in 10 seconds.',
    );
    expect((await letterRows()).at(-1)).toMatchObject({ kind: 'offer-answer', state: 'waiting' });
    expect((await undo()).statusCode).toBe(303);
    expect(await people.findByEmail(world.db, annegret)).toBeNull();
    expect((await rows())[0]).toMatchObject({ state: 'waiting', personId: null });
    expect((await letterRows()).map(({ kind }) => kind)).toEqual(['offer-confirm']);

    await answer(annegret, 'accepted');
    const press = (await rows())[0]!.press!;
    world.clock.advance({ seconds: 10 });
    const late = await world.post(
      '/people/offers/withdrawal',
      { side: 'talent', press },
      { as: world.organiser },
    );
    expect(late.statusCode).toBe(409);
    expect(await people.findByEmail(world.db, annegret)).not.toBeNull();
    expect((await letterRows()).map(({ kind }) => kind)).toEqual(['offer-confirm', 'offer-answer']);
  });

  test('a person who is here already is joined, not doubled, and is again as before after undo', async () => {
    await openPage();
    const oskar = await world.addPerson({
      email: 'Oskar@halden.example',
      side: 'talent',
      jobTitle: 'Trainee',
    });
    await confirmed('oskar@halden.example');
    const list = await world.get('/people/offers', { as: world.organiser });
    expect(text(list.body)).toContain(`${oskar.name} is in the programme already.`);
    await answer('oskar@halden.example', 'accepted');
    const all = await world.db.$count(peopleTable);
    expect(all).toBe(2);
    expect(await people.find(world.db, oskar.id)).toMatchObject({
      department: 'Safety',
      jobTitle: 'Trainee',
    });
    await undo();
    expect(await people.find(world.db, oskar.id)).toMatchObject({ department: '', jobTitle: 'Trainee' });
  });

  test('accept all at once where there are places, and no more than there are', async () => {
    await openPage('talent', { places: '2' });
    for (const name of ['a', 'b', 'c']) await confirmed(`${name}@halden.example`);
    const all = (seen: string) =>
      world.post('/people/offers/acceptance', { side: 'talent', seen }, { as: world.organiser });
    expect(text((await all('3')).body)).toContain('There are more offers than places.');
    await answer('c@halden.example', 'reserve');
    expect((await all('3')).statusCode).toBe(409);
    expect((await all('2')).statusCode).toBe(303);
    expect((await rows()).map(({ state }) => state)).toEqual(['accepted', 'accepted', 'reserve']);
    expect(text((await answer('c@halden.example', 'accepted')).body)).toContain('All places are taken.');
    await undo();
    expect((await rows()).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'reserve']);
    expect(await world.db.$count(peopleTable)).toBe(1);
  });

  test('the reserve list is kept in order, can be read by others, and waits again first in the next wave', async () => {
    await openPage();
    const links = [];
    for (const name of ['a', 'b']) {
      links.push(await confirmed(`${name}@halden.example`));
      await answer(`${name}@halden.example`, 'reserve');
      world.clock.advance({ hours: 1 });
    }
    const of = { programmeId: world.programme.id, side: 'talent' as const };
    expect((await store.reserves(world.db, of)).map(({ email }) => email)).toEqual([
      'a@halden.example',
      'b@halden.example',
    ]);
    expect(text((await world.get(links[0]!)).body)).toContain('You’re the first in line.');
    expect(text((await world.get(links[1]!)).body)).toContain('One person is before you.');
    await confirmed('c@halden.example');
    await openPage('talent', { seen: '0', nextWave: 'on' });
    const shown = page(await world.get('/people/offers', { as: world.organiser }))('.offer small');
    expect(shown.toArray()).toHaveLength(3);
    expect((await rows()).map(({ email, state }) => [email[0], state])).toEqual([
      ['a', 'waiting'],
      ['b', 'waiting'],
      ['c', 'waiting'],
    ]);
    expect((await store.list(world.db, of, 'waiting')).map(({ email }) => email[0])).toEqual(['a', 'b', 'c']);
  });

  test('say no by e-mail; the log names nobody who was not taken', async () => {
    await openPage();
    await confirmed(annegret);
    await answer(annegret, 'declined');
    const facts = withLinks(world.ctx, (await letterRows()).at(-1)!).facts as unknown as LetterFacts;
    const mail = renderLetter(facts, { name: 'Annegret', email: annegret }, english);
    expect(mail.subject).toBe('Not this time');
    const log = await world.db.select().from(auditLog);
    expect(log.map(({ act }) => act)).toContain('declined-offer');
    expect(JSON.stringify(log)).not.toMatch(/Annegret|annegret/);
  });

  test('invite seniors the same way, who say what they want to know', async () => {
    await openPage('senior');
    expect((await world.get('/join-in')).body).toContain('Offers for this season are closed');
    const trend = await proposeTrend(world, 'Heat');
    await world.db.update(trends).set({ state: 'shortlisted' });
    const more = { topics: [String(trend.id)], time: 'evening' };
    await confirmed('sven@halden.example', more, '/join-in/seniors');
    await answer('sven@halden.example', 'accepted');
    const sven = (await people.findByEmail(world.db, 'sven@halden.example'))!;
    expect(sven.side).toBe('senior');
    expect(await world.db.select().from(trendInterests)).toEqual([
      { trendId: trend.id, personId: sven.id, kind: 'want-to-know' },
    ]);
    await undo('senior');
    expect(await people.findByEmail(world.db, 'sven@halden.example')).toBeNull();
  });

  test('of two who set other days at once, the second is shown the first’s', async () => {
    await openPage();
    const stale = await openPage('talent', { answerBy: '2026-11-30' });
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('Friday 27 November');
    expect((await openPage('talent', { seen: '0', closesOn: '2026-11-01' })).statusCode).toBe(422);
  });

  test('download the list; nobody else opens it', async () => {
    await openPage();
    await confirmed(annegret, { why: '=1+1', other: 'Returns' });
    const csv = await world.get('/people/offers/export.csv', { as: world.organiser });
    const [, row] = csv.body.split('\r\n');
    expect(row).toContain('Annegret von Tiefenthal,annegret@halden.example,Dual student,Safety');
    expect(row).toContain('Something else: Returns,A season in a team');
    expect(row).not.toContain(',=1+1');
    const talent = await world.addPerson({ side: 'talent' });
    for (const path of ['/people/offers', '/people/offers/export.csv', '/people/offers/poster'])
      expect((await world.get(path, { as: talent })).statusCode).toBe(404);
  });

  test('hear of new offers in the e-mail of the day', async () => {
    await openPage();
    await confirmed(annegret);
    await send('unconfirmed@halden.example', { name: 'Nobody Yet' });
    world.clock.advance({ days: 1 });
    await tellTheDay(world.ctx);
    const day = (await letterRows()).find(({ kind }) => kind === 'organiser-day')!;
    const mail = renderLetter(day.facts as unknown as LetterFacts, world.organiser, english);
    expect(mail.text).toContain('Annegret von Tiefenthal put themselves forward.');
    expect(mail.text).not.toContain('Nobody Yet');
  });
});

describe('the end of the season', () => {
  const gone = async () => {
    expect(await rows()).toEqual([]);
    const left = (await letterRows()).map(({ recipientEmail, kind }) => [recipientEmail, kind]);
    expect(left.filter(([email]) => email === 'no@halden.example')).toEqual([]);
    expect(await people.findByEmail(world.db, annegret)).not.toBeNull();
  };

  async function oneTakenOneNot() {
    await openPage();
    await confirmed(annegret);
    const link = await confirmed('no@halden.example');
    await answer(annegret, 'accepted');
    await answer('no@halden.example', 'declined');
    expect((await letterRows()).filter((one) => one.recipientEmail === 'no@halden.example')).toHaveLength(2);
    return link;
  }

  test('starting the next one erases offers, and every trace of those not taken', async () => {
    const link = await oneTakenOneNot();
    const plan = { name: 'Next', startsOn: null, endsOn: null };
    await startSeason(world.ctx, world.organiser.id, world.programme.id, plan);
    await gone();
    expect((await world.get(link)).statusCode).toBe(404);
  });

  test('so does the day after its last day', async () => {
    const link = await oneTakenOneNot();
    await world.db
      .update(programmes)
      .set({ endsOn: '2026-12-01' })
      .where(eq(programmes.id, world.programme.id));
    world.clock.advance({ days: 22 });
    await deleteExpired(world.ctx);
    expect(await rows()).toHaveLength(2);
    world.clock.advance({ days: 1 });
    expect((await world.get(link)).statusCode).toBe(410);
    await deleteExpired(world.ctx);
    await gone();
  });
});
