// Planned and actual minutes afterwards: how long blocks took, and what the sessions of a format teach it.

/** Sessions from which on the median of a block is offered to its format. */
export const fewestSessions = 2;

/** Blocks that count as one: rounds of a format are one, however many there are, and so are moves. */
export const stemOf = (title: string): string => title.replace(/\s*\d+$/, '') || title;

/** Measured minutes of a block over the sessions of a format. */
export interface MedianOfBlock {
  kind: string;
  /** Title without the number of its round. */
  stem: string;
  seconds: number;
  sessions: number;
}

/** Rounds to whole minutes, to one at least. */
export const wholeMinutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

/** Returns the block's minutes by the median of its sessions; null while there are too few. */
export function medianFor(
  { kind, title }: { kind: string; title: string },
  medians: readonly MedianOfBlock[],
): number | null {
  const found = medians.find((one) => one.kind === kind && one.stem === stemOf(title));
  return found && found.sessions >= fewestSessions ? wholeMinutes(found.seconds) : null;
}

/** Puts the medians into the blocks of a format; a block that may shrink stays above its fewest minutes. */
export function withMedians<
  B extends { kind: string; title: string; minutes: number; shrinksTo?: number | null },
>(blocks: readonly B[], medians: readonly MedianOfBlock[]): B[] {
  return blocks.map((block) => {
    const minutes = medianFor(block, medians) ?? block.minutes;
    const shrinksTo = block.shrinksTo == null ? block.shrinksTo : Math.min(block.shrinksTo, minutes);
    return { ...block, minutes, shrinksTo };
  });
}
