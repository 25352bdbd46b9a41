// Pairs seniors with talents by one of two rules, and says what following it rather than the other costs.
import { cannot } from '../cannot.ts';
import { type Effort, type Spending, spend } from '../effort.ts';
import { type Random, randomFrom } from '../random.ts';
import { answerOf, type Pairing } from './answer.ts';
import { faultsOf } from './faults.ts';
import { heaviestPairs } from './jonker-volgenant.ts';
import { type Market, marketOf, roomOf } from './market.ts';
import { blockingPairs, stablePairs } from './stable.ts';
import type { PairsAnswer, PairsWishes } from './wishes.ts';

/** Orders by chance in which a stable pairing is looked for, where equally dear people leave a choice. */
const usualDraws = 30;

/**
 * The pairs for wishes without faults, by the rule of the wishes; throws a RangeError naming the faults of wishes that
 * have some. `iterations` of the effort are shortest paths and draws of a stable pairing.
 */
export function pairEveryone(wishes: PairsWishes, effort: Effort): PairsAnswer {
  const faults = faultsOf(wishes);
  if (faults.length > 0) throw cannot(faults);
  const random = randomFrom(effort.seed);
  const market = marketOf(wishes, random);
  const paths = wishes.people.reduce((sum, person) => sum + roomOf(person), 0);
  const spending = spend(effort, paths + usualDraws);
  const tell = (pairing: Pairing) => report(effort, market, pairing);
  const most = mostPairs(market, spending);
  if (wishes.rule !== 'stable') tell(most);
  const draws = wishes.rule === 'stable' ? Number.POSITIVE_INFINITY : usualDraws;
  const stable = bestStable(
    market,
    random,
    spending,
    { most, draws, openEnded: isOpenEnded(effort) },
    (found) => {
      if (wishes.rule === 'stable') tell(found);
    },
  );
  return answerOf(wishes, market, most, stable, { iterations: spending.iterations, seed: effort.seed });
}

const isOpenEnded = ({ iterations, isOver }: Effort) => iterations === undefined && isOver === undefined;

/** As many pairs as possible, then as much weight: every pair gains more than all weights together. */
function mostPairs(market: Market, spending: Spending): Pairing {
  const { seniors, talents, load, capacity, allowed, weight } = market;
  const greatest = allowed.reduce((most, may, at) => (may ? Math.max(most, weight[at]!) : most), 0);
  const pair = 1 + greatest * Math.min(sum(load), sum(capacity));
  const gain = Float64Array.from(allowed, (may, at) => (may ? pair + weight[at]! : 0));
  const trade = { rows: seniors.length, columns: talents.length, rowRoom: load, columnRoom: capacity, gain };
  const { made, finished } = heaviestPairs(trade, spending);
  const pairing = pairingOf(market, made);
  const bound = finished ? pairing : roomBound(market);
  return { ...pairing, bound: { pairs: bound.pairs, weight: bound.weight } };
}

const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);

/** Pairs and weight, the locked ones among them, and who would rather have each other. */
function pairingOf(market: Market, made: Uint8Array): Omit<Pairing, 'bound'> {
  const columns = market.talents.length;
  const places = [
    ...market.locked.map(([senior, talent]) => senior * columns + talent),
    ...made.keys().filter((at) => made[at] === 1),
  ];
  return {
    made,
    pairs: places.length,
    weight: sum(places.map((at) => market.weight[at]!)),
    blocking: blockingPairs(market, made),
  };
}

/** No more pairs than rooms on either side and people to fill them with, and for each senior the heaviest. */
function roomBound(market: Market): { pairs: number; weight: number } {
  const { seniors, talents, load, capacity, allowed, weight, locked } = market;
  const columns = talents.length;
  const whole = pairingOf(market, new Uint8Array(allowed.length));
  const bound = { pairs: 0, weight: whole.weight };
  for (let senior = 0; senior < seniors.length; senior += 1) {
    const row = talents.map((_, talent) => senior * columns + talent).filter((at) => allowed[at] === 1);
    const heaviest = row.map((at) => weight[at]!).sort((a, b) => b - a);
    bound.pairs += Math.min(load[senior]!, heaviest.length);
    bound.weight += sum(heaviest.slice(0, load[senior]));
  }
  return { ...bound, pairs: locked.length + Math.min(bound.pairs, sum(capacity)) };
}

interface Draws {
  most: Pairing;
  draws: number;
  openEnded: boolean;
}

/** The stable pairing with most pairs, then most weight, of those that chance brings; one at least. */
function bestStable(
  market: Market,
  random: Random,
  spending: Spending,
  { most, draws, openEnded }: Draws,
  tell: (pairing: Pairing) => void,
): Pairing {
  let best: Pairing | undefined;
  const left = { seniors: market.load.map(() => 0), talents: market.capacity.map(() => 0) };
  const last = openEnded ? usualDraws : draws;
  for (let draw = 0; draw === 0 || (draw < last && spending.step()); draw += 1) {
    const { made, withoutTies } = stablePairs(market, random, left);
    const found = pairingOf(market, made);
    const pairs = withoutTies ? found.pairs : most.bound.pairs;
    if (!best || found.pairs > best.pairs || (found.pairs === best.pairs && found.weight > best.weight)) {
      best = { ...found, bound: { pairs, weight: 0 } };
      tell(best);
    }
    if (withoutTies || (best.pairs === most.bound.pairs && best.weight >= most.bound.weight)) break;
  }
  return best!;
}

/** Tells of places of seniors left open: so many, and the fewest there can be. */
function report({ onProgress }: Effort, { load, locked }: Market, { pairs, bound }: Pairing): void {
  const places = sum(load) + locked.length;
  const open = places - pairs;
  const least = places - bound.pairs;
  const sentence = `${pairs} pairs; ${open <= least ? 'there can be no more' : 'looking for more'}.`;
  onProgress?.(open, least, sentence);
}
