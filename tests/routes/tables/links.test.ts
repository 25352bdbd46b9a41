import { beforeEach, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { personalToken } from '../../../src/actions/sign-in/personal-links.ts';
import type * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { planSeats, tablePlans } from '../../../src/store/schema/index.ts';
import { published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let grace: Person;
let rolf: Person;
let event: events.Event;
const tables = () => `/events/${event.id}/tables`;
const link = (n: number) => `https://meet.example/table-${n}`;

beforeEach(async () => {
  grace = await world.addPerson({ name: 'Grace Hall', side: 'senior' });
  rolf = await world.addPerson({ name: 'Rolf Ek', side: 'senior' });
  event = await published(world, [grace, rolf], { place: '', joinUrl: 'https://meet.example/all' });
  for (const { id } of [grace, rolf]) await answer(world.ctx, event.id, id, 'yes');
  const [plan] = await world.db
    .insert(tablePlans)
    .values({ eventId: event.id, state: 'published', rounds: 3, tables: 3, changedAt: world.clock.now })
    .returning();
  await world.db.insert(planSeats).values({ planId: plan!.id, personId: grace.id, tables: [1, 3, 1] });
});

const save = (links: string) => world.post(`${tables()}/links`, { links }, { as: world.organiser });
const linksOn = async (path: string, as: Person) => {
  const { body } = await world.get(path, { as });
  return [1, 2, 3].filter((n) => body.includes(link(n)));
};

test('Grace sees the links of her own tables, each in its round, and no other; Rolf, without a seat, sees none', async () => {
  expect((await save([1, 2, 3].map(link).join('\n'))).statusCode).toBe(303);
  expect(await linksOn(tables(), world.organiser)).toEqual([1, 2, 3]);
  const $ = page(await world.get(`/e/${event.slug}/seat`, { as: grace }));
  const joined = $('.rounds a')
    .toArray()
    .map((one) => $(one).attr('href'));
  expect(joined).toEqual([link(1), link(3), link(1)]);
  expect(await linksOn(`/e/${event.slug}/seat`, grace)).toEqual([1, 3]);
  const phone = await world.newBrowser().get(`/i/${personalToken(world.ctx, event.id, grace.id)}/seat`);
  expect([1, 2, 3].filter((n) => phone.body.includes(link(n)))).toEqual([1, 3]);
  for (const path of ['', '/seat', '/questions', '/people', '/calendar.ics', '/part'])
    expect([path, await linksOn(`/e/${event.slug}${path}`, rolf)]).toEqual([path, []]);
  for (const path of ['', '/questions', '/people', '/calendar.ics'])
    expect([path, await linksOn(`/e/${event.slug}${path}`, grace)]).toEqual([path, []]);
});

test('a line that is no address is named, and nothing typed is lost', async () => {
  const refused = await save(`${link(1)}\n\njavascript:alert(1)`);
  expect(refused.statusCode).toBe(422);
  const $ = page(refused);
  expect($('#links-error').text()).toContain('Line 3 is no address on the web.');
  expect(String($('#links').val())).toContain('javascript:alert(1)');
  expect(await linksOn(tables(), world.organiser)).toEqual([]);
});

test('of two organisers who save at once the later one reads what is stored', async () => {
  const seen = String(
    page(await world.get(tables(), { as: world.organiser }))('#plan-links [name=seen]').val(),
  );
  await save(link(1));
  const late = await world.post(`${tables()}/links`, { links: link(2), seen }, { as: world.organiser });
  expect(late.statusCode).toBe(409);
  expect(await linksOn(tables(), world.organiser)).toEqual([1]);
});
