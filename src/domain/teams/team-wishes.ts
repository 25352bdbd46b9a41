// Wishes about working together. "Not with" holds and is seen by organisers alone; "with" counts where both name each other.

export type WishKind = 'with' | 'not-with';

export interface TeamWish {
  personId: number;
  otherId: number;
  kind: WishKind;
  setBy: 'person' | 'organiser';
}

/** Wishes of one person, by kind. */
export const mostWishes: Record<WishKind, number> = { with: 5, 'not-with': 3 };

type Pair = readonly [number, number];

/** Pairs that are never in one team, whoever of the two (or an organiser) wished it; each once. */
export const apartPairs = (wishes: readonly TeamWish[]): Pair[] =>
  unique(wishes.filter(({ kind }) => kind === 'not-with').map(pairOf));

/** Pairs who both wish to work together, and whom nothing keeps apart; each once. */
export function mutualPairs(wishes: readonly TeamWish[]): Pair[] {
  const wanted = new Set(
    wishes.filter(({ kind }) => kind === 'with').map(({ personId, otherId }) => `${personId} ${otherId}`),
  );
  const apart = new Set(apartPairs(wishes).map(String));
  const both = wishes.filter(
    ({ kind, personId, otherId }) => kind === 'with' && wanted.has(`${otherId} ${personId}`),
  );
  return unique(both.map(pairOf)).filter((pair) => !apart.has(String(pair)));
}

const pairOf = ({ personId, otherId }: TeamWish): Pair =>
  personId < otherId ? [personId, otherId] : [otherId, personId];

const unique = (pairs: readonly Pair[]): Pair[] => [
  ...new Map(pairs.map((pair) => [String(pair), pair])).values(),
];
