// Asks a young talent to say which trends they would research.
import { formatNearDay } from '../../domain/events/coming.ts';
import type { RankTrendsLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Says until when, and how the order is used; one link opens the reader's own order. */
export function rankTrends(facts: RankTrendsLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, organisation, organiser, programme, closesOn } = facts;
  const day = closesOn && formatNearDay(closesOn, localeOf(words));
  return {
    template: 'programme/lines',
    subject: t('Which trend would you research?'),
    preheader: day
      ? t('Put the shortlist in your order by {day}.', { day })
      : t('Put the shortlist in your order.'),
    kicker: programme,
    heading: t('{name}, which trend would you research?', { name: greetingOf(recipient) }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      day
        ? t('Rank as many trends of the shortlist as you like by {day}. It takes two minutes.', { day })
        : t('Rank as many trends of the shortlist as you like. It takes two minutes.'),
      t('Only organisers see your order. If you don’t rank any, you can be given what the others leave.'),
    ],
    buttons: [{ label: t('Rank the trends'), link: new Link(facts.rankUrl), primary: true }],
  };
}
