// A subscribed calendar: all events of one person or one programme, read again and again by a calendar program.
// METHOD:PUBLISH (RFC 5546 3.2.1) with the naming and refresh properties of RFC 7986 5.1, 5.7, 5.8 and their older twins.
import { span, zoneName } from '../../domain/events/wall-time.ts';
import { publishedEvent } from './download.ts';
import type { CalendarEntry } from './entry.ts';
import { calendarObject, zonesOf } from './object.ts';
import { escapeText, oneLine, webAddress } from './text.ts';
import { tidy } from './tidy.ts';
import { isUtc } from './zone.ts';

export interface FeedFacts {
  name: string;
  /** IANA zone that a reader shows the calendar in. */
  timeZone: string;
  entries: readonly CalendarEntry[];
  /** Address of the calendar, without the secret; left out when empty (RFC 7986 5.8). */
  source?: string;
}

/** The bytes of a feed: equal facts give equal bytes, whatever the order, the hour or the server's zone. */
export function feed(calendar: FeedFacts): string {
  const entries = [...calendar.entries].sort(byStartThenUid);
  const zones = zonesOf([...entries, { timeZone: calendar.timeZone }]);
  // A calendar without any component is not a calendar (RFC 5545 3.6), so even an empty one in UTC keeps a zone.
  const shown = zones.length + entries.length ? zones : [{ name: 'Etc/UTC' }];
  const frame = calendarObject('PUBLISH', headerLines(calendar), shown, []);
  return frame.replace(END, () => `${entries.map(tidyEvent).join('')}${END}`);
}

const END = 'END:VCALENDAR\r\n';

/** Events as they stand in feeds, by their facts: of 500 mostly one has changed. */
const tidied = new Map<string, string>();
const mostTidied = 5000;

function tidyEvent(entry: CalendarEntry): string {
  const key = JSON.stringify(entry);
  let block = tidied.get(key);
  if (block === undefined) {
    const alone = tidy(`BEGIN:VCALENDAR\r\n${publishedEvent(entry)}${END}`);
    block = alone.slice(alone.indexOf('BEGIN:VEVENT'), -END.length);
    if (tidied.size >= mostTidied) tidied.delete(tidied.keys().next().value!);
    tidied.set(key, block);
  }
  return block;
}

function headerLines({ name, timeZone, source }: FeedFacts): string[] {
  const zone = zoneName(timeZone);
  const title = escapeText(oneLine(name).trim());
  const address = webAddress(source ?? '');
  return [
    `NAME:${title}`,
    `X-WR-CALNAME:${title}`,
    `X-WR-TIMEZONE:${isUtc(zone) ? 'UTC' : zone}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...(address ? [`SOURCE;VALUE=URI:${address}`] : []),
  ];
}

const DAYS_KEPT_AFTER_CANCELLING = 30;
const DAYS_BACK = 90;
const DAYS_AHEAD = 731;

/** The entries a feed still shows at that moment: 90 days back to 2 years ahead; a cancelled one for 30 days after it was cancelled. */
export function entriesForFeed(entries: readonly CalendarEntry[], now: Temporal.Instant): CalendarEntry[] {
  const daysUntil = (then: Temporal.Instant) => (then.epochMilliseconds - now.epochMilliseconds) / 86_400_000;
  return entries.filter((entry) => {
    if (entry.cancelled && daysUntil(entry.revisedAt) < -DAYS_KEPT_AFTER_CANCELLING) return false;
    const { start, end } = span(entry);
    return daysUntil(end.toInstant()) >= -DAYS_BACK && daysUntil(start.toInstant()) <= DAYS_AHEAD;
  });
}

function byStartThenUid(one: CalendarEntry, other: CalendarEntry): number {
  return compare(one.start, other.start) || compare(one.uid, other.uid);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
