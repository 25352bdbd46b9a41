// Presses at the door from several phones, some of them offline for a while: whatever the order in which they arrive, all end alike.

/** A press: made on one phone, sent until it has arrived, perhaps several times. */
export interface DoorPress {
  /** Made on the phone; the same press sent again has the same one. */
  id: string;
  personId: number;
  here: boolean;
  at: Temporal.Instant;
}

/** The press that counts for one person. */
export type Standing = Pick<DoorPress, 'id' | 'at' | 'here'>;

/** Outcome of a press: applied, so already, or overruled by one that was made later and says the opposite. */
export type Merged =
  | { outcome: 'applied'; standing: Standing }
  | { outcome: 'again'; standing: Standing }
  | { outcome: 'overruled'; standing: Standing };

/** Compares two presses by when they were made; of two made at one moment the greater id counts as the later one. */
export function comparePresses(
  one: Pick<DoorPress, 'id' | 'at'>,
  other: Pick<DoorPress, 'id' | 'at'>,
): number {
  const byTime = Temporal.Instant.compare(one.at, other.at);
  if (byTime !== 0) return byTime;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/** Merges a press with the one that counts so far: the one made later counts, whenever either arrives. */
export function mergePress(standing: Standing | null, press: DoorPress): Merged {
  const mine: Standing = { id: press.id, at: press.at, here: press.here };
  if (standing === null) return { outcome: 'applied', standing: mine };
  const order = comparePresses(press, standing);
  if (press.id === standing.id || order === 0) return { outcome: 'again', standing };
  if (order > 0) return { outcome: 'applied', standing: mine };
  return { outcome: standing.here === press.here ? 'again' : 'overruled', standing };
}
