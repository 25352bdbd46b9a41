import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { change } from '../../src/actions/events/events.ts';
import { readReplies } from '../../src/jobs/read-replies.ts';
import { bounceAddress } from '../../src/mail/bounce-address.ts';
import { openMailbox } from '../../src/mail/replies/mailbox.ts';
import type * as events from '../../src/store/events/events.ts';
import * as rsvps from '../../src/store/guests/rsvps.ts';
import * as letters from '../../src/store/letters/letters.ts';
import type { Person } from '../../src/store/people/people.ts';
import { calendarReplies, messagesReceived } from '../../src/store/schema/index.ts';
import {
  apple,
  gmail,
  outlook,
  type ReplyFacts,
  thunderbird,
  withCalendars,
} from '../mail/replies/messages.ts';
import { type MailServer, startDovecot } from '../support/calendar/dovecot.ts';
import { planFor, published } from '../support/events.ts';
import { invariants } from '../support/invariants.ts';
import { allLetters } from '../support/letters.ts';
import { needs } from '../support/needs.ts';
import { page, useWorld } from '../support/world.ts';

// answers from calendars, through a real mail server

const ours = 'mx.halden.example';
const bouncesTo = 'bounces@halden.example';

needs('dovecot')('the mailbox for replies', () => {
  const world = useWorld();
  let server: MailServer;
  let name = '';
  let count = 0;
  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(() => server?.stop());

  /** A mailbox nobody used, Ada invited, and ten minutes gone by. */
  async function ada(): Promise<{ person: Person; event: events.Event }> {
    count += 1;
    name = `box${count}`;
    const person = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [person], { answerBy: null });
    world.clock.advance({ minutes: 10 });
    return { person, event };
  }

  const nobodyAnswers = async () => {
    throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
  };
  const read = (ctx = world.ctx) =>
    readReplies(ctx, {
      mailbox: openMailbox(server.imapUrl(name)),
      authservId: ours,
      bouncesTo,
      resolver: nobodyAnswers,
    });
  const pass = `Authentication-Results: ${ours}; dmarc=pass header.from=halden.example`;
  const factsOf = (event: events.Event, person: Person, changes: Partial<ReplyFacts> = {}): ReplyFacts => ({
    uid: event.uid,
    guest: person.email,
    partstat: 'ACCEPTED',
    organiser: world.ctx.mail.from,
    sequence: event.sequence,
    above: [pass],
    ...changes,
  });
  const deliver = (message: Buffer, at = world.clock.now) => server.deliver(name, message, at);
  const stateOf = async (event: events.Event, person: Person) =>
    (await rsvps.find(world.db, event.id, person.id))?.state;
  const outcomes = async () =>
    (await world.db.select().from(messagesReceived))
      .map(({ state, outcome }) => `${state}: ${outcome}`)
      .sort();

  test('E1: with nothing in it there is nothing to read', async () => {
    await ada();
    expect(await read()).toBe(0);
  });

  test.each(Object.entries({ thunderbird, apple, gmail, outlook }))(
    'E1 and E8: an answer from %s counts, and the message is moved away',
    async (_, program) => {
      const { person, event } = await ada();
      await deliver(program(factsOf(event, person)));
      expect(await read()).toBe(1);
      expect(await stateOf(event, person)).toBe('coming');
      expect(await server.foldersOf(name)).toEqual({ INBOX: 0, 'Flipside read': 1 });
      expect(await outcomes()).toEqual(['done: counted']);
    },
  );

  test('E8 and E9: a forged one does not count; the invited address is asked', async () => {
    const { person, event } = await ada();
    const forged = [`Authentication-Results: mx.evil.example; dmarc=pass header.from=halden.example`];
    await deliver(thunderbird(factsOf(event, person, { above: forged, partstat: 'DECLINED' })));
    await read();
    expect(await stateOf(event, person)).toBe('invited');
    const asked = (await allLetters(world)).filter(({ kind }) => kind === 'answer-question');
    expect(asked.map(({ recipientEmail }) => recipientEmail)).toEqual([person.email]);
    expect(await outcomes()).toEqual(['done: asked']);
  });

  test('E9: a forged message does not use up the Message-ID of the real one', async () => {
    const { person, event } = await ada();
    const messageId = '<same@halden.example>';
    await deliver(thunderbird(factsOf(event, person, { above: [], partstat: 'DECLINED', messageId })));
    await deliver(thunderbird(factsOf(event, person, { messageId })));
    await read();
    expect(await stateOf(event, person)).toBe('coming');
  });

  test('E5: a stale one is kept and changes nothing', async () => {
    const { person, event } = await ada();
    const early = factsOf(event, person, { partstat: 'DECLINED' });
    await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-11T16:00', answerBy: null }));
    await deliver(thunderbird(early));
    await read();
    expect(await stateOf(event, person)).toBe('invited');
    expect(await outcomes()).toEqual(['done: earlier-time']);
  });

  test('E10: the same message twice, and the same answer in another message, count once', async () => {
    const { person, event } = await ada();
    const facts = factsOf(event, person, { messageId: '<one@halden.example>' });
    await deliver(gmail(facts));
    await deliver(gmail(facts));
    await deliver(thunderbird({ ...facts, messageId: '<two@halden.example>' }));
    await read();
    expect(await stateOf(event, person)).toBe('coming');
    expect(await server.foldersOf(name)).toEqual({ INBOX: 0, 'Flipside read': 3 });
    expect(await outcomes()).toEqual(['done: counted', 'done: known already']);
    expect((await allLetters(world)).filter(({ kind }) => kind === 'confirmed')).toHaveLength(1);
  });

  test('E10: even read by three at once, each answer counts once and every message is moved', async () => {
    const { person, event } = await ada();
    const bo = await world.addPerson({ name: 'Bo' });
    const other = await published(world, [bo], { answerBy: null });
    for (const program of [thunderbird, apple, gmail, outlook]) {
      await deliver(program(factsOf(event, person)));
      await deliver(program(factsOf(other, bo, { partstat: 'TENTATIVE' })));
    }
    await Promise.all([read(), read(), read()]);
    expect([await stateOf(event, person), await stateOf(other, bo)]).toEqual(['coming', 'maybe']);
    expect((await server.foldersOf(name)).INBOX).toBe(0);
    expect(await world.db.$count(calendarReplies, eq(calendarReplies.outcome, 'counted'))).toBe(2);
    expect((await allLetters(world)).filter(({ kind }) => kind === 'confirmed')).toHaveLength(1);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });

  test('E10: what fails three times is put aside, and does not hold up the others', async () => {
    const { person, event } = await ada();
    const bo = await world.addPerson({ name: 'Bo' });
    const other = await published(world, [bo], { answerBy: null });
    await deliver(thunderbird(factsOf(event, person)));
    await deliver(thunderbird(factsOf(other, bo)));
    const broken = {
      ...world.ctx,
      queue: async () => {
        throw new Error('the queue is away');
      },
    };
    expect([await read(broken), await read(broken)]).toEqual([0, 0]);
    expect(await server.foldersOf(name)).toEqual({ INBOX: 2 });
    await read(broken);
    expect(await server.foldersOf(name)).toEqual({ INBOX: 0, 'Flipside put aside': 2 });
    expect(await stateOf(event, person)).toBe('invited');
    await deliver(apple(factsOf(other, bo)));
    expect(await read()).toBe(1);
    expect(await stateOf(other, bo)).toBe('coming');
  });

  test('E1: hostile messages are put away unharmed', async () => {
    const { person, event } = await ada();
    const facts = factsOf(event, person);
    await deliver(Buffer.from('no mail at all'));
    await deliver(Buffer.concat([thunderbird(facts), Buffer.alloc(2 * 1024 * 1024, 'x')]));
    await deliver(withCalendars(facts, [`BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(5000)}`]));
    await deliver(
      Buffer.from(
        `From: ${person.email}\r\nFrom: eve@evil.example\r\n${thunderbird(facts)
          .toString()
          .replace(/^From:.*\r\n/m, '')}`,
      ),
    );
    await deliver(
      Buffer.from(`Content-Type: ${'multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: '.repeat(300)}`),
    );
    await read();
    expect(await stateOf(event, person)).toBe('invited');
    expect((await server.foldersOf(name)).INBOX).toBe(0);
    await deliver(outlook(facts));
    await read();
    expect(await stateOf(event, person)).toBe('coming');
  });

  test('E2: what a person writes is put aside for a person to read', async () => {
    const { person, event } = await ada();
    await deliver(
      Buffer.from('From: ada@halden.example\r\nMessage-ID: <a@b>\r\n\r\nMay I bring my dog?\r\n'),
    );
    await read();
    const large = { ...factsOf(event, person), comment: 'x'.repeat(300 * 1024) };
    await deliver(thunderbird({ ...large, messageId: '<large@halden.example>' }));
    await read();
    expect(await server.foldersOf(name)).toEqual({ INBOX: 0, 'Flipside put aside': 2 });
    const shown = page(await world.get('/mailbox/put-aside', { as: world.organiser }));
    const rows = shown('tbody tr')
      .toArray()
      .map((row) => [
        shown(row).find('th').text(),
        shown(row).find('td').last().clone().find('.cell-label').remove().end().text().trim(),
      ]);
    expect(rows.toSorted()).toEqual(
      [
        ['ada@halden.example', 'Someone wrote to it.'],
        [person.email, 'Its calendar part is larger than any answer, so it was not read.'],
      ].toSorted(),
    );
    expect(page(await world.get('/mailbox', { as: world.organiser }))('main').text()).toContain(
      'Mail put aside: 2 messages',
    );
  });

  test('C9: a report on a letter makes that letter one that did not arrive, and is no answer', async () => {
    const { person, event } = await ada();
    const [letter] = await allLetters(world);
    await letters.close(world.db, letter!.id, { state: 'sent', reply: '250 ok', sentAt: world.clock.now });
    const report = (to: string) =>
      [
        'From: MAILER-DAEMON@halden.example',
        `To: ${to}`,
        `Message-ID: <report-${to}>`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
        '',
        '--r',
        'Content-Type: text/plain',
        '',
        'Undeliverable',
        '--r',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.halden.example',
        '',
        `Final-Recipient: rfc822; ${person.email}`,
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 No such user',
        '--r',
        'Content-Type: message/rfc822',
        '',
        thunderbird(factsOf(event, person)).toString(),
        '--r--',
        '',
      ].join('\r\n');
    await deliver(Buffer.from(report(`bounces+${letter!.id}-0123456789abcdef@halden.example`)));
    await read();
    expect((await letters.find(world.db, letter!.id))?.state).toBe('sent');
    await deliver(Buffer.from(report(bounceAddress(bouncesTo, letter!.id, world.ctx.secret))));
    await read();
    const now = await letters.find(world.db, letter!.id);
    expect([now?.state, now?.reply]).toEqual(['dead', '5.1.1 550 5.1.1 No such user']);
    expect(await stateOf(event, person)).toBe('invited');
  });

  describe('E1: what comes', () => {
    test('is noticed at once', async () => {
      const { person, event } = await ada();
      const mailbox = openMailbox(server.imapUrl(name));
      let arrived = () => {};
      const arrivals: number[] = [];
      mailbox.watch(() => {
        arrivals.push(arrivals.length);
        arrived();
      });
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
      const next = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      await deliver(thunderbird(factsOf(event, person)));
      await next;
      expect(await read()).toBe(1);
      await mailbox.close();
    });

    test('a mailbox that cannot be reached is said and tried again, and stops nothing', async () => {
      const said: unknown[] = [];
      const mailbox = openMailbox('imap://ada:secret@127.0.0.1:1/INBOX', (error) => said.push(error));
      await expect(mailbox.readAll(async () => 'read')).rejects.toThrow();
      await mailbox.close();
    });
  });
});
