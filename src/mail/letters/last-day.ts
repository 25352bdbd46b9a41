// Tells a person that their last day in the programme is near.
import { formatDay } from '../../domain/events/wall-time.ts';
import type { LastDayLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Says what ends, and whom to write to if it is a mistake: a reply reaches the organiser. */
export function lastDay(facts: LastDayLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, organisation, organiser, programme, endsOn } = facts;
  const day = formatDay(endsOn, localeOf(words));
  return {
    template: 'programme/lines',
    subject: t('Your last day in {programme} is {day}', { programme, day }),
    preheader: t('After that you can’t sign in any more.'),
    kicker: programme,
    heading: t('{name}, your last day is {day}', { name: greetingOf(recipient), day }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      t('After {day} you can’t sign in any more, and seats you have at later events go to others.', { day }),
      t('Is that wrong? Reply to this e-mail, and {organiser} changes the day.', { organiser }),
    ],
    buttons: [{ label: t('Open Flipside'), link: new Link(facts.siteUrl), primary: true }],
  };
}
