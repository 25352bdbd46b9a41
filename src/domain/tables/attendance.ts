// People expected at the tables, how likely each may not come, and how many tables that makes.
import type { Side } from '../guests/waiting-list.ts';

/** Somebody who is to have a seat. */
export interface Attendee {
  id: number;
  name: string;
  side: Side;
  department: string;
  managerId: number | null;
  /** The table they host, or null. */
  host: number | null;
  /** The last round in which they host it, from 1: its own host comes later. Absent for the whole evening. */
  hostUntil?: number;
  /** The table they host after that; null for none. */
  hostThen?: number | null;
  /** True once they have said yes, and not "not sure yet". */
  hasSaidYes: boolean;
  /** How likely they are not to come, from 0 to 1. */
  absence: number;
  /** Told to organisers alone: they have not said yes for sure, or often stay away. */
  mayNotCome: boolean;
  /** First and last round they are here for, from 1; absent for the whole evening, and `until` below `from` for none to come. */
  from?: number;
  until?: number;
  /** True once they were seen at the door. */
  isHere?: boolean;
}

/** Whether somebody is there in a round, from 1. */
export function isThere({ from, until }: Pick<Attendee, 'from' | 'until'>, round: number): boolean {
  return round >= (from ?? 1) && round <= (until ?? Number.POSITIVE_INFINITY);
}

/** The table that somebody hosts in a round, from 1; null where they host none. */
export function hostedIn(
  { host, hostUntil, hostThen = null }: Pick<Attendee, 'host' | 'hostUntil' | 'hostThen'>,
  round: number,
): number | null {
  return round <= (hostUntil ?? Number.POSITIVE_INFINITY) ? host : hostThen;
}

/**
 * Usual odds of not coming, by answer and part. Source: planning.md's trials on evenings of 34 to 120 people, after what
 * organisers of such evenings report (one in ten who said yes is missing, and not evenly).
 */
export const usualAbsence = { host: 0.05, yes: 0.1, 'not sure yet': 0.45 } as const;

/** Events from which on somebody's own record counts in place of the usual odds. */
export const eventsForOwnRecord = 5;
/** From these odds on a page says that somebody may not come. */
export const mayNotComeFrom = 0.3;

/** Yeses of one person at events whose door was kept, and how many of these they missed. */
export interface Attended {
  yeses: number;
  missed: number;
}

/** Returns how likely somebody is not to come; their own record weighs as many events as it has, the usual odds one. */
export function absenceOf(
  { state, hosts }: { state: string; hosts: boolean },
  record: Attended = { yeses: 0, missed: 0 },
): number {
  if (state === 'maybe') return usualAbsence['not sure yet'];
  const usual = hosts ? usualAbsence.host : usualAbsence.yes;
  if (record.yeses < eventsForOwnRecord) return usual;
  return Math.min(0.9, (record.missed + usual) / (record.yeses + 1));
}

/** Whether somebody on the list is to have a seat: they come, may come, or can still take their no back. */
export function isExpected({ state, seatKeptUntil }: { state: string; seatKeptUntil: unknown }): boolean {
  return state === 'coming' || state === 'maybe' || (state === 'declined' && seatKeptUntil !== null);
}

/** How many come, most likely: the mean, and the bounds of nine evenings in ten. */
export interface Evening {
  mean: number;
  low: number;
  high: number;
}

/** Works out how many come where each does or does not by chance, exactly (the Poisson binomial distribution). */
export function expectedEvening(people: readonly Pick<Attendee, 'absence'>[]): Evening {
  const chances = new Float64Array(people.length + 1);
  chances[0] = 1;
  for (const [before, { absence }] of people.entries())
    for (let n = before + 1; n >= 0; n -= 1)
      chances[n] = chances[n]! * absence + (n > 0 ? chances[n - 1]! * (1 - absence) : 0);
  const mean = people.reduce((sum, { absence }) => sum + 1 - absence, 0);
  const upTo = (share: number) => {
    let sum = 0;
    const at = chances.findIndex((chance) => {
      sum += chance;
      return sum >= share;
    });
    return at < 0 ? people.length : at;
  };
  return { mean: Math.round(mean), low: upTo(0.05), high: upTo(0.95) };
}

/** People at a table that is neither thin nor crowded. */
const peopleAtTable = 6.5;

/**
 * Proposes how many tables an evening has: those that have hosts, where there are any, and else as many as make tables of
 * six or seven of the people who come.
 */
export function proposedTables(topics: readonly { hosted: boolean }[], evening: Evening): number {
  const hosted = topics.filter((topic) => topic.hosted).length;
  if (topics.length > 0 && hosted > 0) return topics.length;
  return Math.max(1, Math.round(evening.mean / peopleAtTable));
}
