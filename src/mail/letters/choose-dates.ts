// Asks when somebody can come to an event whose date is looked for.
import { formatNearDay } from '../../domain/events/coming.ts';
import type { ChooseDatesLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Says between which days, and until when to answer; one link opens the reader's own page. */
export function chooseDates(facts: ChooseDatesLetter, words: Words): LetterView {
  const { t, tn } = words;
  const { recipient, organisation, organiser, programme, eventName: event, why, dates } = facts;
  const day = (one: string) => formatNearDay(one, localeOf(words));
  const subjects = {
    first: t('{event}: when could you come?', { event }),
    more: t('{event}: more dates to choose from', { event }),
    again: t('{event}: can you say when you could come?', { event }),
  };
  return {
    template: 'programme/lines',
    subject: subjects[why],
    preheader: t('One press a date, until {day}.', { day: day(facts.until) }),
    kicker: programme,
    heading: t('{name}, when could you come?', { name: greetingOf(recipient) }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      tn(
        dates,
        'We are looking for a date for “{event}”. There is one to choose from: {first}.',
        'We are looking for a date for “{event}”. There are {n} to choose from, between {first} and {last}.',
        { event, first: day(facts.first), last: day(facts.last) },
      ),
      why === 'more' ? t('What you said of the others still counts.') : '',
      t('Say of each whether you can, until {day}. It takes a minute.', { day: day(facts.until) }),
      t('Only organisers see who can come when.'),
    ].filter(Boolean),
    buttons: [{ label: t('Choose dates'), link: new Link(facts.datesUrl), primary: true }],
  };
}
