// Prints of a plan, and what has changed since the last.

/** Fingerprints of what was printed: 'p12' for the card of a person, 't3' for the sheet of a table. */
export type Printed = Readonly<Record<string, string>>;

/** Finds the cards and sheets that are new or other than those printed before. */
export function changedSince(before: Printed, now: Printed): Set<string> {
  return new Set(Object.keys(now).filter((part) => before[part] !== now[part]));
}

/** Says whether anything on paper is no longer true: something changed, or somebody or a table is gone. */
export function isOutOfDate(before: Printed, now: Printed): boolean {
  return changedSince(before, now).size > 0 || Object.keys(before).some((part) => !(part in now));
}
