// The score of a seating, counted afresh from the seats: the objective in order, and the faults behind it.
import { areCoHosts, type Hall } from './hall.ts';
import { mixFault } from './mix.ts';

/** The table of everybody in every round, [round · people + person], −1 where somebody is not here. */
export type Seats = Int32Array;

/** The objective, every count the fewer the better. */
export interface Score {
  /** Rounds in which a pair sits together that is to be apart. */
  apart: number;
  /** Rounds in which a pair sits apart that is to be together. */
  together: number;
  /** People too many or too few of a side at a table, over all rounds not held yet. */
  mix: number;
  /** Σ C(m, 2) over pairs that meet m times at this event; co-hosts of a table do not count. */
  repeatedMeetings: number;
  /** Σ C(m + n, 2) − C(n, 2) with n meetings at earlier events: what is minimised. */
  seasonMeetings: number;
  /** Σ max(0, m − 1): meetings that are not new. */
  repeats: number;
  /** Meetings of people of one department. */
  departments: number;
  /** Σ C(m, 2) over seniors and the hosts they meet m times. */
  hosts: number;
  /** People sitting elsewhere than in the plan they know, over all rounds not held yet. */
  moved: number;
}

/** How often each pair meets, [a · people + b], both ways round. */
export function meetingsOf(hall: Hall, seats: Seats): Int32Array {
  const { people, tables, rounds } = hall;
  const meetings = new Int32Array(people * people);
  for (let round = 0; round < rounds; round += 1) {
    const at: number[][] = Array.from({ length: tables }, () => []);
    for (let person = 0; person < people; person += 1) {
      const table = seats[round * people + person]!;
      if (table >= 0) at[table]!.push(person);
    }
    for (const seated of at)
      for (const a of seated) for (const b of seated) if (a !== b) meetings[a * people + b]! += 1;
  }
  return meetings;
}

/** Counts every part of the objective from the seats alone. */
export function scoreOf(hall: Hall, seats: Seats): Score {
  const { people } = hall;
  const meetings = meetingsOf(hall, seats);
  const score: Score = {
    apart: 0,
    together: togetherBroken(hall, seats).length,
    mix: mixBroken(hall, seats).reduce((sum, { by }) => sum + by, 0),
    repeatedMeetings: 0,
    seasonMeetings: 0,
    repeats: 0,
    departments: 0,
    hosts: 0,
    moved: movedOf(hall, seats),
  };
  for (const [a, b] of hall.apart) score.apart += meetings[a * people + b]!;
  for (let a = 0; a < people; a += 1)
    for (let b = a + 1; b < people; b += 1) {
      const met = meetings[a * people + b]!;
      if (met === 0) continue;
      if (!areCoHosts(hall, a, b)) {
        score.repeats += met - 1;
        score.repeatedMeetings += (met * (met - 1)) / 2;
        score.seasonMeetings += (met * (met - 1)) / 2 + met * (hall.met?.[a * people + b] ?? 0);
      }
      if (hall.department[a]! >= 0 && hall.department[a] === hall.department[b]) score.departments += met;
      if (isGuestAndHost(hall, a, b)) score.hosts += (met * (met - 1)) / 2;
    }
  return score;
}

/** Whether one of the two is a senior on the move and the other a host. */
export function isGuestAndHost(hall: Hall, a: number, b: number): boolean {
  const guest = (person: number) => hall.senior[person] === 1 && hall.host[person] === 0;
  return (guest(a) && hall.host[b] === 1) || (guest(b) && hall.host[a] === 1);
}

/** The rounds in which a pair that is to be together sits apart. */
export function togetherBroken(
  hall: Hall,
  seats: Seats,
): { round: number; pair: readonly [number, number] }[] {
  return Array.from({ length: hall.rounds }, (_, round) => round).flatMap((round) =>
    hall.together
      .filter(([a, b]) => {
        const [one, two] = [seats[round * hall.people + a]!, seats[round * hall.people + b]!];
        return round >= hall.frozen && one >= 0 && two >= 0 && one !== two;
      })
      .map((pair) => ({ round, pair })),
  );
}

/** The rounds in which a pair that is to be apart sits together. */
export function apartBroken(hall: Hall, seats: Seats): { round: number; pair: readonly [number, number] }[] {
  return Array.from({ length: hall.rounds }, (_, round) => round).flatMap((round) =>
    hall.apart
      .filter(([a, b]) => {
        const table = seats[round * hall.people + a]!;
        return table >= 0 && table === seats[round * hall.people + b];
      })
      .map((pair) => ({ round, pair })),
  );
}

/** The tables that are not mixed as the room allows, in rounds not held yet; `by` is how many people it is about. */
export function mixBroken(
  hall: Hall,
  seats: Seats,
): { round: number; table: number; seniors: number; by: number }[] {
  const { people, tables, quotas } = hall;
  if (!quotas) return [];
  const broken: { round: number; table: number; seniors: number; by: number }[] = [];
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const [seated, seniors] = [new Int32Array(tables), new Int32Array(tables)];
    for (let person = 0; person < people; person += 1) {
      const table = seats[round * people + person]!;
      if (table < 0) continue;
      seated[table]! += 1;
      seniors[table]! += hall.senior[person]!;
    }
    for (let table = 0; table < tables; table += 1) {
      const by = mixFault(quotas[round]!, seated[table]!, seniors[table]!);
      if (by > 0) broken.push({ round, table, seniors: seniors[table]!, by });
    }
  }
  return broken;
}

function movedOf(hall: Hall, seats: Seats): number {
  let moved = 0;
  for (let at = hall.frozen * hall.people; hall.previous && at < seats.length; at += 1)
    if (hall.previous[at]! >= 0 && seats[at]! >= 0 && seats[at] !== hall.previous[at]) moved += 1;
  return moved;
}

/** The parts of the objective in their order, the first the most important. */
export function inOrder(hall: Hall, score: Score): number[] {
  const { apart, together, mix, seasonMeetings, departments, hosts, moved } = score;
  return hall.seatsFirst
    ? [apart + together, mix, moved, seasonMeetings, departments, hosts]
    : [apart + together, mix, seasonMeetings, departments, hosts, moved];
}

/** Below zero where the first seating is the better one, zero where both are as good. */
export function compareScores(hall: Hall, one: Score, two: Score): number {
  const [a, b] = [inOrder(hall, one), inOrder(hall, two)];
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

/** How many parts of the objective, from the first, a proof is about. */
export const partsProven = (hall: Hall) => (hall.seatsFirst ? 4 : 3);
