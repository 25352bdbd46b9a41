// Common parts of every letter about an event: subject with name and day, when and where, who sent it.

import { formatShortDay, formatTimes } from '../../domain/events/wall-time.ts';
import type { AboutAnEvent } from '../../domain/letters/facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { shorten } from '../../domain/visible-text.ts';
import { listed, localeOf, type Words } from '../../words.ts';
import { whenAndWhere } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

const MOST_OF_A_NAME = 80;

/** The shared part of a view; `title` opens the subject, `heading` the letter. */
export function aboutAnEvent(facts: AboutAnEvent, words: Words, title: string, heading: string): LetterView {
  const { t } = words;
  const locale = localeOf(words);
  const event = shorten(facts.event.name, MOST_OF_A_NAME);
  return {
    subject: t('{title}: {event}, {day}', { title, event, day: formatShortDay(facts.event.start, locale) }),
    preheader: formatTimes(facts.event, locale),
    kicker: facts.event.name,
    heading,
    footer: [
      replySentence(facts, words),
      helpSentence(facts, words),
      t('This link is personal; please do not forward it.'),
    ]
      .filter(Boolean)
      .join(' '),
    when: whenAndWhere(facts.event, words, facts.ownZone),
    inCalendar: Boolean(facts.calendar),
  };
}

/** Says who sent it and that a reply reaches a person. */
export function replySentence(
  { organiser, organisation }: Pick<AboutAnEvent, 'organiser' | 'organisation'>,
  { t }: Words,
): string {
  return t('Sent by {organiser} for {organisation}. Just reply to write back.', { organiser, organisation });
}

/** Names the people to turn to with questions; empty where there are none. */
function helpSentence({ help = [] }: AboutAnEvent, words: Words): string {
  const people = help.map(({ name, email, phone }) => {
    const reached = [email, phone].filter(Boolean).join(', ');
    return reached ? `${name} (${reached})` : name;
  });
  return people.length === 0 ? '' : words.t('Questions? Ask {people}.', { people: listed(people, words) });
}

/** Returns the values that fill a heading. */
export function headingValues(facts: { recipient: { name: string } }): { name: string } {
  return { name: greetingOf(facts.recipient) };
}
