// Replies as mail programs send them, each in its own shape.

export interface ReplyFacts {
  uid: string;
  /** The guest's address and answer. */
  guest: string;
  partstat: string;
  organiser: string;
  sequence?: number;
  /** DTSTAMP, as iCalendar writes it. */
  stamp?: string;
  messageId?: string;
  from?: string;
  method?: 'REPLY' | 'COUNTER' | 'REQUEST' | 'CANCEL' | 'PUBLISH';
  start?: string;
  end?: string;
  comment?: string;
  /** Headers that stand above all others. */
  above?: string[];
}

interface Written extends Required<ReplyFacts> {}

let count = 0;

function written(facts: ReplyFacts): Written {
  count += 1;
  return {
    sequence: 0,
    stamp: '20261110T101500Z',
    messageId: `<reply-${count}@halden.example>`,
    from: facts.guest,
    method: 'REPLY',
    start: '20261210T160000',
    end: '20261210T181500',
    comment: '',
    above: [],
    ...facts,
  };
}

const vevent = (facts: Written, lines: string[]) => [
  'BEGIN:VEVENT',
  `UID:${facts.uid}`,
  `SEQUENCE:${facts.sequence}`,
  `DTSTAMP:${facts.stamp}`,
  ...(facts.comment ? [`COMMENT:${facts.comment}`] : []),
  ...lines,
  'END:VEVENT',
];

const vcalendar = (prodid: string, method: string, lines: string[]) =>
  `${['BEGIN:VCALENDAR', `PRODID:${prodid}`, 'VERSION:2.0', `METHOD:${method}`, ...lines, 'END:VCALENDAR'].join('\r\n')}\r\n`;

const oslo = (tzid: string) => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

function headers({ from, organiser, messageId, above }: Written, more: string[]): string[] {
  const date = 'Date: Tue, 10 Nov 2026 11:15:00 +0100';
  const to = `To: Reverse mentoring <${organiser}>`;
  return [...above, `From: Margareta <${from}>`, to, date, `Message-ID: ${messageId}`, ...more, ''];
}

const message = (lines: (string | string[])[]) => Buffer.from(lines.flat().join('\r\n'));
const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
const quotedPrintable = (text: string) =>
  text
    .replaceAll('=', '=3D')
    .replaceAll('\r\n', '=0D=0A')
    .replace(/.{1,70}(?<!=.?)/g, '$&=\r\n');

/** Thunderbird: mixed(alternative(plain, calendar 8bit), application/ics), no In-Reply-To; everything of the event is copied. */
export function thunderbird(given: ReplyFacts): Buffer {
  const facts = written(given);
  const ics = vcalendar('-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN', facts.method, [
    ...oslo('Europe/Oslo'),
    ...vevent(facts, [
      `DTSTART;TZID=Europe/Oslo:${facts.start}`,
      `DTEND;TZID=Europe/Oslo:${facts.end}`,
      `ORGANIZER;CN=Ida Nordby:mailto:${facts.organiser}`,
      `ATTENDEE;CN=Margareta;PARTSTAT=${facts.partstat};ROLE=REQ-PARTICIPANT:mailto:${facts.guest}`,
      'SUMMARY:Winter round',
    ]),
  ]);
  return message([
    headers(facts, ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="outer"']),
    ['--outer', 'Content-Type: multipart/alternative; boundary="inner"', ''],
    ['--inner', 'Content-Type: text/plain; charset=UTF-8', '', 'Margareta has answered.'],
    ['--inner', `Content-Type: text/calendar; method=${facts.method}; charset=UTF-8`],
    ['Content-Transfer-Encoding: 8BIT', '', ics, '--inner--'],
    ['--outer', 'Content-Type: application/ics; name="invite.ics"', 'Content-Transfer-Encoding: base64'],
    ['Content-Disposition: attachment; filename="invite.ics"', '', base64(ics), '--outer--', ''],
  ]);
}

/** Apple: alternative(plain, mixed(html, calendar in quoted-printable without method parameter, html)), its own zone's name. */
export function apple(given: ReplyFacts): Buffer {
  const facts = written(given);
  const ics = vcalendar('-//Apple Inc.//macOS 14.5//EN', facts.method, [
    ...oslo('Europe/Oslo'),
    ...vevent(facts, [
      `DTSTART;TZID=Europe/Oslo:${facts.start}`,
      `DTEND;TZID=Europe/Oslo:${facts.end}`,
      `ORGANIZER;CN="Ida Nordby":mailto:${facts.organiser}`,
      `ATTENDEE;CN="Margareta";CUTYPE=INDIVIDUAL;PARTSTAT=${facts.partstat};ROLE=R`,
      ` EQ-PARTICIPANT:mailto:${facts.guest}`,
    ]),
  ]);
  return message([
    headers(facts, ['MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=outer']),
    ['--outer', 'Content-Type: text/plain; charset=us-ascii', '', 'Margareta has accepted.'],
    ['--outer', 'Content-Type: multipart/mixed; boundary=inner', ''],
    ['--inner', 'Content-Type: text/html; charset=us-ascii', '', '<html><body>Yes</body></html>'],
    ['--inner', 'Content-Disposition: attachment; filename=iCal-20261110.ics'],
    ['Content-Type: text/calendar; x-unix-mode=0644; name="iCal-20261110.ics"'],
    ['Content-Transfer-Encoding: quoted-printable', '', quotedPrintable(ics)],
    ['--inner', 'Content-Type: text/html; charset=us-ascii', '', '<html><body></body></html>', '--inner--'],
    ['--outer--', ''],
  ]);
}

/** Gmail: text/calendar with method in the alternative, and the same as application/ics without one; times in UTC. */
export function gmail(given: ReplyFacts): Buffer {
  const facts = written(given);
  const ics = vcalendar('-//Google Inc//Google Calendar 70.9054//EN', facts.method, [
    'CALSCALE:GREGORIAN',
    ...vevent(facts, [
      'DTSTART:20261210T150000Z',
      'DTEND:20261210T171500Z',
      `ORGANIZER;CN=Ida Nordby:mailto:${facts.organiser}`,
      `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${facts.partstat};CN=Margareta;X-NUM-GUESTS=0:mailto:${facts.guest}`,
      'CREATED:20261109T080000Z',
      'LAST-MODIFIED:20261110T101500Z',
      'TRANSP:OPAQUE',
    ]),
  ]);
  return message([
    headers(facts, ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="mix"']),
    ['--mix', 'Content-Type: multipart/alternative; boundary="alt"', ''],
    ['--alt', 'Content-Type: text/plain; charset="UTF-8"', '', 'Accepted'],
    ['--alt', 'Content-Type: text/html; charset="UTF-8"', '', '<p>Accepted</p>'],
    ['--alt', `Content-Type: text/calendar; charset="UTF-8"; method=${facts.method}`],
    ['Content-Transfer-Encoding: 7bit', '', ics, '--alt--'],
    ['--mix', 'Content-Type: application/ics; name="invite.ics"'],
    ['Content-Disposition: attachment; filename="invite.ics"', 'Content-Transfer-Encoding: base64', ''],
    [base64(ics), '--mix--', ''],
  ]);
}

/** Outlook and Exchange: one base64 part, a Windows name for the zone, MAILTO: in capitals, often no ORGANIZER. */
export function outlook(given: ReplyFacts): Buffer {
  const facts = written(given);
  const ics = vcalendar('Microsoft Exchange Server 2010', facts.method, [
    ...oslo('W. Europe Standard Time'),
    ...vevent(facts, [
      `ATTENDEE;PARTSTAT=${facts.partstat};CN=Margareta Lindqvist:MAILTO:${facts.guest.toUpperCase()}`,
      'CLASS:PUBLIC',
      `SUMMARY;LANGUAGE=nb-NO:Godtatt: Winter round`,
      `DTSTART;TZID=W. Europe Standard Time:${facts.start}`,
      `DTEND;TZID=W. Europe Standard Time:${facts.end}`,
      'X-MICROSOFT-CDO-APPT-SEQUENCE:0',
    ]),
  ]);
  return message([
    headers(facts, ['MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary="_000_"']),
    ['--_000_', 'Content-Type: text/plain; charset="iso-8859-1"', '', 'Hei'],
    ['--_000_', `Content-Type: text/calendar; charset="utf-8"; method=${facts.method}`],
    ['Content-Transfer-Encoding: base64', '', base64(ics), '--_000_--', ''],
  ]);
}

/** A message with these calendar objects, and nothing else. */
export function withCalendars(given: ReplyFacts, calendars: string[]): Buffer {
  return message([
    headers(written(given), ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="x"']),
    ...calendars.map((ics) => ['--x', 'Content-Type: text/calendar; charset=utf-8', '', ics]),
    ['--x--', ''],
  ]);
}
