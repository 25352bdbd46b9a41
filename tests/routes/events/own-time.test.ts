// Guests in three zones: page, phone, e-mail and calendar file show one and the same instant.
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { personalToken } from '../../../src/actions/sign-in/personal-links.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import type { Event } from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let guests: Record<'oslo' | 'newYork' | 'sydney', Person>;

beforeEach(async () => {
  world.clock.now = Temporal.Instant.from('2026-10-01T08:00:00Z');
  guests = {
    oslo: await world.addPerson({ name: 'Rolf Ek', side: 'senior' }),
    newYork: await world.addPerson({ name: 'Grace Hall', side: 'senior' }),
    sydney: await world.addPerson({ name: 'Lachlan Reed', side: 'senior' }),
  };
  const zones = { oslo: 'Europe/Oslo', newYork: 'America/New_York', sydney: 'Australia/Sydney' };
  for (const [key, zone] of Object.entries(zones))
    await world.post('/account/time-zone', { zone }, { as: guests[key as keyof typeof guests] });
});

const hold = (values: Parameters<typeof published>[2]) =>
  published(world, Object.values(guests), { answerBy: null, ...values });

/** Everything that one guest reads: page, phone, e-mail and calendar file. */
async function readBy(person: Person, event: Event) {
  await answer(world.ctx, event.id, person.id, 'yes');
  const onPage = page(await world.get(`/e/${event.slug}`, { as: person }))('.own-time')
    .text()
    .trim();
  const token = personalToken(world.ctx, event.id, person.id);
  const onPhone = page(await world.newBrowser().get(`/i/${token}`))('.own-time')
    .text()
    .trim();
  const letter = (await allLetters(world)).find(
    ({ kind, personId }) => kind === 'invitation' && personId === person.id,
  )!;
  const mail = await simpleParser((await letterBytes(world.ctx.mail.from, letter, world.ctx.words)).bytes);
  const attached = mail.attachments.find(({ contentType }) => contentType.includes('calendar'))!;
  const file = (await world.get(`/e/${event.slug}/calendar.ics`, { as: person })).body;
  const instants = [attached.content.toString(), file].map(instantsIn);
  return { onPage, onPhone, text: (mail.text ?? '').replace(/\s+/g, ' '), instants };
}

/** First and last instant of the one entry, as a calendar program works them out from its own VTIMEZONE. */
function instantsIn(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const entry = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
  return [entry.startDate, entry.endDate].map((at) => at.toJSDate().toISOString());
}

describe('in the week in which New York’s clocks are still to change', () => {
  const instants = ['2026-10-29T15:00:00.000Z', '2026-10-29T17:15:00.000Z'];

  test('each guest reads the event’s time and their own, and it is one instant', async () => {
    const event = await hold({ startsAt: '2026-10-29T16:00' });
    const grace = await readBy(guests.newYork, event);
    const hers = 'In New York: Thursday 29 October 2026, 11:00–13:15';
    expect([grace.onPage, grace.onPhone, grace.instants]).toEqual([hers, hers, [instants, instants]]);
    expect(grace.text).toContain(hers);
    expect(grace.text).toContain('Thursday 29 October 2026, 16:00–18:15 (Europe/Oslo)');
    const lachlan = await readBy(guests.sydney, event);
    const his = 'In Sydney: Friday 30 October 2026, 02:00–04:15';
    expect([lachlan.onPage, lachlan.onPhone, lachlan.instants]).toEqual([his, his, [instants, instants]]);
    expect(lachlan.text).toContain(his);
  });

  test('whose clock shows the same reads one time', async () => {
    const event = await hold({ startsAt: '2026-10-29T16:00' });
    const rolf = await readBy(guests.oslo, event);
    expect([rolf.onPage, rolf.onPhone, rolf.instants]).toEqual(['', '', [instants, instants]]);
    expect(rolf.text).not.toContain('In Oslo');
  });
});

test('a session over the night in which Oslo’s clocks go back lasts as long as its minutes, for everyone', async () => {
  const event = await hold({ startsAt: '2026-10-25T01:30' });
  const grace = await readBy(guests.newYork, event);
  expect(grace.onPage).toBe('In New York: Saturday 24 October 2026, 19:30–21:45');
  const night = ['2026-10-24T23:30:00.000Z', '2026-10-25T01:45:00.000Z'];
  expect(grace.instants).toEqual([night, night]);
  const rolf = await readBy(guests.oslo, event);
  expect(rolf.instants).toEqual([night, night]);
});

test('a guest who set no zone gets the instants for their browser to show', async () => {
  const event = await hold({ startsAt: '2026-10-29T16:00' });
  await world.post('/account/time-zone', { zone: '' }, { as: guests.newYork });
  const $ = page(await world.get(`/e/${event.slug}`, { as: guests.newYork }));
  const line = $('[data-own-time]');
  expect([line.attr('data-start'), line.attr('data-end')]).toEqual([
    '2026-10-29T15:00:00Z',
    '2026-10-29T17:15:00Z',
  ]);
  expect(line.attr('data-sentence')).toBe('In {city}: {times}');
});

test('a zone nobody knows is refused, with what to do', async () => {
  const refused = await world.post('/account/time-zone', { zone: 'Europe/Atlantis' }, { as: guests.oslo });
  expect(refused.statusCode).toBe(422);
  expect(page(refused)('#zone-error').text()).toContain('Choose a time zone from the list.');
});
