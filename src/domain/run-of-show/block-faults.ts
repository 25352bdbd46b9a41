// Rules of a block: its length, what it may give up, and when it starts.

/** Minutes a block may have. */
export const mostMinutes = 600;
/** Blocks a run of show may have. */
export const mostBlocks = 40;

export interface BlockFault {
  field: 'shrinksTo';
  sentence: string;
  params: Record<string, string | number>;
}

/** Names what is wrong between the fields of one block; empty where nothing is. */
export function blockFaults({
  minutes,
  shrinksTo,
}: {
  minutes: number;
  shrinksTo: number | null;
}): BlockFault[] {
  if (shrinksTo === null || shrinksTo < minutes) return [];
  const sentence =
    'It takes {minutes} minutes, so it can only be shortened to fewer. Write a smaller number.';
  return [{ field: 'shrinksTo', sentence, params: { minutes } }];
}
