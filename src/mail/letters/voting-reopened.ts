// Tells people who voted on trends that voting is open again.
import { formatDay } from '../../domain/events/wall-time.ts';
import type { VotingReopenedLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Says until when, and that nothing need be done: votes before it count. */
export function votingReopened(facts: VotingReopenedLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, organisation, organiser, programme, closesOn } = facts;
  const until =
    closesOn === null
      ? t('Voting on trends is open again.')
      : t('Voting on trends is open again, until {day}.', { day: formatDay(closesOn, localeOf(words)) });
  return {
    template: 'programme/lines',
    subject: t('Voting on trends is open again'),
    preheader: t('What you said before still counts. There is nothing you need to do.'),
    kicker: programme,
    heading: t('{name}, voting is open again', { name: greetingOf(recipient) }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      until,
      t('What you said before still counts. There is nothing you need to do.'),
      t(
        'You may change it, and say something of trends that are new. The numbers are hidden until voting closes again.',
      ),
    ],
    buttons: [{ label: t('Look at the trends'), link: new Link(facts.trendsUrl), primary: true }],
  };
}
