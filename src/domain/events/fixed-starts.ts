// When each block begins: after the one before it, or at its own fixed start on the wall; and where that does not fit.

/** A block as far as its place goes. */
export interface Placeable {
  minutes: number;
  /** Wall clock 'HH:MM' at which it begins whatever comes before; null or left out: after the block before it. */
  fixedAt?: string | null;
}

/** The first moment of a run of show: wall time 'YYYY-MM-DDTHH:MM' in an IANA zone. */
export interface FirstMoment {
  start: string;
  timeZone: string;
}

/** Returns the first moment of an event. */
export const firstMoment = ({ startsAt, timeZone }: { startsAt: string; timeZone: string }): FirstMoment => ({
  start: startsAt,
  timeZone,
});

/** A fixed start that does not fit: free minutes before it, or minutes that the blocks before it run into it. */
export interface Clash {
  kind: 'gap' | 'overlap';
  /** Place in the list of the block with the fixed start, from 0. */
  block: number;
  minutes: number;
}

export interface Places {
  /** Real minutes from the first moment to the beginning of each block; below 0 where one is fixed before it. */
  starts: number[];
  /** Real minutes from the first moment to the end of the block that ends last. */
  end: number;
  clashes: Clash[];
}

/** Places blocks one after the other, those with a fixed start at it. Without a first moment no start is fixed. */
export function placesOf(blocks: readonly Placeable[], first?: FirstMoment): Places {
  const places: Places = { starts: [], end: 0, clashes: [] };
  let next = 0;
  for (const [block, { minutes, fixedAt }] of blocks.entries()) {
    const after = first && fixedAt ? minutesUntil(first, fixedAt, next) : next;
    if (after !== next) {
      const kind = after > next ? 'gap' : 'overlap';
      places.clashes.push({ kind, block, minutes: Math.abs(after - next) });
    }
    places.starts.push(after);
    next = after + minutes;
    places.end = Math.max(places.end, next);
  }
  return places;
}

/** Real minutes to that wall time, on the day on which it is nearest to where the block would begin otherwise. */
function minutesUntil({ start, timeZone }: FirstMoment, fixedAt: string, otherwise: number): number {
  const first = Temporal.PlainDateTime.from(start).toZonedDateTime(timeZone);
  const expected = first.add({ minutes: otherwise }).toPlainDate();
  const clock = Temporal.PlainTime.from(fixedAt);
  const candidates = [0, 1, -1].flatMap((days) =>
    // An hour that the clocks repeat comes twice in a day.
    (['earlier', 'later'] as const).map((disambiguation) => {
      const at = expected.add({ days }).toPlainDateTime(clock).toZonedDateTime(timeZone, { disambiguation });
      return first.until(at, { largestUnit: 'minutes' }).minutes;
    }),
  );
  const distance = (minutes: number) => Math.abs(minutes - otherwise);
  return candidates.reduce((best, each) => (distance(each) < distance(best) ? each : best));
}

/** Wall clock 'HH:MM' so many real minutes after the first moment. */
export function clockAfter({ start, timeZone }: FirstMoment, minutes: number): string {
  const first = Temporal.PlainDateTime.from(start).toZonedDateTime(timeZone);
  return first.add({ minutes }).toPlainTime().toString({ smallestUnit: 'minute' });
}
