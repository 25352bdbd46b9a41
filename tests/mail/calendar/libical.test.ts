import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { instantOf } from '../../../src/domain/events/wall-time.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import { needs } from '../../support/needs.ts';
import { english } from '../../support/words.ts';
import { letters } from '../letters-on-the-desk.ts';
import { entryWith, everyObject, everySeriesObject } from './reading.ts';

// what libical says, which knows the tables of RFC 5546 3.2 (which method needs and forbids which property)

const check = `
import gi, json, re, sys
gi.require_version('ICalGLib', '3.0')
from gi.repository import ICalGLib
found = []
for text in json.load(sys.stdin):
    calendar = ICalGLib.Component.new_from_string(text)
    keeps = ICalGLib.restriction_check(calendar)
    said = re.sub('\\r\\n ', '', calendar.as_ical_string())
    found.append({'keeps': bool(keeps), 'errors': re.findall('X-LIC-ERROR[^:]*:(.*?)\\r\\n', said)})
print(json.dumps(found))
`;

interface Finding {
  keeps: boolean;
  errors: string[];
}

function libicalOn(objects: Record<string, string>): Record<string, Finding> {
  const input = JSON.stringify(Object.values(objects));
  const found = JSON.parse(execFileSync('/usr/bin/python3', ['-c', check], { input, encoding: 'utf8' }));
  return Object.fromEntries(Object.keys(objects).map((name, index) => [name, found[index]]));
}

needs('libical')('libical', () => {
  test('B1, B3, B4, B9, D18: every object we send or publish keeps the tables of RFC 5546', () => {
    const objects = { ...everyObject(entryWith()), ...everySeriesObject() };
    const fine = Object.fromEntries(Object.keys(objects).map((name) => [name, { keeps: true, errors: [] }]));
    expect(Object.keys(objects)).toHaveLength(11);
    expect(libicalOn(objects)).toEqual(fine);
  });

  test('B1, B3 and B4: the calendar of every letter keeps them too', () => {
    const margareta = { name: 'Margareta Lindqvist', email: 'margareta@halden.example' };
    const calendars = letters.flatMap((facts) => {
      const { calendar } = renderLetter(facts, margareta, english);
      return calendar ? [[facts.kind, calendar.content] as const] : [];
    });
    const found = libicalOn(Object.fromEntries(calendars));
    expect(calendars.length).toBeGreaterThan(7);
    expect(Object.entries(found).filter(([, { keeps, errors }]) => !keeps || errors.length > 0)).toEqual([]);
  });

  test('and it notices what does not', () => {
    const { request = '', cancellation = '' } = everyObject(entryWith());
    const without = (ics: string, name: string) =>
      ics.replace(new RegExp(`${name}[^\\r]*\\r\\n(?: [^\\r]*\\r\\n)*`), '');
    const found = libicalOn({
      organiser: without(request, 'ORGANIZER'),
      guest: without(request, 'ATTENDEE'),
      uid: without(request, 'UID'),
      stamp: without(request, 'DTSTAMP'),
      sequence: without(cancellation, 'SEQUENCE'),
      guestPublished: request.replace('METHOD:REQUEST', 'METHOD:PUBLISH'),
    });
    expect(Object.entries(found).filter(([, { keeps }]) => keeps)).toEqual([]);
    expect(found.guest?.errors.join()).toContain('ATTENDEE');
    const unknown = libicalOn({ name: request.replace('METHOD:', 'TIMEZONE-ID:X\r\nMETHOD:') });
    expect(unknown.name?.errors.join()).toContain('TIMEZONE-ID');
  });
});

const moment = `
import gi, json, os, sys
gi.require_version('ICalGLib', '3.0')
from gi.repository import ICalGLib
found, kept = [], []
for text in json.load(sys.stdin):
    calendar = ICalGLib.Component.new_from_string(text)
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    start = event.get_dtstart()
    tzid = event.get_first_property(ICalGLib.PropertyKind.DTSTART_PROPERTY).get_first_parameter(
        ICalGLib.ParameterKind.TZID_PARAMETER).get_tzid()
    zone = calendar.get_timezone(tzid)
    kept.append((calendar, event, zone))
    found.append(start.as_timet_with_zone(zone))
print(json.dumps(found), flush=True)
os._exit(0)
`;

needs('libical')('libical, where one yearly rule drifts', () => {
  test('F9: places an event by our VTIMEZONE where Temporal does, in the weeks in which the clocks change', () => {
    const starts = ['2028-03-22', '2028-03-25', '2028-03-30', '2029-03-24', '2029-10-30', '2030-10-25'];
    const zones = ['Asia/Jerusalem', 'Asia/Gaza', 'America/Santiago', 'Africa/Cairo', 'America/Godthab'];
    const entries = zones.flatMap((timeZone) =>
      starts.map((day) => entryWith({ start: `${day}T14:00`, timeZone })),
    );
    const input = JSON.stringify(entries.map((entry) => everyObject(entry).request));
    const found = JSON.parse(execFileSync('/usr/bin/python3', ['-c', moment], { input, encoding: 'utf8' }));
    expect(found).toEqual(
      entries.map(({ start, timeZone }) => instantOf(start, timeZone).epochMilliseconds / 1000),
    );
  });
});
