// Why somebody has no partner, in words that hold whatever the rule and however much time there was.
import { type Market, roomOf } from './market.ts';
import { reportingLines } from './reporting-line.ts';
import type { PairsWishes, Partner } from './wishes.ts';

/** "Ada, Bo and Cy". */
export const listed = (parts: readonly string[]) =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** A sentence for each of the people who are alone, by id. `made` has the pairs besides locked ones. */
export function reasonsFor(
  wishes: PairsWishes,
  market: Market,
  made: Uint8Array,
  alone: readonly Partner[],
): Record<string, string> {
  const inOneLine = reportingLines(wishes.people);
  const pairs = pairsOfEach(market, made);
  return Object.fromEntries(
    alone.map((person) => [person.id, whyAlone(wishes, market, pairs, inOneLine, person)]),
  );
}

/** How many pairs everybody is in. */
function pairsOfEach({ seniors, talents, locked }: Market, made: Uint8Array): Map<Partner, number> {
  const pairs = new Map<Partner, number>();
  const add = (person: Partner) => pairs.set(person, (pairs.get(person) ?? 0) + 1);
  for (const [senior, talent] of locked) {
    add(seniors[senior]!);
    add(talents[talent]!);
  }
  for (const at of made.keys()) {
    if (made[at] === 0) continue;
    add(seniors[Math.floor(at / talents.length)]!);
    add(talents[at % talents.length]!);
  }
  return pairs;
}

function whyAlone(
  wishes: PairsWishes,
  { seniors, talents, allowed }: Market,
  pairs: ReadonlyMap<Partner, number>,
  inOneLine: (a: string, b: string) => boolean,
  person: Partner,
): string {
  const isSenior = person.side === 'senior';
  const everyone = isSenior ? talents : seniors;
  const others = everyone.filter((other) => roomOf(other) > 0);
  const word = `${isSenior ? 'talents' : 'seniors'}${others.length < everyone.length ? ' who take part' : ''}`;
  if (others.length === 0) return `There are no ${word}.`;
  const mine = (isSenior ? seniors : talents).indexOf(person);
  const at = (other: Partner) => {
    const index = everyone.indexOf(other);
    return isSenior ? mine * talents.length + index : index * talents.length + mine;
  };
  const may = others.filter((other) => allowed[at(other)] === 1);
  const open = may.find((other) => (pairs.get(other) ?? 0) < roomOf(other));
  if (open) return `There was no time to pair ${person.name} with ${open.name}.`;
  if (may.length === 1)
    return `${may[0]!.name}, the only ${isSenior ? 'talent' : 'senior'} for ${person.name}, has someone else.`;
  if (may.length > 1) return `All ${may.length} ${word} for ${person.name} have someone else.`;
  if (others.every(({ id }) => inOneLine(id, person.id)))
    return `All ${word} are in one reporting line with ${person.name}.`;
  const topics = isSenior ? person.wants : person.offers;
  return topics?.length && !wishes.strangers
    ? `None of the ${word} ${person.name} may be paired with ${isSenior ? 'offers' : 'wants'} ${listed(topics)}.`
    : `There are no ${word} ${person.name} may be paired with.`;
}
