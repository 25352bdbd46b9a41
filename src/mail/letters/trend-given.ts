// Tells a young talent which trend they research, and why.
import type { TrendGivenLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { givenReason } from './given-reason.ts';
import type { LetterView } from './letter-view.ts';

/** The trend and the reason, which name nobody but the reader; the team's page has the rest. */
export function trendGiven(facts: TrendGivenLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, organisation, organiser, programme, trend, choice, reason, isChange, teamUrl } = facts;
  const name = greetingOf(recipient);
  const heading = trend
    ? t('{name}, you research “{trend}”', { name, trend })
    : t('{name}, there is no trend for you yet', { name });
  return {
    template: 'programme/lines',
    subject: trend
      ? t('You research: {trend}', { trend })
      : t('Trends and teams of {programme}', { programme }),
    preheader: isChange ? t('Your trend has changed.') : t('Your trend, and why.'),
    kicker: programme,
    heading,
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      ...(isChange ? [t('Your trend has changed since our last e-mail.')] : []),
      givenReason(words, choice, reason),
    ],
    buttons: [
      {
        label: trend ? t('Open your team’s page') : t('See your order'),
        link: new Link(teamUrl),
        primary: true,
      },
    ],
  };
}
