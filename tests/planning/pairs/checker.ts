// Judges pairs afresh from the wishes, sharing nothing with the planner but the shape of wishes and answers.
import type { PairsWishes, Partner } from '../../../src/planning/pairs/wishes.ts';

export type Couple = readonly [senior: string, talent: string];

const key = (a: string, b: string) => [a, b].sort().join(' ');

const isAbove = (wishes: PairsWishes, above: string, below: string): boolean => {
  let boss = wishes.people.find(({ id }) => id === below)?.manager;
  for (let steps = 0; boss !== undefined && steps < wishes.people.length; steps += 1) {
    if (boss === above) return true;
    boss = wishes.people.find(({ id }) => id === boss)?.manager;
  }
  return false;
};

const shared = (senior: Partner, talent: Partner) =>
  (senior.wants ?? []).filter((topic) => (talent.offers ?? []).includes(topic));

const tierOf = (a: Partner, b: Partner) => (a.likes ?? []).findIndex((tier) => tier.includes(b.id));

/** 5 for the first topic of a list, down to 1 for the fifth and all after it. */
const points = (list: readonly string[] = [], topic: string) => [5, 4, 3, 2][list.indexOf(topic)] ?? 1;

const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);

/** Returns one person's view of another: the tier first, then the points of shared topics; the larger is preferred. */
function regard(one: Partner, other: Partner): [number, number] {
  const topics = one.side === 'senior' ? shared(one, other) : shared(other, one);
  const tier = tierOf(one, other);
  return [
    tier < 0 ? Number.NEGATIVE_INFINITY : -tier,
    sum(topics.map((topic) => points(one.wants ?? one.offers, topic))),
  ];
}

const prefers = (person: Partner, a: Partner, b: Partner): boolean => {
  const [x, y] = [regard(person, a), regard(person, b)];
  return x[0] !== y[0] ? x[0] > y[0] : x[1] > y[1];
};

export function weightOf(wishes: PairsWishes, senior: Partner, talent: Partner): number {
  const given = (wishes.weights ?? []).find(([a, b]) => key(a, b) === key(senior.id, talent.id));
  if (given) return given[2];
  const liked = [tierOf(senior, talent), tierOf(talent, senior)].filter((tier) => tier >= 0);
  return (
    regard(senior, talent)[1] + regard(talent, senior)[1] + sum(liked.map((tier) => Math.max(10, 20 - tier)))
  );
}

/** Whether two may be a pair without being locked as one. */
export function mayBePair(wishes: PairsWishes, senior: Partner, talent: Partner): boolean {
  const is = (list: PairsWishes['apart']) =>
    (list ?? []).some(([a, b]) => key(a, b) === key(senior.id, talent.id));
  if (is(wishes.apart) || isAbove(wishes, senior.id, talent.id) || isAbove(wishes, talent.id, senior.id))
    return false;
  const weighed = (wishes.weights ?? []).some(([a, b]) => key(a, b) === key(senior.id, talent.id));
  const silent = !senior.wants?.length || !talent.offers?.length;
  return wishes.strangers || weighed || silent || weightOf(wishes, senior, talent) > 0;
}

export interface Checked {
  broken: string[];
  weight: number;
  blocking: string[];
}

/** Broken rules as sentences, the weight, and who would rather have each other. */
export function check(wishes: PairsWishes, couples: readonly Couple[]): Checked {
  const person = (id: string) => wishes.people.find((one) => one.id === id)!;
  const locked = new Set((wishes.locks ?? []).map(([a, b]) => key(a, b)));
  const isMade = new Set(couples.map(([a, b]) => key(a, b)));
  const broken = [...locked].filter((lock) => !isMade.has(lock)).map((lock) => `${lock} is locked`);
  if (isMade.size < couples.length) broken.push('a pair is made twice');
  for (const [a, b] of couples) {
    if (person(a).side !== 'senior' || person(b).side !== 'talent') broken.push(`${a} and ${b}: sides`);
    if (!locked.has(key(a, b)) && !mayBePair(wishes, person(a), person(b))) broken.push(`${a} and ${b}`);
  }
  for (const { id, most = 1 } of wishes.people)
    if (couples.filter((couple) => couple.includes(id)).length > most) broken.push(`${id} has too many`);
  const weight = sum(couples.map(([a, b]) => weightOf(wishes, person(a), person(b))));
  return { broken, weight, blocking: blockingIn(wishes, couples, locked) };
}

function blockingIn(wishes: PairsWishes, couples: readonly Couple[], locked: Set<string>): string[] {
  const person = (id: string) => wishes.people.find((one) => one.id === id)!;
  const wants = (one: Partner, other: Partner): boolean => {
    const mine = couples.filter((couple) => couple.includes(one.id));
    if (mine.length < (one.most ?? 1)) return true;
    return mine
      .filter(([a, b]) => !locked.has(key(a, b)))
      .some((couple) => prefers(one, other, person(couple.find((id) => id !== one.id)!)));
  };
  const blocking: string[] = [];
  for (const senior of wishes.people.filter(({ side }) => side === 'senior'))
    for (const talent of wishes.people.filter(({ side }) => side === 'talent')) {
      if (couples.some(([a, b]) => a === senior.id && b === talent.id)) continue;
      if (!mayBePair(wishes, senior, talent)) continue;
      if (wants(senior, talent) && wants(talent, senior)) blocking.push(`${senior.id} ${talent.id}`);
    }
  return blocking;
}

/** Every pairing there is that keeps the rules, the empty one too. For a handful of people. */
export function everyPairing(wishes: PairsWishes): Couple[][] {
  const side = (which: string) => wishes.people.filter((person) => person.side === which);
  const locked = new Set((wishes.locks ?? []).map(([a, b]) => key(a, b)));
  const possible = side('senior').flatMap((senior) =>
    side('talent')
      .filter((talent) => locked.has(key(senior.id, talent.id)) || mayBePair(wishes, senior, talent))
      .map((talent): Couple => [senior.id, talent.id]),
  );
  const room = new Map(wishes.people.map(({ id, most = 1 }) => [id, most]));
  const pairings: Couple[][] = [];
  const grow = (from: number, chosen: Couple[]) => {
    if (from === possible.length) {
      if ([...locked].every((lock) => chosen.some(([a, b]) => key(a, b) === lock)))
        pairings.push([...chosen]);
      return;
    }
    grow(from + 1, chosen);
    const [a, b] = possible[from]!;
    if (room.get(a)! === 0 || room.get(b)! === 0) return;
    room.set(a, room.get(a)! - 1).set(b, room.get(b)! - 1);
    grow(from + 1, [...chosen, possible[from]!]);
    room.set(a, room.get(a)! + 1).set(b, room.get(b)! + 1);
  };
  grow(0, []);
  return pairings;
}
