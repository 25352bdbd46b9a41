import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addLinks, mapLink } from '../../../src/domain/calendar/add-links.ts';

const event = {
  name: 'Winter round',
  startsAt: '2026-12-10T16:00',
  timeZone: 'Europe/Oslo',
  minutes: 135,
  place: 'The Atrium, level 9',
  details: 'Five trends',
};
const paramsOf = (link: string) => Object.fromEntries(new URL(link).searchParams);
const timesIn = (changes: Partial<typeof event>) => {
  const links = addLinks({ ...event, ...changes });
  const { startdt, enddt } = paramsOf(links.outlook);
  return [paramsOf(links.google).dates, `${startdt}/${enddt}`];
};

describe('a link that adds an event to a calendar', () => {
  test('of Google has name, times, place and details', () => {
    expect(addLinks(event).google.split('?')[0]).toBe('https://calendar.google.com/calendar/render');
    expect(paramsOf(addLinks(event).google)).toEqual({
      action: 'TEMPLATE',
      text: 'Winter round',
      dates: '20261210T150000Z/20261210T171500Z',
      details: 'Five trends',
      location: 'The Atrium, level 9',
    });
  });

  test('of Outlook is the same for private accounts and for an organisation’s', () => {
    const { outlook, office } = addLinks(event);
    expect(paramsOf(outlook)).toEqual({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: 'Winter round',
      startdt: '2026-12-10T15:00:00Z',
      enddt: '2026-12-10T17:15:00Z',
      body: 'Five trends',
      location: 'The Atrium, level 9',
    });
    expect([new URL(outlook).host, new URL(office).host]).toEqual(['outlook.live.com', 'outlook.office.com']);
    expect(new URL(office).search).toBe(new URL(outlook).search);
  });

  test('is at the same wall time in summer and in winter', () => {
    expect(timesIn({ startsAt: '2027-06-10T16:00' })[0]).toBe('20270610T140000Z/20270610T161500Z');
    expect(timesIn({ startsAt: '2027-01-14T16:00' })[0]).toBe('20270114T150000Z/20270114T171500Z');
  });

  test('is as long as the event where the clocks change within it', () => {
    // 28 March 2027: from 02:00 the clock shows 03:00. 31 October 2027: 02:00 to 03:00 comes twice.
    expect(timesIn({ startsAt: '2027-03-28T01:30', minutes: 60 })).toEqual([
      '20270328T003000Z/20270328T013000Z',
      '2027-03-28T00:30:00Z/2027-03-28T01:30:00Z',
    ]);
    expect(timesIn({ startsAt: '2027-10-31T01:30', minutes: 120 })[0]).toBe(
      '20271030T233000Z/20271031T013000Z',
    );
  });

  test('holds where the zone is half an hour or a day away', () => {
    expect(timesIn({ timeZone: 'Asia/Kolkata' })[0]).toBe('20261210T103000Z/20261210T124500Z');
    expect(timesIn({ timeZone: 'Pacific/Kiritimati', startsAt: '2027-01-01T08:00' })[0]).toBe(
      '20261231T180000Z/20261231T201500Z',
    );
  });

  test('holds any text as it is, and nothing in a text becomes a part of the address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, place) => {
        const links = addLinks({ ...event, name: `x${name}`, place: `y${place}` });
        expect(paramsOf(links.google)).toMatchObject({
          text: `x${name.toWellFormed()}`,
          location: `y${place.toWellFormed()}`,
          dates: '20261210T150000Z/20261210T171500Z',
        });
        expect(paramsOf(links.outlook).subject).toBe(`x${name.toWellFormed()}`);
        expect(new URL(links.office).host).toBe('outlook.office.com');
      }),
    );
    expect(addLinks({ ...event, name: 'A & B + C' }).outlook).toContain('subject=A%20%26%20B%20%2B%20C&');
  });
});

describe('a map of a place', () => {
  test('is searched by its words', () => {
    expect(mapLink('Café Ö, Straße 1')).toBe(
      'https://www.openstreetmap.org/search?query=Caf%C3%A9%20%C3%96%2C%20Stra%C3%9Fe%201',
    );
  });

  test('is not offered without a place, or for an online meeting', () => {
    expect([mapLink(''), mapLink('  '), mapLink('https://meet.example/room')]).toEqual([null, null, null]);
  });
});
