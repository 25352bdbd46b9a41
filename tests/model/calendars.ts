// Everybody's own calendar, as a client keeps it: the highest SEQUENCE counts, then the newest DTSTAMP (RFC 5546 2.1.5).
import type { CalendarFacts } from '../../src/domain/letters/facts.ts';

export interface Entry {
  sequence: number;
  stamp: string;
  isThere: boolean;
  start: string;
  place: string;
}

const ends = new Set(['cancelled', 'uninvited', 'seat-given-back']);

/** The entry after one more object has come in, whatever came before it. */
export function received(known: Entry | undefined, kind: string, facts: CalendarFacts): Entry {
  const fresh = {
    sequence: facts.sequence,
    stamp: facts.revisedAt,
    isThere: !ends.has(kind),
    start: `${facts.start}[${facts.timeZone}]`,
    place: facts.location,
  };
  if (known === undefined || fresh.sequence > known.sequence) return fresh;
  const isNewer = fresh.sequence === known.sequence && fresh.stamp >= known.stamp;
  return isNewer ? fresh : known;
}
