import { eq, sql } from 'drizzle-orm';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { cancel, change, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { hashSecret, newSecret } from '../../../src/actions/sign-in/secrets.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { people } from '../../../src/store/schema/index.ts';
import { drafted, linkOf, planFor, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

const eventsIn = (body: string) => new ICAL.Component(ICAL.parse(body)).getAllSubcomponents('vevent');

async function feedOf(person: Person): Promise<string> {
  const secret = newSecret(world.ctx, 20);
  await world.db
    .update(people)
    .set({ feedTokenHash: hashSecret(secret) })
    .where(eq(people.id, person.id));
  return `/feed/${secret}.ics`;
}

describe('D1: the file', () => {
  test('is METHOD:PUBLISH without a guest, as an attachment, by the personal link and signed in', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const files = [
      await world.get(`${linkOf(world, event, ada)}/calendar.ics`),
      await world.get(`/e/${event.slug}/calendar.ics`, { as: ada }),
    ];
    for (const file of files) {
      expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8');
      expect(file.headers['content-disposition']).toBe('attachment; filename="winter-round.ics"');
      expect(file.body).toContain('METHOD:PUBLISH');
      expect(
        eventsIn(file.body).map((one) => [
          one.getFirstPropertyValue('uid'),
          one.getAllProperties('attendee').length,
        ]),
      ).toEqual([[event.uid, 0]]);
    }
  });

  test('is not there for whoever was not invited', async () => {
    const [ada, eve] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada]);
    expect((await world.get(`/e/${event.slug}/calendar.ics`, { as: eve })).statusCode).toBe(404);
  });
});

describe('the feed', () => {
  test('D2: opens to its secret alone, is never indexed, kept or sent on', async () => {
    const ada = await world.addPerson();
    await published(world, [ada]);
    const { statusCode, headers } = await world.newBrowser().get(await feedOf(ada));
    expect([
      statusCode,
      headers['content-type'],
      headers['cache-control'],
      headers['x-robots-tag'],
      headers['referrer-policy'],
    ]).toEqual([200, 'text/calendar; charset=utf-8', 'private, no-cache', 'noindex', 'no-referrer']);
    expect(headers['set-cookie']).toBeUndefined();
    expect(String(headers['content-disposition'])).toMatch(/^inline/);
  });

  test('D2: a rotated address is gone at once, a disabled person’s too, and a guess never opens', async () => {
    const ada = await world.addPerson();
    const old = await feedOf(ada);
    expect((await world.get(old)).statusCode).toBe(200);
    const fresh = await feedOf(ada);
    expect([(await world.get(old)).statusCode, (await world.get(fresh)).statusCode]).toEqual([404, 200]);
    await world.db.update(people).set({ disabledAt: world.clock.now }).where(eq(people.id, ada.id));
    expect((await world.get(fresh)).statusCode).toBe(404);
    expect((await world.get('/feed/AAAAAAAAAAAAAAAAAAAAAAAAAAA.ics')).statusCode).toBe(404);
    expect((await world.get('/feed/short.ics')).statusCode).toBe(404);
  });

  test('D3: robots.txt lets calendar programs in, nothing is compressed, Accept does not matter', async () => {
    const ada = await world.addPerson();
    await published(world, [ada]);
    const robots = await world.get('/robots.txt');
    expect(robots.body.split('\n')).toEqual(['User-agent: *', 'Allow: /feed/', 'Disallow: /', '']);
    const feed = await feedOf(ada);
    const plain = await world.get(feed, { headers: { 'accept-encoding': 'gzip, br', accept: 'image/png' } });
    expect([plain.statusCode, plain.headers['content-encoding']]).toEqual([200, undefined]);
  });

  test('D4: two readings are the same bytes; a known ETag gets 304; HEAD answers without a body', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const feed = await feedOf(ada);
    const first = await world.get(feed);
    world.clock.advance({ minutes: 7 });
    const second = await world.get(feed);
    expect([second.body, second.headers.etag]).toEqual([first.body, first.headers.etag]);
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^"[\w-]+"$/);
    const known = await world.get(feed, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([known.statusCode, known.body]).toEqual([304, '']);
    const head = await world.newBrowser().send({ method: 'HEAD', url: feed });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
    await change(world.ctx, event.id, planFor(world, [], { place: 'Canteen 2' }));
    expect((await world.get(feed, { headers: { 'if-none-match': etag } })).statusCode).toBe(200);
  });

  test('D6: is never without a component, and keeps a cancelled event that blocks no time', async () => {
    const ada = await world.addPerson();
    const feed = await feedOf(ada);
    const empty = new ICAL.Component(ICAL.parse((await world.get(feed)).body));
    expect(empty.getAllSubcomponents().map(({ name }) => name)).toEqual(['vtimezone']);
    const event = await published(world, [ada]);
    await cancel(world.ctx, event.id, '');
    const [gone] = eventsIn((await world.get(feed)).body);
    expect([gone?.getFirstPropertyValue('status'), gone?.getFirstPropertyValue('transp')]).toEqual([
      'CANCELLED',
      'TRANSPARENT',
    ]);
  });

  test('D8: shows a person the events they may see, and drops one they were taken off or said no to', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const [one, two] = [
      await published(world, [ada, bo], { name: 'One' }),
      await published(world, [ada, bo], { name: 'Two' }),
    ];
    await published(world, [bo], { name: 'Not hers' });
    const feed = await feedOf(ada);
    const names = async () =>
      eventsIn((await world.get(feed)).body).map((event) => event.getFirstPropertyValue('summary'));
    expect((await names()).sort()).toEqual(['One (not answered)', 'Two (not answered)']);
    await uninvite(world.ctx, one.id, ada.id);
    expect(await names()).toEqual(['Two (not answered)']);
    await answer(world.ctx, two.id, ada.id, 'no');
    expect(await names()).toEqual([]);
  });

  test('D7: asked again it is the same bytes without being put together anew, until something changes', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const feed = await feedOf(ada);
    const first = await world.get(feed);
    // Shown only by a new rendering: a change that is not a change of the event.
    await world.db.execute(sql`UPDATE people SET name = name || ' II' WHERE id = ${ada.id}`);
    expect((await world.get(feed)).body).toContain(`${ada.name} II`);
    await world.db.execute(sql`ALTER TABLE events DISABLE TRIGGER USER`);
    await world.db.execute(sql`UPDATE events SET name = 'Never seen' WHERE id = ${event.id}`);
    await world.db.execute(sql`ALTER TABLE events ENABLE TRIGGER USER`);
    expect((await world.get(feed)).body).not.toContain('Never seen');
    await world.db.execute(sql`UPDATE events SET place = 'Room 1' WHERE id = ${event.id}`);
    const fresh = await world.get(feed);
    expect(fresh.body).toContain('Never seen');
    expect(fresh.headers.etag).not.toBe(first.headers.etag);
  });

  test('D8: an hour later it looks at the calendar again, so events come into sight and go', async () => {
    const ada = await world.addPerson();
    await published(world, [ada], { startsAt: '2026-11-10T09:00' });
    const feed = await feedOf(ada);
    const shown = async () => eventsIn((await world.get(feed)).body).length;
    expect(await shown()).toBe(1);
    world.clock.advance({ days: 89 });
    expect(await shown()).toBe(1);
    world.clock.advance({ days: 3 });
    expect(await shown()).toBe(0);
  });
});

describe('the feed of all events, for organisers', () => {
  const make = async (person: Person) => {
    const shown = page(await world.post('/events/feed', {}, { as: person }));
    return shown('#feed-url').attr('value')!.replace(world.ctx.baseUrl, '');
  };
  const namesIn = async (feed: string) =>
    eventsIn((await world.get(feed)).body).map((event) => event.getFirstPropertyValue('summary'));

  test('D2: shows every event that guests have heard of, whoever is invited, and no draft', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    await published(world, [ada], { name: 'One' });
    const two = await published(world, [bo], { name: 'Two' });
    await drafted(world, [bo], { name: 'Draft' });
    const feed = await make(world.organiser);
    expect(feed).toMatch(/^\/feed\/[\w-]{27}\.ics$/);
    expect((await namesIn(feed)).sort()).toEqual(['One', 'Two']);
    await cancel(world.ctx, two.id, '');
    expect((await world.get(feed)).body).toContain('STATUS:CANCELLED');
  });

  test('D4: keeps its bytes and ETag, answers 304 and HEAD', async () => {
    await published(world, [await world.addPerson()]);
    const feed = await make(world.organiser);
    const first = await world.get(feed);
    const etag = String(first.headers.etag);
    world.clock.advance({ hours: 3 });
    expect((await world.get(feed)).body).toBe(first.body);
    for (const known of [etag, `W/${etag}`, '*'])
      expect((await world.get(feed, { headers: { 'if-none-match': known } })).statusCode).toBe(304);
    const head = await world.newBrowser().send({ method: 'HEAD', url: feed });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
  });

  test('D2: a new address ends the old one at once; taken away, or with the organiser’s role gone, there is none', async () => {
    const old = await make(world.organiser);
    const fresh = await make(world.organiser);
    expect([(await world.get(old)).statusCode, (await world.get(fresh)).statusCode]).toEqual([404, 200]);
    const other = await world.addPerson({ isOrganiser: true });
    const theirs = await make(other);
    expect((await world.get(theirs)).statusCode).toBe(200);
    await world.db.update(people).set({ isOrganiser: false }).where(eq(people.id, other.id));
    expect((await world.get(theirs)).statusCode).toBe(404);
    const gone = await world.post('/events/feed/removal', {}, { as: world.organiser });
    expect([gone.statusCode, gone.headers.location]).toEqual([303, '/events/feed?said=feed-removed']);
    expect((await world.get(fresh)).statusCode).toBe(404);
  });

  test('its address is shown once, and the page is for organisers', async () => {
    const feed = await make(world.organiser);
    const after = await world.get('/events/feed', { as: world.organiser });
    expect(after.body).not.toContain(feed);
    expect(page(after)('#feed').text()).toContain('Its address was shown once');
    const ada = await world.addPerson();
    expect((await world.get('/events/feed', { as: ada })).statusCode).toBe(404);
    expect((await world.post('/events/feed', {}, { as: ada })).statusCode).toBe(404);
  });
});

test('D9: one press subscribes in a calendar program, in Google Calendar or in Outlook', async () => {
  const ada = await world.addPerson();
  for (const [path, who] of [
    ['/account/feed', ada],
    ['/events/feed', world.organiser],
  ] as const) {
    const shown = page(await world.post(path, {}, { as: who }));
    const url = shown('#feed-url').attr('value')!;
    const links = shown('#feed a[href*="feed%2F"], #feed a[href^="webcal:"]');
    const webcal = url.replace('https:', 'webcal:');
    expect(links.toArray().map((link) => shown(link).attr('href'))).toEqual([
      webcal,
      `https://outlook.live.com/calendar/0/addfromweb?url=${encodeURIComponent(url)}`,
      `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`,
    ]);
    expect(shown('#feed').text()).toContain('Google every 8 to 24 hours');
  }
});
