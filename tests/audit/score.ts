// Guesses against the truth: hits, what chance gives, and the two bounds of the promise.
import { attacks, guesses } from './attacks.ts';
import { type Item, type Kind, kindOf, kinds, type Reader, type Sight } from './signs.ts';

/** True author of an item, and how it came about. */
export interface Truth {
  item: Item;
  person: number;
  /** In the visit in which it was asked or voted something else was written that names the guest. */
  traced: boolean;
  /** How many guests held slips when it came out. */
  holders: number;
  /** Asked on the evening itself, or ticked to come out however few wait: reported, not bounded. */
  apart: 'evening' | 'ticked' | null;
}

export interface Tally {
  guessed: number;
  hits: number;
  /** Hits allowed on average, and the variance of their number. */
  mean: number;
  variance: number;
}

export interface Line {
  reader: Reader;
  lens: string;
  attack: string;
  kind: Kind;
  /** 'untraced' may be hit by chance only, 'traced' never better than one in five; the others are stated. */
  group: 'untraced' | 'traced' | 'evening' | 'ticked';
  tally: Tally;
}

const empty = (): Tally => ({ guessed: 0, hits: 0, mean: 0, variance: 0 });

/** The most hits allowed: the mean and three standard deviations; of few guesses, what chance exceeds as rarely as that. */
export const most = (tally: Tally): number =>
  Math.max(tally.mean + 3 * Math.sqrt(tally.variance), rarelyExceeded(tally));

/** One tail of a normal distribution beyond three standard deviations. */
const rarely = 0.00135;

/** The number of hits that a binomial distribution of this mean exceeds with a chance below `rarely`. */
function rarelyExceeded({ guessed, mean }: Tally): number {
  const p = mean / Math.max(1, guessed);
  let chance = (1 - p) ** guessed;
  let beyond = 1 - chance;
  let hits = 0;
  for (; beyond >= rarely && hits < guessed; hits++) {
    chance *= p >= 1 ? 1 : ((guessed - hits) / (hits + 1)) * (p / (1 - p));
    beyond -= chance;
  }
  return hits;
}

/**
 * Says whether a line is bounded: few people about make a change easy to guess, as a question that vanishes is seen to
 * vanish. That is stated.
 */
export const isBounded = ({ group, kind, reader }: Line): boolean =>
  (group === 'untraced' || group === 'traced') && kind !== 'change' && reader !== 'operator';

/** A single lucky hit among a few guesses breaks no promise. */
export const isBroken = (line: Line): boolean =>
  isBounded(line) && line.tally.hits >= 5 && line.tally.hits > most(line.tally);

/** Adds what every attack on every sight of one event finds. */
export function count(lines: Map<string, Line>, sights: readonly Sight[], truths: readonly Truth[]): void {
  for (const { reader, lens, signs, fresh } of sights)
    for (const [attack, guess] of Object.entries(attacks))
      for (const kind of kinds) {
        const open = Map.groupBy(
          truths.filter(({ item }) => kindOf(item) === kind),
          ({ item }) => item,
        );
        for (const { item, person } of guesses(guess, signs, kind)) {
          const left = open.get(item);
          if (!left?.length || (fresh && !fresh.has(item))) continue;
          const hit = left.findIndex((one) => one.person === person);
          const [about] = left.splice(Math.max(0, hit), 1);
          const group = about!.apart ?? (about!.traced ? 'traced' : 'untraced');
          const key = [reader, lens, attack, kind, group].join('|');
          const line = lines.get(key) ?? { reader, lens, attack, kind, group, tally: empty() };
          lines.set(key, line);
          add(line.tally, hit >= 0, Math.min(1, (left.length + 1) / (about!.traced ? 5 : about!.holders)));
        }
      }
}

function add(tally: Tally, isHit: boolean, chance: number): void {
  tally.guessed += 1;
  tally.hits += Number(isHit);
  tally.mean += chance;
  tally.variance += chance * (1 - chance);
}
