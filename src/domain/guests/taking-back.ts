// A no that was pressed on the page may be a mistake: for ten minutes it can be taken back, the seat is kept, and the
// event stays in that guest's calendar.
import type { RsvpState } from '../events/changes.ts';

/** Minutes from a no on the page until it stands: then the seat goes, and the calendar entry with it. */
export const minutesToTakeBack = 10;

/** An answer as it was before a no, and until when (RFC 3339) it can come back; other instants are RFC 3339 too. */
export interface BeforeNo {
  state: Exclude<RsvpState, 'declined' | 'uninvited'>;
  waitingNumber: number | null;
  inPlaceOfId: number | null;
  seatKeptUntil: string | null;
  answeredAt: string | null;
  until: string;
}

/** The parts of an answer that a no replaces. */
interface Answered {
  state: RsvpState;
  waitingNumber: number | null;
  inPlaceOfId: number | null;
  seatKeptUntil: Temporal.Instant | null;
  answeredAt: Temporal.Instant | null;
}

/** Returns what a no on the page replaces; `seatKeptUntil`: how long their seat is kept, null where they had none. */
export function beforeNoOf(
  mine: Answered,
  now: Temporal.Instant,
): { beforeNo: BeforeNo; seatKeptUntil: Temporal.Instant | null } | null {
  const { state, waitingNumber, inPlaceOfId } = mine;
  if (state === 'declined' || state === 'uninvited') return null;
  const until = now.add({ minutes: minutesToTakeBack });
  const hasSeat = state === 'coming' || mine.seatKeptUntil !== null;
  return {
    beforeNo: {
      state,
      waitingNumber,
      inPlaceOfId,
      seatKeptUntil: mine.seatKeptUntil?.toString() ?? null,
      answeredAt: mine.answeredAt?.toString() ?? null,
      until: until.toString(),
    },
    seatKeptUntil: hasSeat ? until : null,
  };
}

/** Minutes, begun ones counted in full, for which a no can still be taken back; 0: it stands. */
export function minutesLeft(beforeNo: Pick<BeforeNo, 'until'> | null, now: Temporal.Instant): number {
  if (beforeNo === null) return 0;
  return Math.max(0, Math.ceil(now.until(Temporal.Instant.from(beforeNo.until)).total('minutes')));
}
