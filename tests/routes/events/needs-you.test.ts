// Organisers land on what needs them; guests who come find their way into their calendar and to the place.
import { describe, expect, test } from 'vitest';
import { cancel } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { imports, messagesReceived } from '../../../src/store/schema/index.ts';
import { drafted, linkOf, published, teamOf } from '../../support/events.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const asOrganiser = () => ({ as: world.organiser });

const needsOn = (shown: Answer) =>
  page(shown)('#needs-you li')
    .map((_, one) => [
      [
        page(shown)(one).find('b').text(),
        page(shown)(one).find('small').text(),
        page(shown)(one).find('a').attr('href'),
      ],
    ])
    .get() as [string, string, string][];
const needs = async () => needsOn(await world.get('/events', asOrganiser()));

describe('what needs an organiser', () => {
  test('is the first thing on their first page, each with a link to a page that is there', async () => {
    const guest = await world.addPerson();
    const sent = await published(world, [guest], {
      name: 'Autumn round',
      startsAt: '2026-11-12T16:00',
      answerBy: '2026-11-10',
      decideOn: '2026-11-09',
    });
    await published(world, [guest], { name: 'Later', decideOn: '2026-12-01' });
    const near = await drafted(world, [guest], { name: 'Heat', startsAt: '2026-11-20T12:00' });
    const past = await drafted(world, [guest], { name: 'Old', startsAt: '2026-11-02T12:00' });
    await drafted(world, [guest], { name: 'Far', startsAt: '2027-03-02T12:00' });
    await world.db.execute(`UPDATE letters SET state = 'dead' WHERE event_id = ${sent.id}`);
    await world.db.insert(imports).values({
      kind: 'people',
      state: 'preview',
      fileName: 'people.csv',
      bytes: Buffer.from('name,email\n'),
      total: 12,
      createdById: world.organiser.id,
      createdAt: world.clock.now,
    });
    await world.db.insert(messagesReceived).values({
      key: 'one',
      state: 'put-aside',
      tries: 1,
      outcome: '',
      sender: 'a@b.example',
      createdAt: world.clock.now,
    });
    expect(await needs()).toEqual([
      [
        'Go or no go: Autumn round',
        'It is on Thursday 12 November. Confirm it, move it or cancel it.',
        `/events/${sent.id}#decide`,
      ],
      ['1 e-mail did not arrive', 'Autumn round', `/events/${sent.id}/invitations#failed`],
      [
        '1 reply was put aside',
        'We could not read an answer in it. A person should have a look.',
        '/mailbox/put-aside',
      ],
      [
        'Old is still a draft',
        'Its date, Monday 2 November, has passed. Choose another, or delete it.',
        `/events/${past.id}/edit#date`,
      ],
      [
        'Heat is still a draft',
        'It is in 11 days, on Friday 20 November, and nobody is invited.',
        `/events/${near.id}/review`,
      ],
      [
        'people.csv waits to be imported',
        '12 rows were read, and nothing is saved yet.',
        expect.stringMatching(/^\/people\/import\/\d+$/),
      ],
    ]);
    for (const [, , href] of (await needs()).slice(0, 5))
      expect([href, (await world.get(href, asOrganiser())).statusCode]).toEqual([href, 200]);
    await cancel(world.ctx, sent.id, '');
    expect((await needs()).map(([text]) => text)).not.toContain('Go or no go: Autumn round');
  });

  test('is said to be nothing where that is so, is no business of guests, and is not on other pages of the list', async () => {
    const guest = await world.addPerson();
    await published(world, [guest]);
    expect(page(await world.get('/events', asOrganiser()))('#needs-you').text()).toContain(
      'Nothing needs you right now.',
    );
    expect(page(await world.get('/events', { as: guest }))('#needs-you').length).toBe(0);
    expect(page(await world.get('/events?show=held', asOrganiser()))('#needs-you').length).toBe(0);
  });
});

describe('a guest who comes', () => {
  const add = (shown: Answer) =>
    page(shown)('a[href*="calendar.google.com"], a[href*="outlook."]')
      .map((_, one) => page(shown)(one).attr('href'))
      .get()
      .map((href) => new URL(href));

  test('can put the event into Google’s or Outlook’s calendar and see the place on a map; no link tells who they are', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada], {
      place: 'Café Ö, Storgata 12',
      joinUrl: 'https://meet.example/x',
    });
    const link = linkOf(world, event, ada);
    expect(add(await world.get(link))).toEqual([]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    const shown = await world.get(link);
    const links = add(shown);
    expect(links.map(({ host }) => host)).toEqual([
      'calendar.google.com',
      'outlook.office.com',
      'outlook.live.com',
    ]);
    expect(links[0]?.searchParams.get('dates')).toBe('20261210T150000Z/20261210T171500Z');
    expect(links[1]?.searchParams.get('startdt')).toBe('2026-12-10T15:00:00Z');
    expect(links[0]?.searchParams.get('location')).toBe('Café Ö, Storgata 12, https://meet.example/x');
    for (const { href } of links) {
      expect(decodeURIComponent(href)).toContain(`https://flipside.halden.example/e/${event.slug}`);
      expect(href).not.toContain(link.split('/').at(-1));
    }
    const map = page(shown)('a[href^="https://www.openstreetmap.org/"]');
    expect([map.attr('href'), map.attr('rel')]).toEqual([
      'https://www.openstreetmap.org/search?query=Caf%C3%A9%20%C3%96%2C%20Storgata%2012',
      'noopener noreferrer',
    ]);
  });

  test('of an online event finds no map, and no link to join where that stays on the page', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada], {
      place: '',
      joinUrl: 'https://meet.example/x',
      linkOnPage: true,
    });
    await answer(world.ctx, event.id, ada.id, 'yes');
    const shown = await world.get(linkOf(world, event, ada));
    expect(page(shown)('a[href*="openstreetmap"]').length).toBe(0);
    expect(add(shown)[0]?.searchParams.get('location')).toBeNull();
  });

  test('as a host finds the same on their own page', async () => {
    const amina = await world.addPerson({ side: 'talent' });
    const event = await published(world, [amina], { topics: [await teamOf(world, 'Agents', [amina])] });
    await answer(world.ctx, event.id, amina.id, 'yes');
    const shown = await world.get(linkOf(world, event, amina));
    expect(add(shown)).toHaveLength(3);
    expect(page(shown)('a[href^="https://www.openstreetmap.org/"]').length).toBe(1);
    await cancel(world.ctx, event.id, 'Snow');
    const off = await world.get(linkOf(world, event, amina));
    expect([off.statusCode, add(off)]).toEqual([200, []]);
  });
});
