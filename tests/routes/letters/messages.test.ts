// An organiser writes to a group; and where no mail server is set, nothing is said to have left.
import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { appoint } from '../../../src/actions/guests/facilitators.ts';
import { drafted, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const asOrganiser = () => ({ as: world.organiser });
const messages = async () => (await allLetters(world)).filter(({ kind }) => kind === 'message');

function fieldsOf(shown: Answer, action: string): Record<string, string> {
  const form = page(shown)(`form[action="${action}"]`);
  const fields = form.serializeArray().map(({ name, value }) => [name, value]);
  return Object.fromEntries(fields.filter(([name]) => name !== '_token'));
}

/** Opens the form and fills it in as a browser would. */
async function opened(path: string, values: Record<string, string>, as = world.organiser) {
  return { ...fieldsOf(await world.get(path, { as }), path), ...values };
}

describe('writing to the people of an event', () => {
  test('shows the groups with their numbers, previews it as the first reader gets it, and sends', async () => {
    const [ada, bo] = [await world.addPerson({ name: 'Ada Ek' }), await world.addPerson({ name: 'Bo Ås' })];
    const event = await published(world, [ada, bo]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    const path = `/events/${event.id}/message`;
    const form = page(await world.get(path, asOrganiser()));
    const groups = form('.box')
      .map((_, one) => form(one).text().replace(/\s+/g, ' ').trim())
      .get();
    expect(groups).toContain('Everyone coming1 person');
    expect(groups).toContain('Senior managers who have not answered1 person');
    expect(form('input[name="group"][checked]').val()).toBe('open-seniors');

    const typed = await opened(path, {
      group: 'coming',
      subject: 'Coats',
      body: 'Dear {First name}, level 8.',
    });
    const preview = await world.post(path, { ...typed, do: 'preview' }, asOrganiser());
    expect(preview.statusCode).toBe(200);
    expect(page(preview)('#preview .letter').text()).toContain('Dear Ada, level 8.');
    expect(page(preview)('button[value="send"]').text()).toContain('Send to 1 person');
    expect(await messages()).toEqual([]);

    const again = fieldsOf(preview, path);
    expect(again).toMatchObject({ group: 'coming', subject: 'Coats', formKey: typed.formKey });
    const trial = await world.post(path, { ...again, do: 'trial' }, asOrganiser());
    expect(page(trial)('[role="status"]').text()).toContain('A copy for you is kept here, under E-mails.');
    expect((await messages()).map(({ recipientName }) => recipientName)).toEqual(['Ida Nordby']);

    const sent = await world.post(path, { ...fieldsOf(trial, path), do: 'send' }, asOrganiser());
    expect(sent.headers.location).toBe(`/events/${event.id}/invitations?said=written`);
    expect((await messages()).map(({ recipientName }) => recipientName)).toEqual(['Ida Nordby', 'Ada Ek']);
    const after = page(await world.get(String(sent.headers.location), asOrganiser()));
    expect(after('#undo button').text()).toBe('Undo');
    const mailbox = page(await world.get('/mailbox', asOrganiser()));
    expect(mailbox('main').text()).toContain('Ada Ek');
  });

  test('with nothing written, a gap nobody can fill or an empty group says what to do, and keeps the words', async () => {
    const event = await published(world, [await world.addPerson()]);
    const path = `/events/${event.id}/message`;
    const empty = await world.post(path, await opened(path, { group: 'coming', do: 'send' }), asOrganiser());
    expect(empty.statusCode).toBe(422);
    expect(page(empty)('#subject-error, #body-error, #group-error').length).toBe(3);
    const nasty = '<img src=x onerror=alert(1)> "{First name}" \u202e\u0000 {Nonsense}';
    const wrong = await world.post(
      path,
      await opened(path, { group: 'open', subject: 'Hello', body: nasty, do: 'preview' }),
      asOrganiser(),
    );
    expect(wrong.statusCode).toBe(422);
    expect(page(wrong)('#body-error').text()).toContain('This e-mail cannot fill {Nonsense}.');
    expect(wrong.body).not.toContain('<img src=x');
    expect(fieldsOf(wrong, path).subject).toBe('Hello');
    const long = await world.post(
      path,
      await opened(path, { group: 'open', subject: 'x'.repeat(121), body: 'y'.repeat(5001) }),
      asOrganiser(),
    );
    expect(page(long)('#subject-error').text()).toContain('at most 120 characters');
    expect(page(long)('#body-error').text()).toContain('at most 5,000 characters');
    expect((await world.post(path, { group: 'aliens' }, asOrganiser())).statusCode).toBe(422);
    expect(await messages()).toEqual([]);
  });

  test('of two organisers at once, the second reads the first one’s before sending', async () => {
    const other = await world.addPerson({ name: 'Bo Ek', isOrganiser: true });
    const event = await published(world, [await world.addPerson()]);
    const path = `/events/${event.id}/message`;
    const values = { group: 'everyone', body: 'Level 8.', do: 'send' };
    const second = await opened(path, { ...values, subject: 'Where to put coats' }, other);
    await world.post(path, await opened(path, { ...values, subject: 'Coats' }), asOrganiser());
    const refused = await world.post(path, second, { as: other });
    expect(refused.statusCode).toBe(409);
    expect(page(refused)('main').text()).toContain('Ida Nordby has just written “Coats”.');
    const again = fieldsOf(refused, path);
    expect(again.subject).toBe('Where to put coats');
    expect((await world.post(path, { ...again, do: 'send' }, { as: other })).statusCode).toBe(303);
    expect(await messages()).toHaveLength(2);
  });

  test('is for organisers, and of a draft leads to its review first', async () => {
    const guest = await world.addPerson();
    const event = await drafted(world, [guest]);
    const path = `/events/${event.id}/message`;
    expect((await world.get(path, { as: guest })).statusCode).toBe(404);
    const shown = page(await world.get(path, asOrganiser()));
    expect(
      shown('main a.btn')
        .map((_, one) => shown(one).attr('href'))
        .get(),
    ).toContain(`/events/${event.id}/review`);
    const forced = { formKey: crypto.randomUUID(), group: 'everyone', subject: 'A', body: 'B', do: 'send' };
    expect((await world.post(path, forced, asOrganiser())).statusCode).toBe(409);
  });
});

test('writing to all young talents can be taken back for ten seconds from the same page', async () => {
  await world.addPerson({ name: 'Amina', side: 'talent' });
  const path = '/messages';
  const typed = await opened(path, { group: 'talents', subject: 'Welcome', body: 'Hello {First name}.' });
  const sent = await world.post(path, { ...typed, do: 'send' }, asOrganiser());
  expect(sent.headers.location).toBe(`${path}?sent=${typed.formKey}`);
  const shown = await world.get(String(sent.headers.location), asOrganiser());
  const back = fieldsOf(shown, `${path}/withdrawal`);
  expect(page(shown)('.toast').text()).toContain('One e-mail is kept here in ten seconds.');
  expect(await messages()).toHaveLength(1);
  expect((await world.post(`${path}/withdrawal`, back, asOrganiser())).headers.location).toBe(
    '/mailbox?said=taken-back',
  );
  expect(await messages()).toEqual([]);
  expect((await world.post(`${path}/withdrawal`, { formKey: '%' }, asOrganiser())).statusCode).toBe(400);
  expect((await world.get(`${path}?sent='%25`, asOrganiser())).statusCode).toBe(200);
});

describe('where no mail server is set', () => {
  test('Review, Overview and Invitations say that nothing leaves, and e-mails are counted as kept here', async () => {
    const draft = await drafted(world, [await world.addPerson()]);
    const event = await published(world, [await world.addPerson()]);
    await world.db.execute("UPDATE letters SET state = 'kept'");
    for (const path of [`${draft.id}/review`, `${draft.id}`, `${event.id}`, `${event.id}/invitations`]) {
      const shown = page(await world.get(`/events/${path}`, asOrganiser()));
      expect([path, shown('.notice').text().includes('No e-mail leaves Flipside')]).toEqual([path, true]);
    }
    const shown = page(await world.get(`/events/${event.id}/invitations`, asOrganiser()));
    expect(shown('.counts li').first().text()).toContain('1kept here');
    const main = shown('main').clone();
    main.find('.notice').remove();
    expect(main.text()).toContain('Invitations kept here');
    expect(main.text()).toContain('1 kept here');
    expect(main.text()).not.toMatch(/\bsent\b/i);
    expect(shown('#next-title').text()).toBe('What is written next');
    const said = page(await world.get(`/events/${event.id}?said=sent`, asOrganiser()));
    expect(said('#status').text()).toContain('The invitations are kept here in ten seconds.');
  });
});

describe('where a mail server is set', () => {
  const mailing = useWorld({ mailConfigured: true });

  test('no such notice is shown, and e-mails are counted as sent', async () => {
    const event = await published(mailing, [await mailing.addPerson()]);
    await mailing.db.execute("UPDATE letters SET state = 'sent', sent_at = now()");
    const shown = page(await mailing.get(`/events/${event.id}/invitations`, { as: mailing.organiser }));
    expect(shown('main').text()).not.toContain('No e-mail leaves Flipside');
    expect(shown('.counts li').first().text()).toContain('1sent');
  });
});

describe('Review, before anything is sent', () => {
  test('lists every e-mail of the event, automatic ones with their moments', async () => {
    const jonas = await world.addPerson({ name: 'Jonas Berg', side: 'talent' });
    const event = await drafted(world, [await world.addPerson(), jonas], { decideOn: '2026-12-04' });
    await appoint(world.ctx, event.id, jonas.id, true, 'program');
    const shown = page(await world.get(`/events/${event.id}/review`, asOrganiser()));
    const rows = shown('table tbody tr')
      .map((_, row) => [
        shown(row)
          .find('th b, td')
          .map((_, cell) => shown(cell).clone().children('[aria-hidden]').remove().end().text().trim())
          .get()
          .join(' | '),
      ])
      .get();
    expect(rows).toEqual([
      'The invitation | Guests | Now | 2',
      'The invitation to hosts | Young talents of the teams | Now | 0',
      'Who leads the event | Jonas Berg | Now | 1',
      'You are coming | Each who says yes | As they answer | counted then',
      'You are on the waiting list | Each who says yes when every seat is taken | As they answer | counted then',
      'A seat is free, and it is yours | The next on the waiting list | As seats come free | counted then',
      'News for the organiser | You, the organiser | As it happens | counted then',
      'Go or no go | You, the organiser | Friday 4 December, 08:00 | 1',
      'A short reminder | Those without an answer | Thursday 19 November, 08:30 | counted then',
      'A short reminder | Those still without an answer | Thursday 26 November, 08:30 | counted then',
      'Your brief is due soon | The hosts | Friday 27 November, 08:30 | counted then',
      'A short reminder | Those who were not sure | Monday 30 November, 08:30 | counted then',
      'Who sits at your table | The hosts, once tables are published | Monday 7 December, 08:30 | counted then',
      'See you soon | Everyone coming | Tuesday 8 December, 16:00 | counted then',
      'Who sits at your table | Hosts whose table has changed since | Wednesday 9 December, 16:00 | counted then',
      'About to start | Everyone coming, with the table or the link | Thursday 10 December, 14:00 | counted then',
      'No seat came free | Those still on the waiting list | Thursday 10 December, 16:00 | counted then',
    ]);
  });
});
