import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feed } from '../../../src/mail/calendar/feed.ts';
import { invitationRequest } from '../../../src/mail/calendar/invitation.ts';
import { seriesRequest } from '../../../src/mail/calendar/series.ts';
import { needs } from '../../support/needs.ts';
import { entryWith, margareta, seriesWith } from './reading.ts';

// what khal, a calendar of a human, lists

needs('khal')('khal', () => {
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

  test('B5, B6, B11: a series stays at 14:00 over the change of clocks, without April and with March a day later', () => {
    const khal = khalIn('Europe/Brussels');
    const march = { original: '2027-03-02T14:00', start: '2027-03-03T10:00' };
    const summary = 'Pair';
    khal.receives('series.ics', seriesRequest(seriesWith({ summary }), margareta, [march]));
    expect(khal.lists('2027-01-01', '160d')).toEqual([
      '2027-01-05 14:00 15:00 Pair',
      '2027-02-02 14:00 15:00 Pair',
      '2027-03-03 10:00 11:00 Pair',
      '2027-05-04 14:00 15:00 Pair',
      '2027-06-01 14:00 15:00 Pair',
    ]);
  });

  test('an event in the night of a change of clocks lasts its minutes, in spring and in autumn', () => {
    const khal = khalIn('Europe/Brussels');
    const nights = { timeZone: 'Europe/Brussels', minutes: 180 };
    khal.receives(
      'spring.ics',
      invitationRequest(
        entryWith({
          ...nights,
          uid: 'spring@flipside.example',
          start: '2027-03-28T01:00',
          summary: 'Spring',
        }),
        margareta,
      ),
    );
    khal.receives(
      'autumn.ics',
      invitationRequest(
        entryWith({
          ...nights,
          uid: 'autumn@flipside.example',
          start: '2027-10-31T01:00',
          summary: 'Autumn',
        }),
        margareta,
      ),
    );
    expect(khal.lists('2027-03-28', '1d')).toEqual(['2027-03-28 01:00 05:00 Spring']);
    expect(khal.lists('2027-10-31', '1d')).toEqual(['2027-10-31 01:00 03:00 Autumn']);
  });
});
