import { type Room, type Side, takenBySide, type YesAnswer } from '../../domain/guests/waiting-list.ts';
import { Refusal } from '../../refusal.ts';
import type * as events from '../../store/events/events.ts';
import type * as rsvps from '../../store/guests/rsvps.ts';

/** How many may come to this event, overall and of each side. */
export function roomOf(event: Pick<events.Event, 'capacity' | 'seniorCapacity' | 'talentCapacity'>): Room {
  return { capacity: event.capacity, bySide: { senior: event.seniorCapacity, talent: event.talentCapacity } };
}

/** Lists everyone on the list who said yes, with a seat or waiting for one, and substitutes whose seat is kept. */
export function yesesOf(invitees: readonly rsvps.Invitee[]): YesAnswer[] {
  return invitees.flatMap(({ personId, side, state, waitingNumber, seatKeptUntil }): YesAnswer[] => {
    if (state === 'coming' || state === 'waiting') return [{ personId, side, state, waitingNumber }];
    return seatKeptUntil === null ? [] : [{ personId, side, state: 'kept', waitingNumber: null }];
  });
}

const fieldOf = { senior: 'seniors', talent: 'talents' } as const;
const tooFew = {
  senior:
    '{n} senior managers have a seat already: {names}. Keep at least {n} seats for them, or take someone off the list first.',
  talent:
    '{n} young talents have a seat already: {names}. Keep at least {n} seats for them, or take someone off the list first.',
} as const;

/** Refuses fewer seats for a side than are taken or kept, with the names of those who would lose theirs. */
export function refuseTooSmall(
  invitees: readonly rsvps.Invitee[],
  plan: { seniorCapacity: number; talentCapacity: number },
): void {
  const yeses = yesesOf(invitees);
  const taken = takenBySide(yeses);
  const seats = { senior: plan.seniorCapacity, talent: plan.talentCapacity };
  for (const side of ['senior', 'talent'] as const) {
    if (seats[side] >= taken[side]) continue;
    const names = namesOf(invitees, yeses, side);
    throw new Refusal('invalid', tooFew[side], { n: taken[side], names }, fieldOf[side]);
  }
}

/** At most twelve names, and how many more. */
function namesOf(invitees: readonly rsvps.Invitee[], yeses: readonly YesAnswer[], side: Side): string {
  const seated = new Set(
    yeses.flatMap((yes) => (yes.state !== 'waiting' && yes.side === side ? [yes.personId] : [])),
  );
  const names = invitees.flatMap(({ personId, name }) => (seated.has(personId) ? [name] : []));
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown} + ${names.length - 12}` : shown;
}
