import { describe, expect, test } from 'vitest';
import { consequenceOf } from '../../../src/domain/events/changes.ts';
import { download } from '../../../src/mail/calendar/download.ts';
import { entryFromJson, type PartStat } from '../../../src/mail/calendar/entry.ts';
import { cancellation, invitationRequest, uninvitation } from '../../../src/mail/calendar/invitation.ts';
import { entryWith, hasLine, margareta, propertyNames, readCalendar, readEvent, theLine } from './reading.ts';

// what each method carries: RFC 5546 3.2

describe('when Margareta is invited', () => {
  const ics = invitationRequest(entryWith(), margareta);

  test('B1: the request has organiser, one guest, start, name, stamp, identifier and sequence', () => {
    expect(theLine(ics, 'METHOD')).toBe(':REQUEST');
    expect(theLine(ics, 'ORGANIZER')).toBe(';CN=Ida Nordby:mailto:invitations@flipside.example');
    expect(theLine(ics, 'DTSTART')).toBe(';TZID=Europe/Oslo:20261210T160000');
    expect(theLine(ics, 'DTEND')).toBe(';TZID=Europe/Oslo:20261210T181500');
    expect(theLine(ics, 'STATUS')).toBe(':CONFIRMED');
    expect(theLine(ics, 'SEQUENCE')).toBe(':0');
    expect(propertyNames(ics)).toEqual(
      'uid sequence dtstamp dtstart dtend summary transp location description organizer attendee url status x-microsoft-cdo-busystatus created last-modified'.split(
        ' ',
      ),
    );
  });

  test('C6: she is the guest, with exactly the address mailed, and is asked to answer', () => {
    expect(theLine(ics, 'ATTENDEE')).toBe(
      ';ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Margareta Lindqvist:mailto:margareta@halden.example',
    );
  });

  test('C6: an update carries the answer she gave', () => {
    for (const partstat of ['ACCEPTED', 'TENTATIVE', 'DECLINED', 'NEEDS-ACTION'] satisfies PartStat[]) {
      const update = invitationRequest(entryWith({ sequence: 1 }), { ...margareta, partstat });
      expect(readEvent(update).getFirstProperty('attendee')?.getFirstParameter('partstat')).toBe(partstat);
    }
  });

  test('C7: nobody else’s address is in the object', () => {
    const addresses = ics.replaceAll('\r\n ', '').match(/mailto:[^\r\n]+/gi);
    expect(addresses).toEqual(['mailto:invitations@flipside.example', 'mailto:margareta@halden.example']);
  });

  test('an event that is cancelled invites nobody', () => {
    expect(() => invitationRequest(entryWith({ cancelled: true }), margareta)).toThrow(RangeError);
  });
});

describe('when the event changes', () => {
  const facts = {
    startsAt: '2026-12-10T16:00',
    minutes: 135,
    timeZone: 'Europe/Oslo',
    place: 'The Atrium',
    joinUrl: '',
  };
  const heard = (changes: Partial<typeof facts>) =>
    Object.values(consequenceOf(facts, { ...facts, ...changes })).some(Boolean);

  test('B2: a new time, length, zone or place is a new revision; anything else is not', () => {
    expect(heard({})).toBe(false);
    expect(heard({ startsAt: '2026-12-10T16:30' })).toBe(true);
    expect(heard({ minutes: 120 })).toBe(true);
    expect(heard({ timeZone: 'Europe/Helsinki' })).toBe(true);
    expect(heard({ place: 'Room 4.12' })).toBe(true);
  });

  test('B2: a cosmetic edit keeps SEQUENCE and renews DTSTAMP and LAST-MODIFIED', () => {
    const revisedAt = Temporal.Instant.from('2026-11-25T10:00:00Z');
    const edited = download(entryWith({ summary: 'Another name', revisedAt }));
    expect(theLine(edited, 'SEQUENCE')).toBe(theLine(download(entryWith()), 'SEQUENCE'));
    expect(theLine(edited, 'DTSTAMP')).toBe(':20261125T100000Z');
    expect(theLine(edited, 'LAST-MODIFIED')).toBe(':20261125T100000Z');
  });
});

describe('when the event is cancelled', () => {
  const ics = cancellation(entryWith({ sequence: 2, cancelled: true }), margareta);

  test('B3: the cancellation names this guest, says CANCELLED, has the higher sequence and no alarm', () => {
    expect(theLine(ics, 'METHOD')).toBe(':CANCEL');
    expect(theLine(ics, 'STATUS')).toBe(':CANCELLED');
    expect(theLine(ics, 'SEQUENCE')).toBe(':2');
    expect(readEvent(ics).getAllProperties('attendee').length).toBe(1);
    expect(ics).not.toContain('VALARM');
  });
});

describe('when Margareta alone is taken off the list', () => {
  const ics = uninvitation(entryWith({ sequence: 2 }), margareta);

  test('B4: the cancellation names her and has no STATUS', () => {
    expect(theLine(ics, 'METHOD')).toBe(':CANCEL');
    expect(theLine(ics, 'ATTENDEE')).toContain('mailto:margareta@halden.example');
    expect(hasLine(cancellation(entryWith(), margareta), 'STATUS')).toBe(true);
    expect(hasLine(ics, 'STATUS')).toBe(false);
  });
});

describe('when somebody saves the event from its page', () => {
  test('B9 and D1: it is published with its organiser, and nobody is named as guest', () => {
    const ics = download(entryWith());
    expect(theLine(ics, 'METHOD')).toBe(':PUBLISH');
    expect(theLine(ics, 'ORGANIZER')).toContain('mailto:invitations@flipside.example');
    expect(theLine(ics, 'SUMMARY')).toBe(String.raw`:Perspective Challenger\; winter\, round`);
    expect(theLine(ics, 'UID')).toBe(':9f1c2f0e-1b7b-4b4e-9d2b-2f3a4b5c6d7e@flipside.example');
    expect(hasLine(invitationRequest(entryWith(), margareta), 'ATTENDEE')).toBe(true);
    expect(hasLine(ics, 'ATTENDEE')).toBe(false);
  });

  test('D6: a cancelled one says so and blocks no time', () => {
    const ics = download(entryWith({ cancelled: true }));
    expect(theLine(ics, 'STATUS')).toBe(':CANCELLED');
    expect(theLine(ics, 'TRANSP')).toBe(':TRANSPARENT');
    expect(theLine(ics, 'X-MICROSOFT-CDO-BUSYSTATUS')).toBe(':FREE');
    expect(theLine(download(entryWith()), 'TRANSP')).toBe(':OPAQUE');
  });
});

test('an entry that went through JSON gives the same bytes', () => {
  const stored = JSON.parse(JSON.stringify(entryWith()));
  expect(invitationRequest(entryFromJson(stored), margareta)).toBe(invitationRequest(entryWith(), margareta));
});

test('what an event does not have is left out', () => {
  const ics = invitationRequest(entryWith({ location: '', description: ' \n', url: '' }), margareta);
  expect(propertyNames(ics).filter((name) => ['location', 'description', 'url'].includes(name))).toEqual([]);
  expect(readCalendar(ics).getAllSubcomponents('vevent').length).toBe(1);
});

test('somebody without a name is called by their address', () => {
  const ics = invitationRequest(
    entryWith({ organiser: { name: ' "" ', email: 'invitations@flipside.example' } }),
    { name: '', email: 'bo@halden.example' },
  );
  expect(theLine(ics, 'ATTENDEE')).toContain('CN=bo@halden.example:mailto:bo@halden.example');
});
