import fs from 'node:fs';
import { sql } from 'drizzle-orm';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { change } from '../../../src/actions/events/events.ts';
import { addressesOf } from '../../../src/actions/letters/addresses.ts';
import { cancelHeldBack, sendFromHere } from '../../../src/actions/letters/other-addresses.ts';
import type { Context } from '../../../src/context.ts';
import { deliverLetter, sendStrandedLetters } from '../../../src/jobs/deliver-letter.ts';
import { openPost } from '../../../src/jobs/post.ts';
import { stranded } from '../../../src/store/letters/delivery.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import { type Fault, type MailServer, openMailServer } from '../../faults/mail-server.ts';
import { planFor, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld({ mailConfigured: true });
const [before, after] = ['reverse-mentoring@halden.example', 'invitations@flipside.halden.example'];
const newSite = 'https://flipside.new.example';

let server: MailServer;
let fault: Fault;
beforeEach(async () => {
  fault = 'take';
  server = await openMailServer((to) => (to === '' ? 'take' : fault));
});
afterEach(() => server.close());

/** Every letter that is due, delivered as a process with these settings would. */
async function deliverAll(ctx: Context = world.ctx): Promise<void> {
  const post = openPost(ctx, server.url);
  for (const { id } of await stranded(ctx.db, ctx.now(), addressesOf(ctx)))
    await deliverLetter(ctx, post, id);
  post.close();
}

/** The program started again with another MAIL_FROM, on the pages too. */
function setMailFrom(from: string): void {
  world.ctx.mail.from = from;
}

const movedTo = (baseUrl: string): Context => ({ ...world.ctx, baseUrl });

async function invited() {
  const ada = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [ada]);
  world.clock.advance({ seconds: 11 });
  return { ada, event };
}

const all = async () => (await letters.newest(world.db, 100, 0)).reverse();
const states = async () => (await all()).map(({ kind, state }) => `${kind} ${state}`);

async function received() {
  return Promise.all(
    server.taken.map(async ({ bytes, messageId }) => {
      const mail = await simpleParser(bytes);
      const calendar = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
      const ics = calendar?.content.toString().replace(/\r\n /g, '') ?? '';
      return {
        messageId,
        from: mail.from?.value[0]?.address,
        replyTo: mail.replyTo?.value.map(({ address }) => address),
        organiser: /^ORGANIZER.*mailto:(\S+)/m.exec(ics)?.[1],
        text: mail.text ?? '',
      };
    }),
  );
}

describe('when MAIL_FROM changes while an invitation waits', () => {
  test('the invitation waits on, organisers are told why, and nobody’s address is blamed', async () => {
    const { event } = await invited();
    setMailFrom(after);
    await deliverAll();
    await deliverLetter(world.ctx, openPost(world.ctx, server.url), (await all())[0]!.id);
    expect(await states()).toEqual(['invitation waiting']);
    expect(server.taken).toEqual([]);
    for (const path of ['/mailbox', '/events', '/settings/audit-log', `/events/${event.id}/invitations`]) {
      const html = page(await world.get(path, { as: world.organiser }));
      expect([path, html('form[action="/mailbox/waiting/sending"] p').text()]).toEqual([
        path,
        `1 e-mail waits because Flipside’s address changed. They were written to come from ${before}. E-mails now come from ${after}.`,
      ]);
      expect(html('#failed').length).toBe(0);
    }
  });

  test('one press sends it from the new address, with an ORGANIZER that is the sender, since no calendar holds it', async () => {
    const { event } = await invited();
    setMailFrom(after);
    const answer = await world.post('/mailbox/waiting/sending', {}, { as: world.organiser });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/mailbox?said=sent-from-here']);
    await deliverAll();
    expect(await received()).toMatchObject([
      { from: after, organiser: after, replyTo: [world.organiser.email] },
    ]);
    const notice = page(await world.get(`/events/${event.id}/invitations`, { as: world.organiser }));
    expect(notice('form[action="/mailbox/waiting/sending"]').length).toBe(0);
  });

  test('another press cancels it', async () => {
    await invited();
    setMailFrom(after);
    await world.post('/mailbox/waiting/cancellation', {}, { as: world.organiser });
    expect(await states()).toEqual(['invitation cancelled']);
    expect(await sendFromHere(world.ctx, world.organiser.id)).toBe(0);
  });

  test('set back, it goes out as it was', async () => {
    await invited();
    setMailFrom(after);
    await deliverAll();
    setMailFrom(before);
    await deliverAll();
    expect(await received()).toMatchObject([{ from: before, organiser: before }]);
  });

  test('a sign-in e-mail goes out at once from the new address', async () => {
    const { ada } = await invited();
    await deliverAll();
    await world.post('/sign-in', { email: ada.email });
    setMailFrom(after);
    await deliverAll();
    expect((await received()).map(({ from }) => from)).toEqual([before, after]);
  });

  test('of an event that is over meanwhile nothing is sent', async () => {
    await invited();
    setMailFrom(after);
    world.clock.advance({ days: 40 });
    expect(await sendFromHere(world.ctx, world.organiser.id)).toBe(0);
    expect((await states())[0]).toBe('invitation cancelled');
  });
});

describe('an event that guests’ calendars hold', () => {
  test('keeps its ORGANIZER whatever MAIL_FROM is, named in Reply-To, and organisers learn which address to forward', async () => {
    const { event } = await invited();
    await deliverAll();
    setMailFrom(after);
    await change(world.ctx, event.id, planFor(world, [], { place: 'The Library' }));
    world.clock.advance({ seconds: 11 });
    await deliverAll();
    expect(await received()).toMatchObject([
      { from: before, organiser: before, replyTo: [world.organiser.email] },
      { from: after, organiser: before, replyTo: [world.organiser.email, before] },
    ]);
    const mailbox = page(await world.get('/mailbox', { as: world.organiser }));
    expect(mailbox('.notice').text().trim()).toBe(
      `Calendars of guests who were invited before still answer to ${before}. Have it forwarded to ${after} until Thursday 10 December 2026.`,
    );
  });

  test('keeps it in a letter that waited through the change', async () => {
    const { event } = await invited();
    await deliverAll();
    await change(world.ctx, event.id, planFor(world, [], { place: 'The Library' }));
    world.clock.advance({ seconds: 11 });
    setMailFrom(after);
    await sendFromHere(world.ctx, world.organiser.id);
    await deliverAll();
    expect((await received())[1]).toMatchObject({ from: after, organiser: before });
  });
});

describe('when BASE_URL changes, or a backup is restored at another address', () => {
  test('a letter that a busy server put off waits, then goes with links to the new site under its Message-ID', async () => {
    await invited();
    fault = 'greylist';
    await deliverAll();
    fault = 'take';
    world.clock.advance({ minutes: 1 });
    const moved = movedTo(newSite);
    await deliverAll(moved);
    expect([await states(), server.taken]).toEqual([['invitation waiting'], []]);
    const [letter] = await all();
    expect(await sendFromHere(moved, world.organiser.id)).toBe(1);
    await deliverAll(moved);
    const [got] = await received();
    expect(got!.messageId).toBe(letter!.messageId);
    expect(got!.text).toContain(`${newSite}/i/`);
    expect(got!.text).not.toContain(world.ctx.baseUrl);
  });

  test('its 48 hours with a busy server begin when an organiser chose', async () => {
    await invited();
    const moved = movedTo(newSite);
    world.clock.advance({ hours: 72 });
    await sendFromHere(moved, world.organiser.id);
    fault = 'greylist';
    await deliverAll(moved);
    expect(await states()).toEqual(['invitation waiting']);
  });

  test('it is not queued minute after minute while it waits', async () => {
    await invited();
    expect(await sendStrandedLetters(world.ctx)).toBe(1);
    expect(await sendStrandedLetters(movedTo(newSite))).toBe(0);
  });
});

describe('a letter that Flipside gave up before it knew of this', () => {
  async function givenUp() {
    const { ada, event } = await invited();
    const [letter] = await all();
    const reply = `ORGANIZER is ${before} but the letter comes from ${after}`;
    await letters.close(world.db, letter!.id, { state: 'dead', reply, sentAt: null });
    setMailFrom(after);
    return { ada, event };
  }

  test('stands among those that wait, not as an address to correct', async () => {
    const { event } = await givenUp();
    const html = page(await world.get(`/events/${event.id}/invitations`, { as: world.organiser }));
    expect(html('#failed').length).toBe(0);
    expect(html('.counts').text()).toContain('1waiting');
    expect(html('form[action="/mailbox/waiting/sending"] strong').text()).toContain('1 e-mail waits');
    const overview = page(await world.get(`/events/${event.id}`, { as: world.organiser }));
    expect(overview('main').text()).not.toMatch(/not arrive|failed/i);
  });

  test('is told again with the same press, as things are now', async () => {
    const { ada } = await givenUp();
    expect(await sendFromHere(world.ctx, world.organiser.id)).toBe(1);
    await deliverAll();
    expect(server.taken.map(({ to }) => to)).toEqual([ada.email]);
    expect(await received()).toMatchObject([{ from: after, organiser: after }]);
    expect(await sendFromHere(world.ctx, world.organiser.id)).toBe(0);
  });

  test('or left with the other', async () => {
    await givenUp();
    expect(await cancelHeldBack(world.ctx, world.organiser.id)).toBe(1);
    expect(await sendFromHere(world.ctx, world.organiser.id)).toBe(0);
  });
});

test('the upgrade reads from what was sent which ORGANIZER calendars hold, and from what waits whom it comes from', async () => {
  const { event } = await invited();
  await deliverAll();
  await change(world.ctx, event.id, planFor(world, [], { place: 'The Library' }));
  world.clock.advance({ seconds: 11 });
  await world.db.execute(sql`UPDATE events SET calendar_address = NULL`);
  await world.db.execute(sql`UPDATE letters SET from_email = NULL, site_url = NULL`);
  const migration = fs.readFileSync('drizzle/0021_letters_keep_their_address.sql', 'utf8');
  for (const statement of migration.split('--> statement-breakpoint'))
    if (/^\s*UPDATE/.test(statement)) await world.db.execute(sql.raw(statement));
  setMailFrom(after);
  await deliverAll();
  expect(server.taken).toHaveLength(1);
  await sendFromHere(world.ctx, world.organiser.id);
  await deliverAll();
  expect((await received())[1]).toMatchObject({ from: after, organiser: before });
});
