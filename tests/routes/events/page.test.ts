import { describe, expect, test } from 'vitest';
import { cancel, invite, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { releaseKeptSeats } from '../../../src/actions/guests/free-seats.ts';
import { unspelled } from '../../../src/domain/sign-in/link-spelling.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import { people } from '../../../src/store/schema/index.ts';
import { drafted, linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const tokenIn = (link: string) => link.slice('/i/'.length);
const stateOf = async (eventId: number, personId: number) =>
  (await rsvps.find(world.db, eventId, personId))?.state;
const htmx = (target: string) => ({
  'hx-request': 'true',
  'hx-request-type': 'partial',
  'hx-target': target,
});

test('a link with a dot, a bracket or a comma stuck to its end still opens', async () => {
  const ada = await world.addPerson();
  const event = await published(world, [ada]);
  const link = linkOf(world, event, ada);
  for (const stuck of ['.', ')', '>', '],', '%3E', '.”'])
    expect((await world.get(`${link}${encodeURI(stuck)}?change=1`)).headers.location).toBe(
      `${link}?change=1`,
    );
  expect((await world.get(`${link}./questions`)).headers.location).toBe(`${link}/questions`);
  expect((await world.get(`${link}x`)).statusCode).toBe(404);
});

test('a link in capitals opens, and so does one from before links were spelled in small letters', async () => {
  const ada = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [ada]);
  const link = linkOf(world, event, ada);
  const capitals = await world.get(`${link}/questions`.toUpperCase());
  expect(capitals.headers.location).toBe(`${link}/questions`);
  expect((await world.get(`/i/${tokenIn(link).toUpperCase()}`)).statusCode).toBe(200);
  const earlier = unspelled(tokenIn(link));
  expect(earlier).toMatch(/[A-Z]/);
  const shown = await world.get(`/i/${earlier}`);
  expect(shown.statusCode).toBe(200);
  const pressed = await world.post(`/i/${earlier}/answer`, { answer: 'yes' }, { link: earlier });
  expect(pressed.statusCode).toBe(303);
});

test('a link that opens nothing says why, and leads to a new e-mail', async () => {
  const ada = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [ada]);
  const link = linkOf(world, event, ada);
  const said = async (path: string) => {
    const answered = await world.get(path);
    const $ = page(answered);
    return [answered.statusCode, $('h1').text(), $('main .btn').attr('href')];
  };
  expect(await said('/i/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).toEqual([
    404,
    'This link no longer works',
    '/sign-in?next=%2F',
  ]);
  await uninvite(world.ctx, event.id, ada.id);
  expect(await said(link)).toEqual([410, 'This invitation was withdrawn', '/sign-in?next=%2F']);
  const bo = await world.addPerson({ name: 'Bo' });
  await invite(world.ctx, event.id, [bo.id]);
  world.clock.now = Temporal.Instant.from('2026-12-25T08:00:00Z');
  expect(await said(linkOf(world, event, bo))).toEqual([
    410,
    'This link has ended',
    `/sign-in?next=${encodeURIComponent(`/e/${event.slug}`)}`,
  ]);
});

describe('a button of an invitation opens what it says', () => {
  test('“I can’t come”: one more press, that button first, and opening it answers nothing', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    const shown = async (answer: string) => {
      const $ = page(await world.get(`${link}?answer=${answer}`));
      const buttons = $('#answer-panel button[name="answer"]').toArray();
      return [$('#answer-title').text(), ...buttons.map((one) => one.attribs.value)];
    };
    expect(await shown('no')).toEqual(['One more press: you can’t come?', 'no', 'yes', 'maybe']);
    expect(await shown('yes')).toEqual(['One more press: you’ll be there?', 'yes', 'maybe', 'no']);
    expect((await rsvps.find(world.db, event.id, ada.id))?.state).toBe('invited');
    await answer(world.ctx, event.id, ada.id, 'no');
    expect((await shown('no'))[0]).toBe('You can’t come');
  });

  test('“Not sure yet” keeps “I’ll be there” in view, on the card and at the foot of a phone', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'maybe');
    const $ = page(await world.get(linkOf(world, event, ada)));
    expect($('#answer-title').text()).toBe('Not sure yet');
    expect($('#answer-panel button[value="yes"]').text()).toBe('I’ll be there');
    expect($('#answer-dock').attr('hidden')).toBeUndefined();
  });
});

describe('the personal link', () => {
  test('shows Margareta the event, her kept seat and the three answers', async () => {
    const margareta = await world.addPerson({ name: 'Margareta Lindqvist' });
    const tom = await world.addPerson({ side: 'talent', name: 'Tomasz Wolski' });
    const topic = await teamOf(world, 'Heat as a working condition', [tom]);
    const event = await published(world, [margareta], { topics: [topic] });
    const $ = page(await world.get(linkOf(world, event, margareta)));
    expect($('h1').text()).toBe('Five trends that already reach your desk');
    expect($('#answer-panel h2').text()).toBe('A seat is kept for you');
    expect(
      $('#answer-panel button')
        .map((_, one) => $(one).attr('value'))
        .get(),
    ).toEqual(['yes', 'maybe', 'no']);
    expect($('.trends h3').text()).toBe('Heat as a working condition');
    expect($('svg.room-pic').attr('aria-label')).toContain('One seat is kept for you.');
  });

  test('changes nothing however often it is opened, with a hint in it or not: mail scanners do', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    for (const url of [link, `${link}?answer=yes`, `${link}?answer=no`, `${link}?change=1`]) {
      expect((await world.get(url)).statusCode).toBe(200);
      expect((await world.newBrowser().send({ method: 'HEAD', url })).statusCode).toBe(200);
    }
    expect(await stateOf(event.id, ada.id)).toBe('invited');
  });

  test('“I’ll be there” is one press, and changing one’s mind another', async () => {
    const ada = await world.addPerson({ name: 'Ada Lovelace' });
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    const yes = await world.post(`${link}/answer`, { answer: 'yes' }, { link: tokenIn(link) });
    expect([yes.statusCode, yes.headers.location]).toEqual([303, `${link}?said=coming#answer-panel`]);
    const $ = page(await world.get(`${link}?said=coming`));
    expect($('#answer-panel h2').text()).toBe('You’re in, Ada');
    expect($('#status').text()).toBe('You’re in. We’ve saved your seat.');
    await world.post(`${link}/answer`, { answer: 'no' }, { link: tokenIn(link) });
    expect(await stateOf(event.id, ada.id)).toBe('declined');
  });

  test('a mistaken no is taken back by one press after the deadline; later the page says which door is closed', async () => {
    const ada = await world.addPerson({ name: 'Ada Lovelace' });
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    const press = (path: string, fields = {}) => world.post(link + path, fields, { link: tokenIn(link) });
    await press('/answer', { answer: 'yes' });
    world.clock.now = Temporal.Instant.from('2026-12-08T10:00:00Z');
    await press('/answer', { answer: 'no' });
    const $ = page(await world.get(link));
    expect($('form[action$="/answer/taken-back"] p').text()).toBe(
      'Pressed by mistake? Your seat is kept for 10 more minutes.',
    );
    const back = await press('/answer/taken-back');
    expect(back.headers.location).toBe(`${link}?said=coming#answer-panel`);
    expect(await stateOf(event.id, ada.id)).toBe('coming');
    await press('/answer', { answer: 'no' });
    world.clock.advance({ minutes: 10 });
    expect(page(await world.get(link))('form[action$="/answer/taken-back"]').length).toBe(0);
    const late = await press('/answer/taken-back');
    expect([late.statusCode, page(late)('h1').text()]).toEqual([410, 'Too late to undo it']);
    await releaseKeptSeats(world.ctx);
    const yes = await press('/answer', { answer: 'yes' });
    expect([yes.statusCode, page(yes)('h1').text()]).toEqual([410, 'Answers are closed']);
  });

  test('answers with the card and the room when only they are asked for', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const answered = await world.get(`${linkOf(world, event, ada)}?said=coming`, {
      headers: htmx('div#answer-panel'),
    });
    expect(answered.body).not.toContain('<html');
    const $ = page(answered);
    expect($('#answer-panel').length).toBe(1);
    expect(
      $('hx-partial')
        .map((_, one) => $(one).attr('hx-target'))
        .get(),
    ).toEqual(['#room-panel', '#answer-dock', '#status']);
    expect(answered.headers.vary).toContain('hx-target');
  });

  test('needs the form token that belongs to this link', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    const [hers, his] = [linkOf(world, event, ada), linkOf(world, event, bo)];
    const forged = await world.post(`${hers}/answer`, { answer: 'yes' }, { link: tokenIn(his) });
    expect([forged.statusCode, await stateOf(event.id, ada.id)]).toEqual([403, 'invited']);
    const right = await world.post(`${hers}/answer`, { answer: 'yes' }, { link: tokenIn(hers) });
    expect([right.statusCode, await stateOf(event.id, ada.id)]).toEqual([303, 'coming']);
  });

  test.each([
    ['a made-up token', async (): Promise<string> => '/i/AAAAAAAAAAAAAAAAAAAAAAAAAAA', 404],
    [
      'somebody taken off the list',
      async (): Promise<string> => {
        const [ada, bo] = [await world.addPerson(), await world.addPerson()];
        const event = await published(world, [ada, bo]);
        await uninvite(world.ctx, event.id, ada.id);
        return linkOf(world, event, ada);
      },
      410,
    ],
    [
      'an event that is still a draft',
      async (): Promise<string> => {
        const ada = await world.addPerson();
        return linkOf(world, await drafted(world, [ada]), ada);
      },
      404,
    ],
    [
      'somebody who is disabled',
      async (): Promise<string> => {
        const ada = await world.addPerson();
        const event = await published(world, [ada]);
        await world.db.update(people).set({ disabledAt: world.clock.now });
        return linkOf(world, event, ada);
      },
      404,
    ],
    [
      'an event 15 days past',
      async (): Promise<string> => {
        const ada = await world.addPerson();
        const event = await published(world, [ada]);
        world.clock.advance({ days: 46 });
        return linkOf(world, event, ada);
      },
      410,
    ],
  ] as const)('shows nothing for %s', async (_what, path, status) => {
    expect((await world.get(await path())).statusCode).toBe(status);
  });

  test('an event that is called off says so and asks nothing', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await cancel(world.ctx, event.id, '');
    const $ = page(await world.get(linkOf(world, event, ada)));
    expect($('#answer-panel h2').text()).toBe('This event is cancelled');
    expect($('#answer-panel button').length).toBe(0);
  });

  test('a full room says so before she waits', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo], { seniorCapacity: 1 });
    await answer(world.ctx, event.id, bo.id, 'yes');
    const link = linkOf(world, event, ada);
    expect(page(await world.get(link))('#answer-panel h2').text()).toBe('Every seat is taken');
    await world.post(`${link}/answer`, { answer: 'yes' }, { link: tokenIn(link) });
    expect(page(await world.get(link))('#answer-panel h2').text()).toBe('You are on the waiting list');
  });
});

describe('the event’s own address', () => {
  test('asks whoever is not signed in to sign in, and leads back', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const answered = await world.get(`/e/${event.slug}`);
    expect([answered.statusCode, answered.headers.location]).toEqual([
      303,
      `/sign-in?next=${encodeURIComponent(`/e/${event.slug}`)}`,
    ]);
  });

  test('does not exist for somebody who was not invited', async () => {
    const [ada, eve] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada]);
    expect((await world.get(`/e/${event.slug}`, { as: ada })).statusCode).toBe(200);
    expect((await world.get(`/e/${event.slug}`, { as: eve })).statusCode).toBe(404);
    expect((await world.get(`/e/${event.slug}/people`, { as: eve })).statusCode).toBe(404);
  });

  test('takes an answer of whoever is signed in', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await world.post(`/e/${event.slug}/answer`, { answer: 'maybe' }, { as: ada });
    expect(await stateOf(event.id, ada.id)).toBe('maybe');
  });

  test('shows an organiser the draft that nobody else can see', async () => {
    const ada = await world.addPerson();
    const event = await drafted(world, [ada]);
    expect((await world.get(`/e/${event.slug}`, { as: world.organiser })).statusCode).toBe(200);
    expect((await world.get(`/e/${event.slug}`, { as: ada })).statusCode).toBe(404);
  });
});

describe('who has said yes', () => {
  test('guests see it, and no addresses', async () => {
    const [ada, bo] = [
      await world.addPerson(),
      await world.addPerson({ name: 'Bo Berg', email: 'bo@halden.example' }),
    ];
    const event = await published(world, [ada, bo]);
    await answer(world.ctx, event.id, bo.id, 'yes');
    const seen = await world.get(linkOf(world, event, ada));
    expect(page(seen)('#who .person').text()).toContain('Bo Berg');
    expect(seen.body).not.toContain('bo@halden.example');
  });

  test('guests do not see it where the organiser turned it off', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson({ name: 'Bo Berg' })];
    const event = await published(world, [ada, bo], { guestListShown: false });
    await answer(world.ctx, event.id, bo.id, 'yes');
    const seen = await world.get(linkOf(world, event, ada));
    expect(seen.body).not.toContain('Bo Berg');
    expect((await world.get(`${linkOf(world, event, ada)}/people`)).statusCode).toBe(404);
    expect((await world.get(`/e/${event.slug}/people`, { as: world.organiser })).body).toContain('Bo Berg');
  });
});
