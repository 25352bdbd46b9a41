// Rules for all letters of a kind.
import type { LetterKind } from './facts.ts';

const cancelling: readonly string[] = [
  'cancelled',
  'uninvited',
  'seat-given-back',
  'no-seat',
  'other-address',
];

/** Says whether letters of this kind carry a CANCEL; all others carry a REQUEST. */
export function carriesCancel(kind: string): boolean {
  return cancelling.includes(kind);
}

/** Letters that say where one press ends the reminders of their event. */
export const lettersWithStop: readonly LetterKind[] = [
  'reminder',
  'wondering',
  'preparation',
  'host-table',
  'see-you-soon',
  'today',
];

/** Letters about the programme or about a person, not about an event. */
export type KindAboutNoEvent =
  | 'sign-in'
  | 'address-changed'
  | 'ground-rules'
  | 'organiser-day'
  | 'rank-trends'
  | 'choose-dates'
  | 'trend-given'
  | 'offer-confirm'
  | 'offer-answer'
  | 'message'
  | 'team-news'
  | 'last-day';
