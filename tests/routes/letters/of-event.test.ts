import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import * as events from '../../../src/store/events/events.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import { refOf } from '../../../src/store/letters/mailbox.ts';
import * as people from '../../../src/store/people/people.ts';
import { drafted, linkOf, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

// which letters of an event went out and will

const world = useWorld();
const as = () => ({ as: world.organiser });
const clean = (text: string) => text.replace(/\s+/g, ' ').trim();

const postThat = (refuses: (letter: letters.Letter) => boolean): Post => ({
  render: async ({ recipientName }) => ({
    subject: `Hello ${recipientName}`,
    bytes: Buffer.from(recipientName),
  }),
  send: async (letter) =>
    refuses(letter)
      ? { kind: 'permanent', reply: '550 5.1.1 no such mailbox' }
      : { kind: 'sent', reply: '250 fine' },
  print: () => {},
});

async function deliver(refuses: (letter: letters.Letter) => boolean = () => false): Promise<void> {
  for (const { id } of await allLetters(world)) await deliverLetter(world.ctx, postThat(refuses), id);
}

const invitations = async (id: number, query = '') =>
  page(await world.get(`/events/${id}/invitations${query}`, as()));

describe('before anything goes out', () => {
  test('the page says what will fill it and leads to the review', async () => {
    const event = await drafted(world, [await world.addPerson()]);
    const $ = await invitations(event.id);
    expect($('.empty strong').text()).toBe('Nothing has gone out');
    expect($('.empty a').attr('href')).toBe(`/events/${event.id}/review`);
  });

  test('ten seconds remain to take the invitations back, without a script', async () => {
    const event = await drafted(world, [await world.addPerson({ name: 'Ada' }), await world.addPerson()]);
    const answered = await world.post(`/events/${event.id}/publication`, {}, as());
    const $ = page(await world.get(String(answered.headers.location), as()));
    expect(clean($('#undo').text())).toBe('2 e-mails are kept here in 10 seconds. Undo');
    const back = await world.post($('#undo form').attr('action')!, {}, as());
    expect(back.headers.location).toBe(`/events/${event.id}?said=taken-back`);
    expect((await events.find(world.db, event.id))?.state).toBe('draft');
    expect(await allLetters(world)).toEqual([]);
  });

  test('after them it says so and changes nothing', async () => {
    const event = await drafted(world, [await world.addPerson()]);
    await world.post(`/events/${event.id}/publication`, {}, as());
    const action = (await invitations(event.id))('#undo form').attr('action')!;
    world.clock.advance({ seconds: 10 });
    expect((await invitations(event.id))('#undo').text()).toBe('');
    const late = await world.post(action, {}, as());
    expect(late.statusCode).toBe(409);
    expect(page(late)('main').text()).toContain('The ten seconds are over');
    expect((await events.find(world.db, event.id))?.state).toBe('published');
  });

  test('the panel comes alone when htmx asks for it', async () => {
    const event = await drafted(world, [await world.addPerson()]);
    await world.post(`/events/${event.id}/publication`, {}, as());
    const panel = await world.get(`/events/${event.id}/invitations`, {
      ...as(),
      headers: { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#undo' },
    });
    expect(panel.body).toMatch(/^<div id="undo"/);
    expect(panel.body).not.toContain('<html');
  });
});

describe('a letter that did not arrive', () => {
  async function refusedTo(name: string) {
    const [ada, bo] = [
      await world.addPerson({ name, email: 'ada.old@halden.example' }),
      await world.addPerson(),
    ];
    const event = await published(world, [ada, bo]);
    await deliver(({ recipientName }) => recipientName === name);
    const [letter] = (await allLetters(world)).filter(({ state }) => state === 'dead');
    return { ada, bo, event, letter: letter! };
  }

  test('is shown with the name, the address and the server’s words', async () => {
    const { event } = await refusedTo('Ada Lind');
    const $ = await invitations(event.id);
    expect(clean($('#failed').text())).toContain('Ada Lind');
    expect(clean($('#failed').text())).toContain(
      'The mail server did not take the e-mail to ada.old@halden.example. It said: 550 5.1.1 no such mailbox',
    );
    expect(clean($('ul.counts [data-tone=stop]').text())).toBe('1failedneeds a new address');
  });

  test('waits for an organiser on the overview as well', async () => {
    const { event } = await refusedTo('Ada Lind');
    const $ = page(await world.get(`/events/${event.id}`, as()));
    const need = $('.needs li').filter((_, one) => $(one).text().includes('1 e-mail did not arrive'));
    expect(need.find('a').attr('href')).toBe(`/events/${event.id}/invitations#failed`);
  });

  test('goes out again to the corrected address, with the invitation for the calendar there', async () => {
    const { ada, event, letter } = await refusedTo('Ada Lind');
    const field = `email-${refOf(letter)}`;
    const answered = await world.post(
      `/events/${event.id}/letters/${refOf(letter)}/address`,
      { [field]: 'ada.new@halden.example' },
      as(),
    );
    expect(answered.headers.location).toBe(`/events/${event.id}/invitations?said=corrected`);
    expect((await people.find(world.db, ada.id))?.email).toBe('ada.new@halden.example');
    const newest = (await allLetters(world)).at(-1)!;
    expect([newest.kind, newest.recipientEmail, newest.state]).toEqual([
      'invitation',
      'ada.new@halden.example',
      'waiting',
    ]);
    expect(newest.messageId).not.toBe(letter.messageId);
    expect((await invitations(event.id))('#failed').length).toBe(0);
  });

  test('an address that two people share is corrected for one of them, or for both', async () => {
    const { ada, event, letter } = await refusedTo('Ada Lind');
    const shared = { name: 'Cy Moe', email: ada.email, side: 'senior', isShared: 'on' };
    await world.post('/people', shared, as());
    const field = `email-${refOf(letter)}`;
    const $ = await invitations(event.id);
    expect($('#failed [name=withOthers]').parent().text()).toContain('Cy Moe');
    const typed = { [field]: 'office@halden.example', withOthers: 'on' };
    const answered = await world.post(`/events/${event.id}/letters/${refOf(letter)}/address`, typed, as());
    expect(answered.statusCode).toBe(303);
    const there = await people.allWithEmail(world.db, 'office@halden.example');
    expect(there.map(({ name }) => name).toSorted()).toEqual(['Ada Lind', 'Cy Moe']);
  });

  test('an address that is somebody else’s can be shared with one more press', async () => {
    const { bo, event, letter } = await refusedTo('Ada Lind');
    const field = `email-${refOf(letter)}`;
    const path = `/events/${event.id}/letters/${refOf(letter)}/address`;
    const asked = await world.post(path, { [field]: bo.email }, as());
    expect(page(asked)('#failed button[name=isShared]').text()).toContain('Two people, one address');
    expect((await world.post(path, { [field]: bo.email, isShared: 'on' }, as())).statusCode).toBe(303);
    expect((await people.allWithEmail(world.db, bo.email)).length).toBe(2);
  });

  test('keeps what was typed where it is no address, or somebody else’s', async () => {
    const { bo, event, letter } = await refusedTo('Ada Lind');
    const field = `email-${refOf(letter)}`;
    for (const [typed, sentence] of [
      ['ada', 'it has no @'],
      [bo.email, `${bo.name} has this address already. Use another, or edit ${bo.name}.`],
    ] as const) {
      const answered = await world.post(
        `/events/${event.id}/letters/${refOf(letter)}/address`,
        { [field]: typed },
        as(),
      );
      expect(answered.statusCode).toBe(422);
      const $ = page(answered);
      expect($(`#${field}`).val()).toBe(typed);
      expect($(`#${field}-error`).text()).toContain(sentence);
      expect($('.error-summary a').attr('href')).toBe(`#${field}`);
    }
    expect((await allLetters(world)).length).toBe(2);
  });

  test('can be left as it is', async () => {
    const { event, letter } = await refusedTo('Ada Lind');
    await world.post(`/events/${event.id}/letters/${refOf(letter)}/settlement`, {}, as());
    expect((await invitations(event.id))('#failed').length).toBe(0);
    expect((await letters.find(world.db, letter.id))?.state).toBe('dead');
  });

  test('of another event is not found', async () => {
    const { letter } = await refusedTo('Ada Lind');
    const other = await published(world, [await world.addPerson()]);
    const answered = await world.post(`/events/${other.id}/letters/${refOf(letter)}/settlement`, {}, as());
    expect(answered.statusCode).toBe(404);
  });
});

describe('what went out', () => {
  test('is told by letter and by person', async () => {
    const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
    const event = await published(world, [ada, bo]);
    await deliver();
    await answer(world.ctx, event.id, ada.id, 'yes');
    const rows = (await invitations(event.id))('table tbody tr').toArray();
    const $ = await invitations(event.id);
    expect(rows.length).toBe(2);
    expect(
      $('table tbody tr')
        .toArray()
        .map((row) => [clean($(row).find('th a').text()), clean($(row).find('.tag').text())]),
    ).toEqual([
      ['You are coming', '1 waiting'],
      ['The invitation', '2 sent'],
    ]);
    const by = await invitations(event.id, '?by=person');
    expect(
      by('table tbody tr')
        .toArray()
        .map((row) => [clean(by(row).find('.person').text()).includes('Ada'), by(row).find('ul li').length]),
    ).toEqual([
      [true, 2],
      [false, 1],
    ]);
  });

  test('one person gets how things stand once more', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada]);
    await deliver();
    await answer(world.ctx, event.id, ada.id, 'yes');
    await deliver();
    const action = (await invitations(event.id, '?by=person'))('form[action$="/copy"]').attr('action')!;
    await world.post(action, {}, as());
    await world.post(action, {}, as());
    expect((await allLetters(world)).map(({ kind }) => kind)).toEqual([
      'invitation',
      'confirmed',
      'confirmed',
    ]);
  });
});

describe('reminders', () => {
  test('to everyone without an answer go out by one press, and can be taken back', async () => {
    const [ada, bo, cy] = [
      await world.addPerson({ name: 'Ada' }),
      await world.addPerson({ name: 'Bo' }),
      await world.addPerson({ name: 'Cy' }),
    ];
    const event = await published(world, [ada, bo, cy]);
    await deliver();
    await answer(world.ctx, event.id, cy.id, 'no');
    const $ = await invitations(event.id);
    expect(clean($('.needs').text())).toContain('2 have not answered');
    expect(clean($('.needs form button').first().text())).toBe('Remind all 2');
    const answered = await world.post(`/events/${event.id}/reminders`, {}, as());
    expect(answered.headers.location).toBe(`/events/${event.id}/invitations?said=reminded`);
    const asked = await invitations(event.id);
    expect(clean(asked('#undo').text())).toBe('2 e-mails are kept here in 10 seconds. Undo');
    expect(asked('.needs form').length).toBe(0);
    await world.post(asked('#undo form').attr('action')!, {}, as());
    expect((await allLetters(world)).filter(({ kind }) => kind === 'reminder')).toEqual([]);
  });

  test('nobody who may be asked: the sentence says to call', async () => {
    const event = await published(world, [await world.addPerson()]);
    await world.post(`/events/${event.id}/reminders`, {}, as());
    const again = await world.post(`/events/${event.id}/reminders`, {}, as());
    expect(again.statusCode).toBe(409);
    expect(page(again)('main').text()).toContain('Call them instead');
  });

  test('planned ones are named with their day and whom they reach, and can be stopped and taken up again', async () => {
    const event = await published(world, [await world.addPerson()]);
    const $ = await invitations(event.id);
    expect(
      $('#next li h3')
        .toArray()
        .map((one) => $(one).text()),
    ).toEqual([
      'A short reminder',
      'A short reminder',
      'Your brief is due soon',
      'A short reminder',
      'Who sits at your table',
      'See you soon',
      'Who sits at your table',
      'About to start',
    ]);
    expect(clean($('#next li').first().text())).toContain(
      'Thursday 19 November, 08:30. To 1 person today: those without an answer.',
    );
    await world.post(`/events/${event.id}/reminders/answer-first/stop`, {}, as());
    const stopped = await invitations(event.id);
    expect(clean(stopped('#next li').first().text())).toContain(
      'Stopped Planned for Thursday 19 November, 08:30.',
    );
    await world.post(`/events/${event.id}/reminders/answer-first/resumption`, {}, as());
    expect((await invitations(event.id))('#next .tag').length).toBe(0);
  });

  test('a planned one sent now does not go out again at its time', async () => {
    const event = await published(world, [await world.addPerson()]);
    await world.post(`/events/${event.id}/reminders/answer-first/sending`, {}, as());
    const $ = await invitations(event.id);
    expect(clean($('#next li').first().text())).toContain(
      'To 0 people today: those still without an answer.',
    );
    const sent = clean($('main table tbody').first().text());
    expect(sent).toContain($('#next li h3').first().text());
    expect((await allLetters(world)).filter(({ kind }) => kind === 'reminder').length).toBe(1);
  });

  test('of a kind nobody knows are not found', async () => {
    const event = await published(world, [await world.addPerson()]);
    expect((await world.post(`/events/${event.id}/reminders/all/stop`, {}, as())).statusCode).toBe(404);
  });
});

describe('a guest ends the reminders of one event', () => {
  test('on a page, and takes them up again', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    const token = link.split('/')[2]!;
    const $ = page(await world.get(`${link}/reminders`));
    expect($('h1').text()).toBe('Reminders about this event');
    await world.post(`${link}/reminders/choice`, { reminders: 'off' }, { link: token });
    expect((await rsvps.find(world.db, event.id, ada.id))?.remindersOffAt).not.toBeNull();
    expect(page(await world.get(`${link}/reminders`))('h1').text()).toBe('No reminders about this event');
    await world.post(`${link}/reminders/choice`, { reminders: 'on' }, { link: token });
    expect((await rsvps.find(world.db, event.id, ada.id))?.remindersOffAt).toBeNull();
  });

  test('by the button of their mail program, which comes from another server; looking changes nothing', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const url = `${linkOf(world, event, ada)}/reminders`;
    await world.get(url);
    expect((await rsvps.find(world.db, event.id, ada.id))?.remindersOffAt).toBeNull();
    const answered = await world.app.inject({
      method: 'POST',
      url,
      headers: { host: new URL(world.ctx.baseUrl).host, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect([answered.statusCode, answered.body]).toEqual([
      200,
      'You get no more reminders about this event.\n',
    ]);
    expect((await rsvps.find(world.db, event.id, ada.id))?.remindersOffAt).not.toBeNull();
  });

  test('by a link nobody was given: there is nothing', async () => {
    expect((await world.get('/i/0000000000000000000000000000/reminders')).statusCode).toBe(404);
  });
});
