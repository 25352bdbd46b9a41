import { describe, expect, test } from 'vitest';
import { cancel } from '../../../src/actions/events/events.ts';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import type { Letter } from '../../../src/store/letters/letters.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import { refOf } from '../../../src/store/letters/mailbox.ts';
import { events } from '../../../src/store/schema/index.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters, sentBytes, signInLetter } from '../../support/letters.ts';
import { page, useWorld, type World } from '../../support/world.ts';

const world = useWorld();

/** Everything that waits is rendered and kept, or handed to a mail server that answers so. */
async function deliverAll(of: World, send: Post['send'] = null): Promise<Letter[]> {
  const post: Post = {
    render: (letter) => letterBytes(of.ctx.mail.from, letter, of.ctx.words),
    send,
    print: () => {},
  };
  for (const letter of await allLetters(of)) await deliverLetter(of.ctx, post, letter.id);
  return allLetters(of);
}

const henrik = { name: 'Henrik Falk', email: 'henrik.falk@halden.example' };
const look = (of: World, path: string) => of.get(path, { as: of.organiser });

describe('the letters', () => {
  test('are for organisers: for anybody else there are none', async () => {
    const talent = await world.addPerson({ side: 'talent' });
    await world.post('/sign-in', { email: talent.email });
    const [letter] = await deliverAll(world);
    for (const path of [
      '/mailbox',
      `/mailbox/${refOf(letter!)}`,
      `/mailbox/${refOf(letter!)}/html`,
      `/mailbox/${refOf(letter!)}/calendar.ics`,
    ]) {
      expect((await world.get(path, { as: talent })).statusCode).toBe(404);
      expect((await world.get(path)).headers.location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    }
    expect((await look(world, `/mailbox/${refOf(letter!)}`)).statusCode).toBe(200);
  });

  test('none yet: the page says what brings the first one', async () => {
    const shown = page(await look(world, '/mailbox'));
    expect(shown('.empty strong').text()).toBe('No e-mails yet');
    expect(shown('.empty a').attr('href')).toBe('/events');
  });

  test('stand newest first, with whom they are to, when and what became of them', async () => {
    const guest = await world.addPerson(henrik);
    await published(world, [guest]);
    await world.db.update(events).set({ namelessAsking: false });
    world.clock.advance({ minutes: 5 });
    await deliverAll(world);
    await world.post('/sign-in', { email: guest.email });
    const shown = page(await look(world, '/mailbox'));
    const cells = shown('tbody tr')
      .toArray()
      .map((row) =>
        shown(row)
          .find('th, td')
          .toArray()
          .map((cell) => shown(cell).clone().find('.cell-label').remove().end().text().trim()),
      );
    expect(cells.map(([subject, to, when, state]) => [subject, to, when, state])).toEqual([
      ['Being written', 'Henrik Falkhenrik.falk@halden.example', '9 November, 09:05', 'Waiting'],
      [
        expect.stringContaining('Winter round'),
        'Henrik Falkhenrik.falk@halden.example',
        '9 November, 09:00',
        'Kept here',
      ],
    ]);
  });

  test('one dropped before it was written has its name and says so', async () => {
    const guest = await world.addPerson(henrik);
    const event = await published(world, [guest]);
    await cancel(world.ctx, event.id, '');
    const [letter] = await allLetters(world);
    const shown = page(await look(world, `/mailbox/${refOf(letter!)}`));
    expect([shown('h1').text(), shown('main .card').text().trim()]).toEqual([
      'The invitation',
      'It was dropped before it was written: it was no longer true.',
    ]);
    expect(page(await look(world, '/mailbox'))('tbody').text()).not.toContain('Being written');
  });

  test('twenty on a page, with a way to the older ones', async () => {
    for (let n = 0; n < 21; n++) {
      await world.newBrowser(`203.0.113.${n}`).post('/sign-in', { email: (await world.addPerson()).email });
    }
    const first = page(await look(world, '/mailbox'));
    expect(first('tbody tr')).toHaveLength(20);
    expect(
      first('.pager a')
        .map((_, one) => first(one).attr('href'))
        .get(),
    ).toEqual(['/mailbox?page=2']);
    const second = page(await look(world, '/mailbox?page=2'));
    expect(second('tbody tr')).toHaveLength(1);
    expect(second('.pager').text()).toContain('21 to 21 of 21');
    for (const nonsense of ['?page=99', '?page=x', '?page=-1', '?page=1&page=2']) {
      expect((await look(world, `/mailbox${nonsense}`)).statusCode).toBe(200);
    }
  });

  test('that are not there are not there', async () => {
    for (const path of [
      '/mailbox/1',
      '/mailbox/x',
      '/mailbox/99999999999',
      '/mailbox/1/html',
      '/mailbox/1/calendar.ics',
    ]) {
      expect((await look(world, path)).statusCode).toBe(404);
    }
  });
});

describe('one letter', () => {
  test('waits to be written at first', async () => {
    const guest = await world.addPerson(henrik);
    await world.post('/sign-in', { email: guest.email });
    const [letter] = await allLetters(world);
    const shown = page(await look(world, `/mailbox/${refOf(letter!)}`));
    expect(shown('section').text().trim()).toBe(
      'This e-mail is still being written. Reload the page in a moment.',
    );
    expect((await look(world, `/mailbox/${refOf(letter!)}/html`)).statusCode).toBe(404);
  });

  test('an invitation is read as text with its links, as HTML, and as a calendar invitation', async () => {
    const guest = await world.addPerson(henrik);
    const event = await published(world, [guest]);
    const [letter] = await deliverAll(world);
    const shown = page(await look(world, `/mailbox/${refOf(letter!)}`));
    const personal = `${world.ctx.baseUrl}${linkOf(world, event, guest)}`;
    expect(
      shown('section a')
        .map((_, one) => shown(one).attr('href'))
        .get(),
    ).toContain(`${personal}#ask`);
    const html = await look(world, `/mailbox/${refOf(letter!)}/html`);
    expect(html.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(html.body).toContain(personal);
    const calendar = await look(world, `/mailbox/${refOf(letter!)}/calendar.ics`);
    expect(calendar.headers['content-disposition']).toBe('attachment; filename="invite.ics"');
    expect(calendar.body).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(calendar.body).toContain('METHOD:REQUEST');
  });

  test('Output 10: its HTML is a document with a policy of its own: no script, no request, no frame', async () => {
    const guest = await world.addPerson(henrik);
    await published(world, [guest]);
    const [letter] = await deliverAll(world);
    const { headers } = await look(world, `/mailbox/${refOf(letter!)}/html`);
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
    ]);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('private, no-store');
  });

  test('Output 13: what people typed becomes no link, addresses of other sites neither', async () => {
    const guest = await world.addPerson({ ...henrik, name: 'Henrik <img src=x> Falk' });
    await published(world, [guest], {
      lede: 'See https://evil.example/x and javascript:alert(1) <b>now</b>',
    });
    const [letter] = await deliverAll(world);
    const shown = page(await look(world, `/mailbox/${refOf(letter!)}`));
    expect(shown('section').text()).toContain('javascript:alert(1) <b>now</b>');
    expect(shown('main img, main b')).toHaveLength(0);
    const links = shown('section a')
      .map((_, one) => new URL(shown(one).attr('href')!).origin)
      .get();
    expect([...new Set(links)]).toEqual([world.ctx.baseUrl]);
  });

  test('that a mail server will not have says so in the server’s words', async () => {
    const guest = await world.addPerson(henrik);
    await published(world, [guest]);
    const [letter] = await deliverAll(world, async () => ({
      kind: 'permanent',
      reply: '550 5.1.1 no such <user>',
    }));
    const shown = page(await look(world, `/mailbox/${refOf(letter!)}`));
    expect(shown('.tag').first().text()).toBe('Not delivered');
    expect(shown('.notice').text()).toContain('550 5.1.1 no such <user>');
  });

  test('without a mail server a sign-in letter shows its code and its link, and the page says what that means', async () => {
    const guest = await world.addPerson(henrik);
    await world.post('/sign-in', { email: guest.email });
    const { path, code } = await signInLetter(world, guest.email);
    const [letter] = await deliverAll(world);
    const shown = page(await look(world, `/mailbox/${refOf(letter!)}`));
    expect(shown('section').text()).toContain(code);
    expect(
      shown('section a')
        .map((_, one) => shown(one).attr('href'))
        .get(),
    ).toEqual([`${world.ctx.baseUrl}${path}`]);
    expect(page(await look(world, '/mailbox'))('.notice').text()).toContain(
      'An organiser can read everyone’s sign-in code and personal link on this page, and so act as anybody.',
    );
  });
});

describe('with a mail server', () => {
  const posted = useWorld({ mailConfigured: true });
  const sent: Post['send'] = async () => ({ kind: 'sent', reply: '250 OK' });

  test('Access 2: a sign-in letter is never shown, neither as text nor as HTML, sent or waiting', async () => {
    const guest = await posted.addPerson(henrik);
    await posted.post('/sign-in', { email: guest.email });
    const { path, code } = await signInLetter(posted, guest.email);
    const [waiting] = await allLetters(posted);
    const before = await look(posted, `/mailbox/${refOf(waiting!)}`);
    const [letter] = await deliverAll(posted, sent);
    const after = await look(posted, `/mailbox/${refOf(letter!)}`);
    expect(String(sentBytes(posted, letter!))).toContain(code);
    for (const answer of [before, after]) {
      expect(answer.statusCode).toBe(200);
      expect(page(answer)('section').text().trim()).toBe(
        'A sign-in e-mail is only for the person it is addressed to, so it is not shown here.',
      );
      expect(answer.body).not.toContain(code);
      expect(answer.body).not.toContain(path);
    }
    expect((await look(posted, `/mailbox/${refOf(letter!)}/html`)).statusCode).toBe(404);
  });

  test('an invitation is shown without the personal link, in text, HTML and calendar', async () => {
    const guest = await posted.addPerson(henrik);
    const event = await published(posted, [guest]);
    const [letter] = await deliverAll(posted, sent);
    const token = linkOf(posted, event, guest).split('/').at(-1)!;
    for (const part of ['', '/html', '/calendar.ics']) {
      const answer = await look(posted, `/mailbox/${refOf(letter!)}${part}`);
      expect(answer.body).toContain(`${posted.ctx.baseUrl}/i/…`);
      expect(answer.body.replace(/\r?\n[ \t]/g, '')).not.toContain(token);
    }
  });

  test('the list warns of nothing', async () => {
    expect(page(await look(posted, '/mailbox'))('.notice')).toHaveLength(0);
  });
});

test('a letter to nobody’s person number is still a letter', async () => {
  const now = world.clock.now;
  await world.db.transaction((tx) =>
    letters.put(tx, {
      key: 'x',
      kind: 'confirmed',
      eventId: null,
      personId: null,
      recipientName: 'x'.repeat(200),
      recipientEmail: `${'x'.repeat(64)}@${'halden-'.repeat(20)}.example`,
      facts: {},
      calendarSequence: null,
      messageId: '<x@halden.example>',
      fromEmail: null,
      siteUrl: null,
      createdAt: now,
      dueAt: now,
    }),
  );
  expect((await look(world, '/mailbox')).statusCode).toBe(200);
  const [letter] = await allLetters(world);
  expect((await look(world, `/mailbox/${encodeURIComponent(refOf(letter!))}`)).statusCode).toBe(200);
});
