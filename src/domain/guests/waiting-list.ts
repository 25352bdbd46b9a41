// Seats and the waiting list: seats are counted overall and per side; waiting is first come, first served.

import type { RsvpState } from '../events/changes.ts';
import { hasBegun, startOf, type Timed } from '../events/times.ts';

/** Hours after the beginning in which those who waited to the end still hear that no seat came free. */
const hoursToSayNoSeat = 24;

/** Whether it is time to say that no seat came free: nothing moves once the event has begun. */
export function isTimeToSayNoSeat(event: Omit<Timed, 'minutes'>, now: Temporal.Instant): boolean {
  const until = startOf(event).add({ hours: hoursToSayNoSeat });
  return hasBegun(event, now) && Temporal.Instant.compare(now, until) < 0;
}

export type Side = 'talent' | 'senior';

/** How many may come, overall and of each side; all counts of people. */
export interface Room {
  capacity: number;
  bySide: Readonly<Record<Side, number>>;
}

/**
 * Somebody who said yes: they have a seat, or wait with a number that rises with each who joins. A seat is kept for
 * a substitute who has been named and has not answered: nobody else can take it.
 */
export interface YesAnswer {
  personId: number;
  side: Side;
  state: 'coming' | 'kept' | 'waiting';
  waitingNumber: number | null;
}

/** Seats that somebody of this side could take now; never below zero. */
export function freeSeats(room: Room, yeses: readonly YesAnswer[], side: Side): number {
  const taken = yeses.filter((yes) => yes.state !== 'waiting');
  const ofSide = taken.filter((yes) => yes.side === side).length;
  return Math.max(0, Math.min(room.capacity - taken.length, room.bySide[side] - ofSide));
}

/** Somebody on the list of an event, as far as seats go. */
interface Listed {
  side: Side;
  state: RsvpState;
}

/** Whether there is a seat for each of a side who may come, so that one is kept for everybody until they answer. */
export function isSeatForEach(room: Room, list: readonly Listed[], side: Side): boolean {
  const may = list.filter(({ state }) => state !== 'declined' && state !== 'uninvited');
  return room.capacity >= may.length && room.bySide[side] >= may.filter((one) => one.side === side).length;
}

/** A yes takes a seat while one is free on that side and nobody of that side waited before. */
export function stateForYes(room: Room, yeses: readonly YesAnswer[], side: Side): 'coming' | 'waiting' {
  const somebodyWaits = yeses.some((yes) => yes.state === 'waiting' && yes.side === side);
  return !somebodyWaits && freeSeats(room, yeses, side) > 0 ? 'coming' : 'waiting';
}

/** The number for the next who waits: one more than the highest given out so far, also to people who may come back to it. */
export function nextWaitingNumber(yeses: readonly Pick<YesAnswer, 'waitingNumber'>[]): number {
  return yeses.reduce((highest, yes) => Math.max(highest, yes.waitingNumber ?? 0), 0) + 1;
}

/** Sorts people who wait by how long they have, longest first. */
export const byWait = (a: Pick<YesAnswer, 'waitingNumber'>, b: Pick<YesAnswer, 'waitingNumber'>) =>
  (a.waitingNumber ?? 0) - (b.waitingNumber ?? 0);

/** Finds who moves up now, longest wait first; someone whose side is full does not hold up the other side. */
export function whoMovesUp(room: Room, yeses: readonly YesAnswer[]): YesAnswer[] {
  const now = yeses.map((yes) => ({ ...yes }));
  const queue = now.filter((yes) => yes.state === 'waiting').sort(byWait);
  const up: YesAnswer[] = [];
  for (const next of queue) {
    if (freeSeats(room, now, next.side) === 0) continue;
    next.state = 'coming';
    up.push(next);
  }
  return up;
}

/** How many seats of each side are taken or kept: no side can have fewer. */
export function takenBySide(yeses: readonly YesAnswer[]): Record<Side, number> {
  const count = (side: Side) => yeses.filter((yes) => yes.state !== 'waiting' && yes.side === side).length;
  return { talent: count('talent'), senior: count('senior') };
}

/** Somebody's place in the line of their side, counted from 1; null for those who do not wait. */
export function placeInLine(yeses: readonly YesAnswer[], personId: number): number | null {
  const me = yeses.find((yes) => yes.personId === personId && yes.state === 'waiting');
  if (!me) return null;
  const before = yeses.filter(
    (yes) =>
      yes.state === 'waiting' && yes.side === me.side && (yes.waitingNumber ?? 0) < (me.waitingNumber ?? 0),
  );
  return before.length + 1;
}

/** How many of each side said yes and have a seat. */
export function comingBySide(yeses: readonly YesAnswer[]): Record<Side, number> {
  const count = (side: Side) => yeses.filter((yes) => yes.state === 'coming' && yes.side === side).length;
  return { talent: count('talent'), senior: count('senior') };
}
