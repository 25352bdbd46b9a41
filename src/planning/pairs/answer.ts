// Pairs in the words of those who asked for them: ids, topics, reasons, and what the other rule would give.
import type { Goal } from '../programme.ts';
import type { Market } from './market.ts';
import { listed, reasonsFor } from './why-alone.ts';
import type { Pair, PairsAnswer, PairsRule, PairsWishes, Partner } from './wishes.ts';

/** A pairing and what it is worth, locked pairs counted in. */
export interface Pairing {
  /** Pairs not locked, 1 in [senior · talents + talent]. */
  made: Uint8Array;
  pairs: number;
  weight: number;
  /** [senior, talent] who would rather have each other. */
  blocking: [number, number][];
  /** The most pairs by the rule, and the most weight of as many pairs. */
  bound: { pairs: number; weight: number };
}

/** The answer by the rule of the wishes, of the two pairings. */
export function answerOf(
  wishes: PairsWishes,
  market: Market,
  most: Pairing,
  stable: Pairing,
  making: { iterations: number; seed: number },
): PairsAnswer {
  const rule = wishes.rule ?? 'most';
  const [own, other] = rule === 'most' ? [most, stable] : [stable, most];
  const pairs = pairsOf(wishes, market, own);
  const goals = goalsOf(rule, own);
  return {
    pairs,
    unpaired: unpairedOf(market, own).map(({ id }) => id),
    weight: own.weight,
    rule,
    goals,
    provenOptimal: goals.every(({ value, bound }) => value === bound),
    blockingPairs: own.blocking.map(([senior, talent]) => ({
      senior: market.seniors[senior]!.id,
      talent: market.talents[talent]!.id,
    })),
    otherRule: {
      rule: rule === 'most' ? 'stable' : 'most',
      pairs: other.pairs,
      weight: other.weight,
      blockingPairs: other.blocking.length,
    },
    price: priceOf(rule, own, other),
    reasons: reasonsFor(wishes, market, own.made, unpairedOf(market, own)),
    method: rule === 'most' ? 'shortest augmenting paths' : 'deferred acceptance, seniors ask',
    ...making,
  };
}

function goalsOf(rule: PairsRule, { pairs, weight, bound }: Pairing): Goal[] {
  const first = { name: 'pairs', value: pairs, bound: bound.pairs };
  return rule === 'stable' ? [first] : [first, { name: 'weight', value: weight, bound: bound.weight }];
}

/** All pairs, in the order in which the wishes name seniors and talents. */
function pairsOf(wishes: PairsWishes, market: Market, { made }: Pairing): Pair[] {
  const { seniors, talents, locked, weight } = market;
  const order = new Map(wishes.people.map(({ id }, index) => [id, index]));
  const place = (id: string) => order.get(id)!;
  const all: [number, number, boolean][] = locked.map(([senior, talent]) => [senior, talent, true]);
  for (const at of made.keys())
    if (made[at] === 1) all.push([Math.floor(at / talents.length), at % talents.length, false]);
  return all
    .map(([s, t, isLocked]) => {
      const [senior, talent] = [seniors[s]!, talents[t]!];
      const topics = (senior.wants ?? []).filter((topic) => talent.offers?.includes(topic));
      const reason = isLocked ? 'This pair was asked for.' : whyPair(senior, talent, topics);
      return {
        senior: senior.id,
        talent: talent.id,
        weight: weight[s * talents.length + t]!,
        topics,
        reason,
      };
    })
    .sort((a, b) => place(a.senior) - place(b.senior) || place(a.talent) - place(b.talent));
}

/** Says which likes and topics speak for a pair. */
export function whyPair(senior: Partner, talent: Partner, topics: readonly string[]): string {
  const parts: string[] = [];
  const likes = (a: Partner, b: Partner) => (a.likes ?? []).some((tier) => tier.includes(b.id));
  if (likes(senior, talent)) parts.push(`${senior.name} asked for ${talent.name}`);
  if (likes(talent, senior)) parts.push(`${talent.name} asked for ${senior.name}`);
  if (topics.length > 0) parts.push(`${talent.name} can tell about ${listed(topics)}`);
  if (parts.length === 0) return `${senior.name} and ${talent.name} both had a place.`;
  return `${listed(parts)}.`;
}

/** Everybody who could be in a pair and is in none, seniors first. */
function unpairedOf({ seniors, talents, locked }: Market, { made }: Pairing): Partner[] {
  const columns = talents.length;
  const paired = new Set<Partner>(locked.flatMap(([senior, talent]) => [seniors[senior]!, talents[talent]!]));
  for (const at of made.keys())
    if (made[at] === 1) paired.add(seniors[Math.floor(at / columns)]!).add(talents[at % columns]!);
  return [...seniors, ...talents]
    .filter((person) => person.most !== 0 && !paired.has(person))
    .sort((a, b) => (a.side === b.side ? (a.id < b.id ? -1 : 1) : a.side === 'senior' ? -1 : 1));
}

function priceOf(rule: PairsRule, own: Pairing, other: Pairing): string {
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const [most, stable] = rule === 'most' ? [own, other] : [other, own];
  if (most.blocking.length === 0 && most.pairs === stable.pairs && most.weight === stable.weight)
    return 'The other rule gives as many pairs and as much weight.';
  const worth = ({ pairs, weight }: Pairing) => `${count(pairs, 'pair')} of weight ${weight}`;
  const blocking = `${count(most.blocking.length, 'pair')} of people would rather have each other`;
  return rule === 'most'
    ? `${blocking}; with none there would be ${worth(stable)} instead of ${worth(most)}.`
    : `There could be ${worth(most)} instead of ${worth(stable)}, but then ${blocking}.`;
}
