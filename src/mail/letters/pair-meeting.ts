// A meeting of a pair: it enters the reader's calendar, moves there, or leaves it.
import { formatNearDay } from '../../domain/events/coming.ts';
import { formatRange } from '../../domain/events/wall-time.ts';
import type { PairMeetingLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Says how to tell the other, since an answer in the calendar reaches nobody. */
export const pairMeetingAnswer = ({ t }: Words): string =>
  t('There’s nothing to answer here. If you can’t come, move the meeting: it takes one press.');

/** Says when and where, and what the reader can press if it does not suit. */
export function pairMeeting(facts: PairMeetingLetter, words: Words): LetterView {
  const { t } = words;
  const { organisation, organiser, programme, why, place, meetingUrl } = facts;
  const locale = localeOf(words);
  const when = formatRange(facts, locale);
  const isOn = why === 'planned' || why === 'moved';
  const isLost = why === 'ended';
  return {
    template: 'programme/lines',
    ...saidOf(facts, new Intl.ListFormat(locale).format(facts.partners), words)[why],
    preheader: when,
    kicker: programme,
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      ...(isOn ? [pairMeetingAnswer(words)] : []),
      when,
      ...(place ? [t('Where: {place}', { place })] : []),
      ...otherTimesLine(facts, words),
      isOn
        ? t('Your calendar shows it from now on, and follows when it moves.')
        : t('Your calendar no longer shows it.'),
      ...(why === 'open' ? [t('Three other times that you both can are on its page.')] : []),
    ],
    buttons: isLost
      ? []
      : [
          {
            label: isOn ? t('Move it, or keep it') : t('Open your meetings'),
            link: new Link(meetingUrl),
            primary: true,
          },
        ],
  };
}

function otherTimesLine({ otherTimes, otherUntil }: PairMeetingLetter, words: Words): string[] {
  if (otherTimes.length === 0) return [];
  const locale = localeOf(words);
  const inWords = (wall: string) => `${formatNearDay(wall, locale)}, ${wall.slice(11, 16)}`;
  return [
    words.t('If another time suits you better, press it by {until}: {times}.', {
      until: inWords(otherUntil),
      times: otherTimes.map(inWords).join(' · '),
    }),
  ];
}

type Said = Pick<LetterView, 'subject' | 'heading'>;

/** Subject and heading, by what became of the meeting. */
function saidOf(
  { recipient }: PairMeetingLetter,
  who: string,
  { t }: Words,
): Record<PairMeetingLetter['why'], Said> {
  const name = greetingOf(recipient);
  return {
    planned: { subject: t('You meet {who}', { who }), heading: t('{name}, you meet {who}', { name, who }) },
    moved: {
      subject: t('Your meeting with {who} has moved', { who }),
      heading: t('{name}, your meeting with {who} has moved', { name, who }),
    },
    open: {
      subject: t('Your meeting with {who} needs another date', { who }),
      heading: t('{name}, none of the times suited', { name }),
    },
    skipped: {
      subject: t('A meeting with {who} is left out', { who }),
      heading: t('{name}, this meeting is left out', { name }),
    },
    ended: {
      subject: t('A meeting leaves your calendar'),
      heading: t('{name}, this meeting leaves your calendar', { name }),
    },
  };
}
