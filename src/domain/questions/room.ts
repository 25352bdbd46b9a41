// Joining from the room: the code on the screen, its hours, and how often a wrong one may be tried.
import { endOf, startOf, type Timed } from '../events/times.ts';
import type { Limit } from '../sign-in/sign-in-limits.ts';

/** Letters and digits that nobody takes for another: no O, I, L, 0 or 1. */
export const codeSigns = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Signs of a code: one in 887 million. */
export const codeLength = 6;

/** Returns a code as somebody typed it, in capitals and without spaces or hyphens; null where it can be none. */
export function codeIn(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  return code.length === codeLength && [...code].every((sign) => codeSigns.includes(sign)) ? code : null;
}

const opensBefore = Temporal.Duration.from({ hours: 1 });

/** Returns between which moments a code opens the wall: from an hour before the event until its end. */
export function roomHours(event: Timed): { opens: Temporal.Instant; closes: Temporal.Instant } {
  return { opens: startOf(event).subtract(opensBefore), closes: endOf(event) };
}

/** Says whether a code opens the wall of its event at this moment. */
export function isRoomOpen(event: Timed & { state: string }, now: Temporal.Instant): boolean {
  const { opens, closes } = roomHours(event);
  return (
    event.state === 'published' &&
    Temporal.Instant.compare(opens, now) <= 0 &&
    Temporal.Instant.compare(now, closes) < 0
  );
}

/** Wrong codes from one network, behind which a whole room may sit; and from behind a proxy that nobody declared. */
export const wrongCodes = {
  perNetwork: { most: 60, minutes: 15 },
  perSharedAddress: { most: 1000, minutes: 15 },
} as const satisfies Record<string, Limit>;

/** Questions from the room at one event, those turned down apart: nothing is kept by which one browser could be limited. */
export const mostFromRoom = 300;
