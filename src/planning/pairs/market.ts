// Wishes as arrays over senior × talent: who may be a pair, how dear each is to the other, what the pair is worth.
import { type Random, shuffle } from '../random.ts';
import { reportingLines } from './reporting-line.ts';
import type { PairsWishes, Partner } from './wishes.ts';

/** Arrays of pairs are [senior · talents + talent]; the order of people is a draw, so that equal pairings are too. */
export interface Market {
  seniors: Partner[];
  talents: Partner[];
  /** Pairs each may still be in, locked ones taken off. */
  load: Int32Array;
  capacity: Int32Array;
  /** Pairs made in any case, [senior, talent]. */
  locked: [number, number][];
  /** 1 where a pair may be made, locked pairs not among them. */
  allowed: Uint8Array;
  weight: Float64Array;
  /** How dear the talent is to the senior and the senior to the talent; larger is dearer. */
  seniorLikes: Float64Array;
  talentLikes: Float64Array;
}

/** The most that one pair may be worth. */
export const greatestWeight = 1_000_000;

/** The market of wishes without faults. */
export function marketOf(wishes: PairsWishes, random: Random): Market {
  const [seniors, talents] = (['senior', 'talent'] as const).map((side) =>
    shuffle(
      wishes.people.filter((person) => person.side === side),
      random,
    ),
  ) as [Partner[], Partner[]];
  const pairs = () => new Float64Array(seniors.length * talents.length);
  const market: Market = {
    seniors,
    talents,
    load: Int32Array.from(seniors, roomOf),
    capacity: Int32Array.from(talents, roomOf),
    locked: [],
    allowed: new Uint8Array(seniors.length * talents.length),
    weight: pairs(),
    seniorLikes: pairs(),
    talentLikes: pairs(),
  };
  fill(market, wishes);
  weigh(market, wishes);
  forbid(market, wishes);
  lock(market, wishes);
  return market;
}

/** How many pairs somebody may be in. */
export const roomOf = (person: Partner) => person.most ?? 1;

/** Returns the points of a place in a list of topics: 5, 4, 3, 2, and 1 from the fifth on. */
const pointsAt = (place: number) => Math.max(1, 5 - place);

/** Returns the weight of a tier of likes: 20, 19, … and 10 from the eleventh on. */
const likePoints = (tier: number) => Math.max(10, 20 - tier);

/** A liked person is dearer than any number of topics. */
const beyondTopics = 1_000_000;

function fill(market: Market, wishes: PairsWishes): void {
  const { seniors, talents, allowed, weight, seniorLikes, talentLikes } = market;
  const [likedBySeniors, likedByTalents] = [seniors.map(tiersOf), talents.map(tiersOf)];
  const offered = talents.map(({ offers }) => placesOf(offers));
  for (const [s, senior] of seniors.entries())
    for (const [t, talent] of talents.entries()) {
      const at = s * talents.length + t;
      const [wanted, known] = topicPoints(senior.wants ?? [], offered[t]!);
      const [a, b] = [likedBySeniors[s]!.get(talent.id), likedByTalents[t]!.get(senior.id)];
      seniorLikes[at] = wanted + (a === undefined ? 0 : beyondTopics * (beyondTopics - a));
      talentLikes[at] = known + (b === undefined ? 0 : beyondTopics * (beyondTopics - b));
      weight[at] =
        wanted + known + (a === undefined ? 0 : likePoints(a)) + (b === undefined ? 0 : likePoints(b));
      const open = wishes.strangers || !senior.wants?.length || !talent.offers?.length;
      allowed[at] = open || weight[at] > 0 ? 1 : 0;
    }
}

const placesOf = (topics: readonly string[] = []) => new Map(topics.map((topic, place) => [topic, place]));

const tiersOf = ({ likes = [] }: Partner) =>
  new Map(likes.flatMap((tier, index) => tier.map((id) => [id, index] as const)));

/** Counts the points of shared topics for the one who wants them and for the one who offers them. */
function topicPoints(wants: readonly string[], offered: ReadonlyMap<string, number>): [number, number] {
  let [wanted, known] = [0, 0];
  for (const [place, topic] of wants.entries()) {
    const other = offered.get(topic);
    if (other === undefined) continue;
    wanted += pointsAt(place);
    known += pointsAt(other);
  }
  return [wanted, known];
}

/** The places of a pair named in any order: [senior, talent]. */
function placesIn({ seniors, talents }: Market): (a: string, b: string) => [number, number] {
  const seniorAt = new Map(seniors.map(({ id }, index) => [id, index]));
  const talentAt = new Map(talents.map(({ id }, index) => [id, index]));
  return (a, b) =>
    seniorAt.has(a)
      ? [seniorAt.get(a)!, talentAt.get(b) ?? -1]
      : [seniorAt.get(b) ?? -1, talentAt.get(a) ?? -1];
}

function weigh(market: Market, { weights = [] }: PairsWishes): void {
  const places = placesIn(market);
  for (const [a, b, weight] of weights) {
    const [senior, talent] = places(a, b);
    market.weight[senior * market.talents.length + talent] = weight;
    market.allowed[senior * market.talents.length + talent] = 1;
  }
}

function forbid(market: Market, wishes: PairsWishes): void {
  const { seniors, talents, allowed } = market;
  const inOneLine = reportingLines(wishes.people);
  for (const [s, senior] of seniors.entries())
    for (const [t, talent] of talents.entries())
      if (inOneLine(senior.id, talent.id)) allowed[s * talents.length + t] = 0;
  const places = placesIn(market);
  for (const [a, b] of wishes.apart ?? []) {
    const [senior, talent] = places(a, b);
    if (senior >= 0 && talent >= 0) allowed[senior * talents.length + talent] = 0;
  }
}

function lock(market: Market, { locks = [] }: PairsWishes): void {
  const places = placesIn(market);
  for (const [a, b] of locks) {
    const [senior, talent] = places(a, b);
    const at = senior * market.talents.length + talent;
    if (market.locked.some(([s, t]) => s === senior && t === talent)) continue;
    market.locked.push([senior, talent]);
    market.allowed[at] = 0;
    market.load[senior]! -= 1;
    market.capacity[talent]! -= 1;
  }
}
