import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feed } from '../../../src/mail/calendar/feed.ts';
import { invitationRequest } from '../../../src/mail/calendar/invitation.ts';
import { needsReader } from '../readers.ts';
import { entryWith, everyObject, margareta } from './reading.ts';

// what programs other than ours understand

const readWithPython = `
import json, sys, icalendar
found = []
for text in json.load(sys.stdin):
    calendar = icalendar.Calendar.from_ical(text)
    errors = [e for c in calendar.walk() for e in c.errors]
    event = (calendar.walk('VEVENT') or [None])[0]
    found.append({
        'errors': errors, 'method': str(calendar.get('METHOD')),
        'events': event and {
            'summary': str(event['SUMMARY']), 'location': str(event['LOCATION']), 'description': str(event['DESCRIPTION']),
            'organiser': [str(event['ORGANIZER']), str(event['ORGANIZER'].params['CN'])],
            'start': event.decoded('DTSTART').isoformat(), 'end': event.decoded('DTEND').isoformat(),
            'stamp': event.decoded('DTSTAMP').isoformat(), 'attendees': len([v for k, v in event.property_items() if k == 'ATTENDEE']),
        },
    })
print(json.dumps(found))
`;

needsReader('python-icalendar')('python-icalendar', () => {
  const names = { name: 'Zoë "Zed"; \\ ^Smith, Jr', email: 'invitations@flipside.example' };
  const entry = entryWith({
    organiser: names,
    summary: 'Größe, Fête; 🎉 '.repeat(20),
    location: 'a\u2028b\u0085c',
    description: 'x\r\ny\u000bz',
  });
  const objects = everyObject(entry);
  const python = (input: unknown) =>
    JSON.parse(
      execFileSync('/usr/bin/python3', ['-c', readWithPython], {
        input: JSON.stringify(input),
        encoding: 'utf8',
      }),
    );

  test('reads every object without an error, and every value as it was meant', () => {
    const found = python(Object.values(objects));
    const events = found.flatMap((object: { events: unknown }) => object.events ?? []);
    expect(found.map((object: { errors: unknown }) => object.errors)).toEqual(
      Object.keys(objects).map(() => []),
    );
    expect(events.length).toBe(6);
    for (const event of events) {
      expect(event).toMatchObject({
        summary: 'Größe, Fête; 🎉 '.repeat(20),
        location: 'a b c',
        description: 'x\ny\nz',
        organiser: ['mailto:invitations@flipside.example', "Zoë 'Zed';  Smith, Jr"],
        start: '2026-12-10T16:00:00+01:00',
        end: '2026-12-10T18:15:00+01:00',
        stamp: '2026-11-22T09:00:00+00:00',
      });
    }
  });
});

needsReader('khal')('khal', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'khal-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A person's khal with an empty calendar, in that zone. */
  function khalIn(zone: string) {
    const home = mkdtempSync(path.join(folder, 'home-'));
    const locale = `local_timezone = ${zone}\ndefault_timezone = ${zone}\ntimeformat = %H:%M`;
    const dates = ['dateformat', 'longdateformat'].map((name) => `${name} = %Y-%m-%d\n`).join('');
    const times = ['datetimeformat', 'longdatetimeformat']
      .map((name) => `${name} = %Y-%m-%d %H:%M\n`)
      .join('');
    const config = path.join(home, 'config');
    const mine = `[calendars]\n[[mine]]\npath = ${home}/mine\n[sqlite]\npath = ${home}/khal.db\n`;
    writeFileSync(config, `${mine}[locale]\n${locale}\n${dates}${times}`);
    const env = { ...process.env, HOME: home, LC_ALL: 'C.UTF-8' };
    const khal = (...args: string[]) =>
      execFileSync('khal', ['-c', config, ...args], {
        encoding: 'utf8',
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    return {
      receives(name: string, ics: string) {
        writeFileSync(path.join(home, name), ics);
        khal('import', '--batch', path.join(home, name));
      },
      lists: (from: string, days: string) =>
        khal('list', '--format', '{start-long} {end-time} {title}', '--day-format', '', from, days)
          .trim()
          .split('\n'),
    };
  }

  const friday = entryWith({
    uid: 'friday@flipside.example',
    start: '2027-03-26T14:00',
    timeZone: 'Europe/Brussels',
    summary: 'Friday',
  });
  const monday = entryWith({
    uid: 'monday@flipside.example',
    start: '2027-03-29T14:00',
    timeZone: 'Europe/Brussels',
    summary: 'Monday',
  });

  test('14:00 in Brussels stays 14:00 across the clock change, and is 09:00 and then 08:00 in New York', () => {
    for (const [zone, listed] of [
      ['Europe/Brussels', ['2027-03-26 14:00 16:15 Friday', '2027-03-29 14:00 16:15 Monday']],
      ['America/New_York', ['2027-03-26 09:00 11:15 Friday', '2027-03-29 08:00 10:15 Monday']],
    ] as const) {
      const khal = khalIn(zone);
      khal.receives('friday.ics', invitationRequest(friday, margareta));
      khal.receives('monday.ics', invitationRequest(monday, margareta));
      expect(khal.lists('2027-03-25', '7d')).toEqual(listed);
    }
  });

  test('an update moves the event instead of adding another', () => {
    const khal = khalIn('Europe/Brussels');
    khal.receives('first.ics', invitationRequest(friday, margareta));
    khal.receives(
      'moved.ics',
      invitationRequest({ ...friday, start: '2027-03-30T15:00', sequence: 1 }, margareta),
    );
    expect(khal.lists('2027-03-25', '7d')).toEqual(['2027-03-30 15:00 17:15 Friday']);
  });

  test('a whole feed goes in', () => {
    const khal = khalIn('Europe/Brussels');
    khal.receives('feed.ics', feed({ name: 'Mine', timeZone: 'Europe/Brussels', entries: [monday, friday] }));
    expect(khal.lists('2027-03-25', '7d')).toEqual([
      '2027-03-26 14:00 16:15 Friday',
      '2027-03-29 14:00 16:15 Monday',
    ]);
  });
});
