import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { cancel, change, uninvite } from '../../src/actions/events.ts';
import { answer } from '../../src/actions/rsvps.ts';
import { hashOf, newSecret } from '../../src/actions/secrets.ts';
import type { Person } from '../../src/store/people.ts';
import { people } from '../../src/store/schema.ts';
import { linkOf, planFor, published } from '../support/events.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

const eventsIn = (body: string) => new ICAL.Component(ICAL.parse(body)).getAllSubcomponents('vevent');

async function feedOf(person: Person): Promise<string> {
  const secret = newSecret(world.ctx, 20);
  await world.db
    .update(people)
    .set({ feedTokenHash: hashOf(secret) })
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
    expect((await names()).sort()).toEqual(['One', 'Two']);
    await uninvite(world.ctx, one.id, ada.id);
    expect(await names()).toEqual(['Two']);
    await answer(world.ctx, two.id, ada.id, 'no');
    expect(await names()).toEqual([]);
  });
});
