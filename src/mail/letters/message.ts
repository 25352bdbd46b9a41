// An e-mail that an organiser wrote to a group.
import type { MessageLetter } from '../../domain/letters/facilitator-facts.ts';
import { shorten } from '../../domain/visible-text.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { paragraphs } from '../plain-text.ts';
import { replySentence } from './about-event.ts';
import { whenAndWhere } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

const MOST_OF_A_SUBJECT = 160;

/** The organiser's own words; below them the way to the event where it is written to its people. */
export function message(facts: MessageLetter, words: Words): LetterView {
  const { t } = words;
  const { event, personalUrl, programme, body } = facts;
  const lines = paragraphs(body);
  const personal = personalUrl ? t('This link is personal; please do not forward it.') : '';
  return {
    template: 'programme/message',
    subject: shorten(facts.subject, MOST_OF_A_SUBJECT),
    preheader: shorten(lines[0] ?? '', MOST_OF_A_SUBJECT),
    kicker: event?.name ?? programme,
    heading: facts.subject,
    footer: [replySentence(facts, words), personal].filter(Boolean).join(' '),
    lines,
    when: event ? whenAndWhere(event, words) : null,
    buttons: personalUrl ? [{ label: t('See the event'), link: new Link(personalUrl), primary: true }] : [],
  };
}
