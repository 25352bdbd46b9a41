// Pairs and trios in the words of those who asked for them.
import type { Goal } from '../programme.ts';
import { whyPair } from './answer.ts';
import { meetsTwo } from './faults.ts';
import { type Market, roomOf } from './market.ts';
import type { Meeting } from './trios-model.ts';
import type { Pair, PairsWishes, Partner, Trio, TriosAnswer } from './wishes.ts';

/** How meetings came about. */
interface Made {
  goals: Goal[];
  proven: boolean;
  iterations: number;
  seed: number;
}

/** The answer, meetings in the order in which the wishes name seniors and talents. */
export function triosAnswer(
  wishes: PairsWishes,
  market: Market,
  meetings: readonly Meeting[],
  { goals, proven, iterations, seed }: Made,
): TriosAnswer {
  const order = new Map(wishes.people.map(({ id }, index) => [id, index]));
  const first = (meeting: Pair | Trio) => ('talent' in meeting ? meeting.talent : meeting.talents[0]);
  const pairs = meetings
    .map((meeting) => inWords(market, meeting, order))
    .sort(
      (a, b) => order.get(a.senior)! - order.get(b.senior)! || order.get(first(a))! - order.get(first(b))!,
    );
  const trios = pairs.filter((meeting) => 'talents' in meeting).length;
  const alone = aloneIn(market, meetings).sort((a, b) => order.get(a.id)! - order.get(b.id)!);
  return {
    pairs,
    unpaired: alone.map(({ id }) => id),
    weight: pairs.reduce((sum, { weight }) => sum + weight, 0),
    rule: 'most',
    goals,
    provenOptimal: proven,
    price: `${trios} of ${pairs.length} meetings ${trios === 1 ? 'is' : 'are'} of two talents with one senior.`,
    reasons: Object.fromEntries(
      alone.map((person) => [person.id, whyAlone(wishes, market, meetings, goals, person)]),
    ),
    method: 'staged programme',
    iterations,
    seed,
  };
}

function inWords(
  { seniors, talents, weight, locked }: Market,
  meeting: Meeting,
  order: ReadonlyMap<string, number>,
) {
  const senior = seniors[meeting.senior]!;
  const here = meeting.talents
    .map((talent) => ({ talent: talents[talent]!, number: talent }))
    .sort((a, b) => order.get(a.talent.id)! - order.get(b.talent.id)!);
  const topicsWith = (talent: Partner) =>
    (senior.wants ?? []).filter((topic) => talent.offers?.includes(topic));
  const isLocked = (talent: number) => locked.some(([s, t]) => s === meeting.senior && t === talent);
  const why = here.map(({ talent, number }) =>
    isLocked(number)
      ? `${senior.name} and ${talent.name} were asked for as a pair.`
      : whyPair(senior, talent, topicsWith(talent)),
  );
  const shared = {
    senior: senior.id,
    weight: here.reduce((sum, { number }) => sum + weight[meeting.senior * talents.length + number]!, 0),
    topics: (senior.wants ?? []).filter((topic) => here.some(({ talent }) => talent.offers?.includes(topic))),
    reason: why.join(' '),
  };
  const [one, other] = here.map(({ talent }) => talent.id);
  return other === undefined
    ? { ...shared, talent: one! }
    : { ...shared, talents: [one!, other] as [string, string] };
}

/** Everybody who could be in a meeting and is in none. */
function aloneIn({ seniors, talents }: Market, meetings: readonly Meeting[]): Partner[] {
  const placed = new Set(
    meetings.flatMap(({ senior, talents: here }) => [
      seniors[senior]!,
      ...here.map((talent) => talents[talent]!),
    ]),
  );
  return [...seniors, ...talents].filter((person) => roomOf(person) > 0 && !placed.has(person));
}

/** Why somebody is in no meeting. */
function whyAlone(
  wishes: PairsWishes,
  { seniors, talents, allowed }: Market,
  meetings: readonly Meeting[],
  goals: readonly Goal[],
  person: Partner,
): string {
  const isSenior = person.side === 'senior';
  const [mine, everyone] = isSenior ? [seniors.indexOf(person), talents] : [talents.indexOf(person), seniors];
  const at = (other: number) => (isSenior ? mine * talents.length + other : other * talents.length + mine);
  const may = everyone.filter((other, index) => roomOf(other) > 0 && allowed[at(index)] === 1);
  const word = isSenior ? 'talents' : 'seniors';
  if (may.length === 0) return `There are no ${word} ${person.name} may be paired with.`;
  const used = (other: Partner) =>
    meetings
      .filter(
        ({ senior, talents: here }) =>
          seniors[senior] === other || here.some((one) => talents[one] === other),
      )
      .reduce((sum, { talents: here }) => sum + (other.side === 'senior' ? here.length : 1), 0);
  const isFull = (other: Partner) => used(other) >= roomOf(other) * (meetsTwo(wishes, other) ? 2 : 1);
  if (may.length === 1 && isFull(may[0]!))
    return `${may[0]!.name}, the only ${isSenior ? 'talent' : 'senior'} for ${person.name}, has no room left.`;
  if (may.every(isFull)) return `All ${may.length} ${word} for ${person.name} have no room left.`;
  return goals[0]!.value === goals[0]!.bound
    ? `No pairs and trios with ${person.name} place more people.`
    : `No pairs and trios with ${person.name} that place more people were found.`;
}
