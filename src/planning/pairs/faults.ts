// Faults that make pairs impossible, said before anything is searched: one sentence for every fault, naming it.
import { greatestWeight, roomOf } from './market.ts';
import { reportingLines } from './reporting-line.ts';
import type { PairsWishes, Partner } from './wishes.ts';

/** The faults of wishes, each a sentence that names who it is about; none where pairs can be made. */
export function faultsOf(wishes: PairsWishes): string[] {
  const basic = [...peopleFaults(wishes), ...nameFaults(wishes), ...trioFaults(wishes)];
  if (basic.length > 0) return basic;
  const placed = [...sideFaults(wishes), ...weightFaults(wishes)];
  return placed.length > 0 ? placed : lockFaults(wishes);
}

/** Whether a person is a senior who may meet two talents together. */
export const meetsTwo = ({ trios }: PairsWishes, { side, trio }: Partner) =>
  side === 'senior' && (trios === true || trio === true);

/** Whether any two talents may meet a senior together. */
export const asksTrios = (wishes: PairsWishes) =>
  wishes.trios === true || wishes.people.some(({ trio }) => trio === true);

/** A talent has no trios, and stable pairs have none. */
function trioFaults(wishes: PairsWishes): string[] {
  const talents = wishes.people.filter(({ side, trio }) => side === 'talent' && trio);
  return [
    ...talents.map(({ name }) => `${name} is a talent; trio goes with a senior.`),
    ...(asksTrios(wishes) && wishes.rule === 'stable' ? ['The rule stable knows no trios.'] : []),
  ];
}

const twice = (ids: readonly string[]) => [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];

function peopleFaults({ people }: PairsWishes): string[] {
  const faults = twice(people.map(({ id }) => id)).map((id) => `Two people have the id ${id}.`);
  if (!people.some(({ side }) => side === 'senior')) faults.push('There is no senior.');
  if (!people.some(({ side }) => side === 'talent')) faults.push('There is no talent.');
  for (const person of people) {
    const { name, side, wants, offers } = person;
    if (!Number.isSafeInteger(roomOf(person)) || roomOf(person) < 0)
      faults.push(`${name} is to be in ${roomOf(person)} pairs; write a whole number from 0.`);
    if (side === 'talent' && wants?.length)
      faults.push(`${name} is a talent, who offers topics and wants none.`);
    if (side === 'senior' && offers?.length)
      faults.push(`${name} is a senior, who wants topics and offers none.`);
    for (const topic of twice(wants ?? offers ?? [])) faults.push(`${name} names the topic ${topic} twice.`);
    for (const id of twice((person.likes ?? []).flat())) faults.push(`${name} likes ${id} twice.`);
  }
  return faults;
}

/** Everything that names a pair, with the words for it. */
const namedPairs = ({ apart = [], locks = [], weights = [] }: PairsWishes) => [
  ...apart.map(([a, b]) => ({ what: 'apart', a, b })),
  ...locks.map(([a, b]) => ({ what: 'A lock', a, b })),
  ...weights.map(([a, b]) => ({ what: 'A weight', a, b })),
];

function nameFaults(wishes: PairsWishes): string[] {
  const ids = new Set(wishes.people.map(({ id }) => id));
  const unknown = (what: string, id: string) =>
    ids.has(id) ? [] : [`${what} names ${id}, who is not among the people.`];
  const faults = [
    ...namedPairs(wishes).flatMap(({ what, a, b }) => [...unknown(what, a), ...unknown(what, b)]),
    ...wishes.people.flatMap(({ name, likes = [] }) =>
      likes.flat().flatMap((id) => unknown(`What ${name} likes`, id)),
    ),
  ];
  return [...new Set(faults)];
}

function sideFaults(wishes: PairsWishes): string[] {
  const byId = new Map(wishes.people.map((person) => [person.id, person]));
  const alike = (a: Partner, b: Partner) =>
    a.side === b.side ? [`${a.name} and ${b.name} are both ${a.side}s.`] : [];
  const faults = [
    ...namedPairs(wishes)
      .filter(({ what }) => what !== 'apart')
      .flatMap(({ a, b }) => alike(byId.get(a)!, byId.get(b)!)),
    ...wishes.people.flatMap((person) =>
      (person.likes ?? []).flat().flatMap((id) => alike(person, byId.get(id)!)),
    ),
  ];
  return [...new Set(faults)];
}

function weightFaults({ people, weights = [] }: PairsWishes): string[] {
  const name = (id: string) => people.find((person) => person.id === id)!.name;
  const faults = weights
    .filter(([, , weight]) => !Number.isSafeInteger(weight) || weight < 0 || weight > greatestWeight)
    .map(
      ([a, b, weight]) =>
        `The weight of ${name(a)} and ${name(b)} is ${weight}; write a whole number from 0 to ${greatestWeight}.`,
    );
  const pairs = twice(weights.map(([a, b]) => [a, b].sort().join('\u0000')));
  for (const pair of pairs) {
    const [a, b] = pair.split('\u0000') as [string, string];
    faults.push(`${name(a)} and ${name(b)} have two weights.`);
  }
  return faults;
}

function lockFaults(wishes: PairsWishes): string[] {
  const byId = new Map(wishes.people.map((person) => [person.id, person]));
  const inOneLine = reportingLines(wishes.people);
  const apart = new Set((wishes.apart ?? []).flatMap(([a, b]) => [`${a}\u0000${b}`, `${b}\u0000${a}`]));
  const counts = new Map<Partner, Set<string>>();
  const room = (person: Partner) => roomOf(person) * (meetsTwo(wishes, person) ? 2 : 1);
  const faults: string[] = [];
  for (const [a, b] of wishes.locks ?? []) {
    const [one, two] = [byId.get(a)!, byId.get(b)!];
    counts.set(one, (counts.get(one) ?? new Set()).add(b));
    counts.set(two, (counts.get(two) ?? new Set()).add(a));
    if (inOneLine(a, b))
      faults.push(`${one.name} and ${two.name} are locked as a pair, but are in one reporting line.`);
    if (apart.has(`${a}\u0000${b}`))
      faults.push(`${one.name} and ${two.name} are locked as a pair and kept apart.`);
  }
  for (const [person, partners] of counts)
    if (partners.size > room(person))
      faults.push(
        `${person.name} is locked in ${partners.size} pairs, but is to be in ${room(person)} at most.`,
      );
  return faults;
}
