// Rules for all letters of a kind.
import type { LetterKind } from './facts.ts';

const cancelling: readonly string[] = [
  'cancelled',
  'uninvited',
  'seat-given-back',
  'no-seat',
  'other-address',
  'team-meeting-off',
  'pair-meeting-off',
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
  | 'pair-wishes'
  | 'pair-proposed'
  | 'pair-news'
  | 'pair-meeting'
  | 'pair-meeting-off'
  | 'pair-mutual'
  | 'choose-dates'
  | 'trend-given'
  | 'offer-confirm'
  | 'offer-answer'
  | 'place-offered'
  | 'team-meeting'
  | 'team-meeting-off'
  | 'message'
  | 'team-news'
  | 'voting-reopened'
  | 'last-day'
  | 'several-things';

/**
 * Purpose of each kind, for its reader: it asks for something; it tells how things stand; it answers a press of theirs (or
 * offers what they waited for); it tells of a change of time, place or address; it signs them in. Only e-mails that ask take
 * turns: see asking.ts.
 */
export const purposes: Record<LetterKind, 'asks' | 'tells' | 'answers' | 'changes' | 'signs-in'> = {
  invitation: 'asks',
  'invitation-host': 'asks',
  reminder: 'asks',
  wondering: 'asks',
  preparation: 'asks',
  'choose-dates': 'asks',
  'rank-trends': 'asks',
  'ground-rules': 'asks',
  'pair-wishes': 'asks',
  'several-things': 'asks',
  'see-you-soon': 'tells',
  today: 'tells',
  'host-table': 'tells',
  'trend-given': 'tells',
  // It says that there is nothing its reader must do.
  'voting-reopened': 'tells',
  'last-day': 'tells',
  // In the organiser's own words, and read by them before it leaves.
  message: 'tells',
  // To those who run the programme, of what they lead.
  'team-news': 'tells',
  facilitator: 'tells',
  'facilitator-news': 'tells',
  'organiser-news': 'tells',
  'organiser-day': 'tells',
  'go-no-go': 'tells',
  proposal: 'tells',
  confirmed: 'answers',
  waiting: 'answers',
  'seat-free': 'answers',
  'seat-offer': 'answers',
  'seat-gone': 'answers',
  'seat-given-back': 'answers',
  'no-seat': 'answers',
  'back-in-calendar': 'answers',
  'answer-question': 'answers',
  'answer-not-counted': 'answers',
  'offer-confirm': 'answers',
  'offer-answer': 'answers',
  'place-offered': 'answers',
  // They asked to take part, and wait for it.
  'pair-proposed': 'answers',
  'pair-news': 'answers',
  'pair-mutual': 'answers',
  moved: 'changes',
  'team-meeting': 'changes',
  'team-meeting-off': 'changes',
  'pair-meeting': 'changes',
  'pair-meeting-off': 'changes',
  cancelled: 'changes',
  uninvited: 'changes',
  'other-address': 'changes',
  'table-changed': 'changes',
  'new-link': 'changes',
  'address-changed': 'changes',
  'sign-in': 'signs-in',
};

/**
 * Says whether this e-mail asks its reader for something. An invitation in a colleague's place does not: the colleague asked,
 * and the seat is kept for two days.
 */
export function asksReader(kind: string, facts: Readonly<Record<string, unknown>>): boolean {
  return (purposes as Record<string, string>)[kind] === 'asks' && facts.keptFor === undefined;
}
