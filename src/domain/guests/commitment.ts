// Outcomes of somebody's invitations: the record of commitment, which only organisers see.
import type { RsvpState } from '../events/changes.ts';

/** Why somebody cannot come, as they say it in one press. */
export const reasons = ['meeting', 'away', 'unwell', 'topic', 'other'] as const;
export type Reason = (typeof reasons)[number];

/** Invitation history of one person at one event. */
export interface InvitationHistory {
  state: RsvpState;
  /** Every answer they gave, the first one first. */
  answers: readonly { said: 'yes' | 'maybe' | 'no' | 'substitute'; late: boolean }[];
  came: boolean;
  isOver: boolean;
  isCancelled: boolean;
  /** Somebody was checked in at this event: without, nobody can be said not to have come. */
  doorWasKept: boolean;
}

/** In the order in which they are summed up. */
const everyOutcome = [
  'came',
  'did-not-come',
  'said-yes',
  'coming',
  'waiting',
  'not-sure',
  'no-answer',
  'could-not',
  'cancelled',
  'cancelled-late',
  'sent-a-substitute',
  'called-off',
  'taken-off',
] as const;
export type Outcome = (typeof everyOutcome)[number];

/** Returns the outcome of an invitation; a yes taken back is told apart by whether there was time to find somebody else. */
export function outcomeOf(known: InvitationHistory): Outcome {
  if (known.came) return 'came';
  if (known.isCancelled) return 'called-off';
  if (known.state === 'uninvited') return 'taken-off';
  if (known.state === 'coming') return known.isOver ? ofYes(known) : 'coming';
  if (known.state === 'declined') return ofNo(known);
  if (known.state === 'waiting') return 'waiting';
  return known.state === 'maybe' ? 'not-sure' : 'no-answer';
}

function ofYes(known: InvitationHistory): Outcome {
  return known.doorWasKept ? 'did-not-come' : 'said-yes';
}

function ofNo({ answers }: InvitationHistory): Outcome {
  const last = answers.at(-1);
  if (last?.said === 'substitute') return 'sent-a-substitute';
  if (last?.late) return 'cancelled-late';
  return answers.some(({ said }) => said === 'yes') ? 'cancelled' : 'could-not';
}

/** How often each outcome came, over all events of a person; only those that did. */
export function countOutcomes(outcomes: readonly { outcome: Outcome; n: number }[]): Map<Outcome, number> {
  const times = (outcome: Outcome) =>
    outcomes.filter((one) => one.outcome === outcome).reduce((sum, { n }) => sum + n, 0);
  return new Map(everyOutcome.map((one) => [one, times(one)] as const).filter(([, n]) => n > 0));
}
