// VTIMEZONE blocks: what a calendar program needs to place a wall time (RFC 5545 3.6.5).
// Observances are yearly rules, since Outlook ignores lists of dates; the identifier is the one events use.
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { isTimeZone } from '../../domain/events/wall-time.ts';

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

/** The VTIMEZONE of an IANA zone, lines ended by CRLF; throws RangeError for a zone nobody knows. */
export function zoneBlock(timeZone: string): string {
  let block = blocks.get(timeZone);
  if (block === undefined) {
    block = makeBlock(timeZone);
    blocks.set(timeZone, block);
  }
  return block;
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
