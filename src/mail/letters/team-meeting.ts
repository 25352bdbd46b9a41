// A meeting of a team: it enters the reader's calendar, moves there, or leaves it.
import { formatRange } from '../../domain/events/wall-time.ts';
import type { MeetingLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';
import { meetingAnswerSentence } from './meeting-answer.ts';

/** Says when and where, and that the calendar entry comes with the e-mail or leaves with it. */
export function teamMeeting(facts: MeetingLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, organisation, organiser, programme, team, why, place, teamUrl } = facts;
  const name = greetingOf(recipient);
  const when = formatRange(facts, localeOf(words));
  const said = saidOf(team, name, words)[why];
  const isOn = why === 'planned' || why === 'moved';
  return {
    template: 'programme/lines',
    ...said,
    preheader: when,
    kicker: programme,
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      ...(isOn ? [meetingAnswerSentence(facts, words)] : []),
      when,
      ...(place ? [t('Where: {place}', { place })] : []),
      isOn
        ? t('Your calendar shows it from now on, and follows when it moves.')
        : t('Your calendar no longer shows it.'),
    ],
    buttons: [{ label: t('Open your team’s page'), link: new Link(teamUrl), primary: true }],
  };
}

/** Subject and heading, by what became of the meeting. */
function saidOf(team: string, name: string, { t }: Words): Record<MeetingLetter['why'], Said> {
  return {
    planned: { subject: t('{team} meets', { team }), heading: t('{name}, your team meets', { name }) },
    moved: {
      subject: t('{team} meets at another time or place', { team }),
      heading: t('{name}, the meeting has changed', { name }),
    },
    cancelled: {
      subject: t('The meeting of {team} is cancelled', { team }),
      heading: t('{name}, the meeting is cancelled', { name }),
    },
    left: {
      subject: t('The meeting of {team} leaves your calendar', { team }),
      heading: t('{name}, this meeting is without you', { name }),
    },
  };
}

type Said = Pick<LetterView, 'subject' | 'heading'>;
