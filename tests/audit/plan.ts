// The acts of one event's guests, drawn from a seed: who comes when, what they do in the same visit, who asks and
// wonders.
import { type Random, randomFrom, shuffle } from '../../src/planning/random.ts';

/** Act that leaves a guest's name somewhere. */
export type NamedAct = 'answer' | 'needs' | 'sign-in' | 'vote' | 'substitute';
export type Act = NamedAct | 'edit' | 'withdraw' | 'ask' | 'wonder' | 'look';

export interface Visit {
  guest: number;
  /** Minutes since the event was published. */
  minute: number;
  isFirst: boolean;
  /** In this order; asking and wondering come last. */
  acts: Act[];
}

export interface Plan {
  seed: number;
  guests: number;
  /** Hours from publication to the event's beginning: rushed, usual, slow. */
  hours: number;
  visits: Visit[];
  /** Guests who tick "show it even if fewer than five people ask". */
  ticking: Set<number>;
  /** Visits that ask and wonder during the event itself. */
  evening: Visit[];
}

const chances: Record<NamedAct | 'edit' | 'withdraw', number> = {
  answer: 0.35,
  needs: 0.2,
  'sign-in': 0.12,
  vote: 0.2,
  substitute: 0.03,
  edit: 0.04,
  withdraw: 0.02,
};

/** How often somebody who asked comes back to it later: to put it otherwise, or to take it back. */
const changesOfMind = { edit: 0.3, withdraw: 0.15 };

/** One event of `guests` people: about ten asks and ten votes, seven visits in ten with something that names the guest. */
export function planOf(seed: number, guests = 12): Plan {
  const random = randomFrom(seed);
  const isQuiet = random.below(2) === 0;
  const hours = isQuiet ? 79 : [31, 55, 79][random.below(3)]!;
  const visits = Array.from({ length: guests }, (_, guest) => visitsOf(guest, hours, isQuiet, random)).flat();
  for (let guest = 0; guest < guests; guest++) {
    for (let n = times(random, 0.85); n > 0; n--) put('ask', guest, visits, hours, random);
    for (let n = times(random, 0.85); n > 0; n--) put('wonder', guest, visits, hours, random);
    changeMind(guest, visits, hours, random);
  }
  visits.sort((a, b) => a.minute - b.minute);
  for (const visit of visits) if (visit.acts.length === 0) visit.acts.push('look');
  const ticking = new Set(Array.from({ length: guests }, (_, n) => n).filter(() => share(random) < 0.15));
  return { seed, guests, hours, visits, ticking, evening: eveningOf(guests, hours, random) };
}

/** From 0 to 1. */
const share = (random: Random): number => random.next() / 4294967296;

/** How often somebody asks or wonders: not at all, once, and one in five of those who do two or three times. */
function times(random: Random, part: number): number {
  if (share(random) >= part) return 0;
  return share(random) < 0.2 ? 2 + random.below(2) : 1;
}

/**
 * Asks in one of the usual visits, or, every other time, in a visit of its own at any moment: then asking says nothing of
 * how often somebody comes otherwise. Nobody can before they have come.
 */
function put(act: Act, guest: number, visits: Visit[], hours: number, random: Random): void {
  const mine = visits.filter((one) => one.guest === guest);
  const minute = 5 + share(random) * (hours * 60 - 40);
  const isAlone = random.below(2) === 0 && minute > mine[0]!.minute;
  if (isAlone) visits.push({ guest, minute, isFirst: false, acts: [act] });
  else mine[random.below(mine.length)]!.acts.push(act);
}

/** Comes back to a question later, as often in a visit of its own as in one with other things before it. */
function changeMind(guest: number, visits: Visit[], hours: number, random: Random): void {
  const asked = visits.filter((one) => one.guest === guest && one.acts.includes('ask'));
  for (const { minute } of asked) {
    const chance = share(random);
    const act = chance < changesOfMind.edit ? 'edit' : 'withdraw';
    if (chance > changesOfMind.edit + changesOfMind.withdraw) continue;
    const later = minute + 5 + share(random) * (hours * 60 - minute - 40);
    const before: Act[] = random.below(2) === 0 ? [] : usualActs(random).filter((one) => one !== act);
    if (later < hours * 60 - 30)
      visits.push({ guest, minute: later, isFirst: false, acts: [...before, act] });
  }
}

/**
 * A first visit in the first third of the time and later ones at a rate that is the same for all; at a quiet event most
 * come once, spread over all of the time, so that few are about between two publications.
 */
function visitsOf(guest: number, hours: number, isQuiet: boolean, random: Random): Visit[] {
  const last = hours * 60 - 30;
  const first = 5 + share(random) * (isQuiet ? last * 0.9 : last / 3);
  const visits = [first];
  for (let at = first; ; ) {
    at += (-Math.log(1 - share(random)) * last) / (isQuiet ? 0.6 : 3.6);
    if (at > last) break;
    visits.push(at);
  }
  return visits.map((minute, n) => ({ guest, minute, isFirst: n === 0, acts: usualActs(random) }));
}

function usualActs(random: Random): Act[] {
  const acts = Object.entries(chances).filter(([, chance]) => share(random) < chance);
  return shuffle(
    acts.map(([act]) => act as Act),
    random,
  ).toSorted((a, b) => Number(b === 'sign-in') - Number(a === 'sign-in'));
}

function eveningOf(guests: number, hours: number, random: Random): Visit[] {
  return Array.from({ length: 3 }, (_, n) => {
    const acts: Act[] = share(random) < 0.5 ? ['vote', 'ask'] : ['ask'];
    const guest = random.below(guests);
    return { guest, minute: hours * 60 + 10 + 20 * n, isFirst: false, acts };
  });
}

/** Whether something in this visit names the guest, besides asking and wondering. */
export function isTraced({ isFirst, acts }: Visit): boolean {
  return isFirst || acts.some((act) => !['edit', 'withdraw', 'ask', 'wonder', 'look'].includes(act));
}
