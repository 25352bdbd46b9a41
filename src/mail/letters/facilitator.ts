// To the facilitator of an event: that they lead it, that they no longer do, and what changes meanwhile.
import type { FacilitatorLetter, FacilitatorNewsLetter } from '../../domain/letters/facilitator-facts.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, headingValues, replySentence } from './about-event.ts';
import { changesBetween } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

/** Says that the reader leads an event and where its desk is, or that this has ended. */
export function facilitator(facts: FacilitatorLetter, words: Words): LetterView {
  const { t } = words;
  const title = facts.leads ? t('You lead') : t('You no longer lead');
  const heading = facts.leads
    ? t('{name}, you lead this event', headingValues(facts))
    : t('{name}, you no longer lead this event', headingValues(facts));
  const lines = facts.leads
    ? [
        t('You open the door, keep the time, and show the questions on the screen.'),
        t('One page on your phone does all of it. Have a look at it before the day.'),
      ]
    : [t('Someone else looks after it now, so there is nothing you need to do.')];
  return {
    ...aboutAnEvent(facts, words, title, heading),
    footer: replySentence(facts, words),
    template: 'lines',
    lines,
    buttons: facts.leads ? [desk(facts, words)] : [],
  };
}

/** Says what changed about an event that the reader leads. */
export function facilitatorNews(facts: FacilitatorNewsLetter, words: Words): LetterView {
  const { t } = words;
  const isOff = facts.what === 'cancelled';
  const changes = facts.before ? changesBetween(facts.before, facts.event, words) : [];
  const before = changes.map(({ what, before }) => t('{what} before: {before}', { what, before }));
  return {
    ...aboutAnEvent(
      facts,
      words,
      isOff ? t('Cancelled') : t('Changed'),
      isOff
        ? t('{name}, the event you lead is cancelled', headingValues(facts))
        : t('{name}, the event you lead has changed', headingValues(facts)),
    ),
    footer: replySentence(facts, words),
    template: 'lines',
    lines: isOff ? [t('There is nothing you need to do.')] : before,
    buttons: isOff ? [] : [desk(facts, words)],
  };
}

const desk = ({ personalUrl }: { personalUrl: string }, { t }: Words) => ({
  label: t('Open your desk'),
  link: new Link(personalUrl),
  primary: true,
});
