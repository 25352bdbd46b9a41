// VTIMEZONE blocks: what a calendar program needs to place a wall time (RFC 5545 3.6.5).
// Observances are yearly rules, since Outlook ignores lists of dates; the identifier is the one events use.
import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { isTimeZone } from '../../domain/events/wall-time.ts';
import { blockFromChanges, changesIn, type Years } from './zone-rules.ts';

const UTC_NAMES = new Set([
  'UTC',
  'Etc/UTC',
  'Etc/UCT',
  'Etc/Universal',
  'Etc/Zulu',
  'UCT',
  'Universal',
  'Zulu',
]);

/** True where a time is written with Z and needs no VTIMEZONE. */
export function isUtc(timeZone: string): boolean {
  return UTC_NAMES.has(timeZone);
}

const blocks = new Map<string, string>();

/** A zone and the years for which its block has to be right; without years, where it shows no event. */
export interface UsedZone {
  name: string;
  years?: Years;
}

/**
 * The VTIMEZONE of an IANA zone, lines ended by CRLF, which agrees with Temporal, by which instants are worked out; throws
 * RangeError for a zone nobody knows.
 */
export function zoneBlock({ name, years }: UsedZone): string {
  const key = `${name} ${years?.first}-${years?.last}`;
  let block = blocks.get(key);
  if (block === undefined) {
    block = makeBlock(name);
    if (years && !agreesWithTemporal(block, name, years)) block = blockFromChanges(name, years);
    blocks.set(key, block);
  }
  return block;
}

/** Whether the block has Temporal's offset around every change of the clock and in every month of these years. */
function agreesWithTemporal(block: string, name: string, years: Years): boolean {
  const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(block) as unknown[]));
  const months = Array.from({ length: (years.last - years.first + 1) * 12 }, (_, month) =>
    Temporal.PlainDateTime.from({ year: years.first, month: 1, day: 1, hour: 12 }).add({ months: month }),
  );
  const around = changesIn(name, years)
    .filter(({ wall }) => wall.year >= years.first)
    .flatMap(({ wall }) => [wall.subtract({ hours: 3 }), wall.add({ hours: 3 })]);
  return [...months, ...around].every((wall) => {
    const { year, month, day, hour, minute, second } = wall;
    const time = new ICAL.Time(
      { year, month, day, hour, minute, second, isDate: false },
      ICAL.Timezone.localTimezone,
    );
    return zone.utcOffset(time) * 1e9 === wall.toZonedDateTime(name).offsetNanoseconds;
  });
}

function makeBlock(timeZone: string): string {
  const found = libraryBlock(timeZone);
  const usable = hasNegativeDaylight(found) ? irishAsLondon() : found;
  return usable
    .replace(/^TZID:.*$/m, `TZID:${timeZone}`)
    .replace(/^X-LIC-LOCATION:.*$/m, `X-LIC-LOCATION:${timeZone}`)
    .replace(/^LAST-MODIFIED:.*\r\n/m, '')
    .concat('\r\n');
}

function libraryBlock(timeZone: string): string {
  const found = isTimeZone(timeZone) ? tzlib_get_ical_block(timeZone) : '';
  const block = Array.isArray(found) ? found[0] : undefined;
  if (!block?.startsWith('BEGIN:VTIMEZONE')) throw new RangeError(`Unknown time zone: ${timeZone}`);
  return block;
}

// Ireland calls its summer time standard: right by its law, but several readers then move the hour the wrong way.
function hasNegativeDaylight(block: string): boolean {
  return /^TZID:Europe\/Dublin\r$/m.test(block);
}

function irishAsLondon(): string {
  return libraryBlock('Europe/London').replace('TZNAME:BST', 'TZNAME:IST');
}
