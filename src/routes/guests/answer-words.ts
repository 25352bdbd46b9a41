import type { Outcome, Reason } from '../../domain/guests/commitment.ts';
import type { Words } from '../../words.ts';

export const reasonsInWords = ({ t }: Words): Record<Reason, string> => ({
  meeting: t('Another meeting'),
  away: t('Away or on leave'),
  unwell: t('Unwell'),
  topic: t('Not my topic'),
  other: t('Something else'),
});

/** A reason as people read it; empty where none was given. */
export function reasonWords(words: Words, because: string): string {
  const reasons = reasonsInWords(words);
  return because in reasons ? reasons[because as Reason] : '';
}

export const outcomeWords = ({
  t,
}: Words): Record<Outcome, { text: string; tone: '' | 'go' | 'wait' | 'stop' }> => ({
  came: { text: t('Came'), tone: 'go' },
  'did-not-come': { text: t('Did not come'), tone: 'stop' },
  'said-yes': { text: t('Said yes'), tone: 'go' },
  coming: { text: t('Coming'), tone: 'go' },
  waiting: { text: t('Waiting for a seat'), tone: 'wait' },
  'not-sure': { text: t('Not sure'), tone: 'wait' },
  'no-answer': { text: t('No answer'), tone: 'wait' },
  'could-not': { text: t('Can’t come'), tone: '' },
  cancelled: { text: t('Cancelled in time'), tone: '' },
  'cancelled-late': { text: t('Cancelled late, under 48 h'), tone: 'wait' },
  'sent-a-substitute': { text: t('Sent a substitute'), tone: 'go' },
  'called-off': { text: t('Cancelled'), tone: '' },
  'taken-off': { text: t('Invitation withdrawn'), tone: '' },
});
