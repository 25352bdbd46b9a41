import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { needs } from '../../support/needs.ts';
import { entryWith, everyObject, everySeriesObject } from './reading.ts';

// what python-icalendar understands

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

needs('python-icalendar')('python-icalendar', () => {
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

  test('reads every object about a series without an error', () => {
    const all = everySeriesObject();
    const found = python(Object.values(all));
    expect(found.map(({ errors, method }: { errors: unknown; method: string }) => [errors, method])).toEqual([
      [[], 'REQUEST'],
      [[], 'REQUEST'],
      [[], 'CANCEL'],
    ]);
  });
});
