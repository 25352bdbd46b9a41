// Letters about an event that is not what it was: moved, changed or cancelled.
import type { CancelledLetter, MovedLetter, NewLinkLetter } from '../../domain/letters/facts.ts';
import type { Words } from '../../words.ts';
import { paragraphs } from '../plain-text.ts';
import { aboutAnEvent, headingValues, replySentence } from './about-event.ts';
import { answerButtons, type Change, changesBetween, seatButtons } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

/** Says what changed, old and new, and what that means for the answer already given. */
export function moved(facts: MovedLetter, words: Words): LetterView {
  const { t } = words;
  const changes = changesBetween(facts.before, facts.event, words);
  const buttons = facts.answer === 'waiting' ? seatButtons : answerButtons;
  return {
    ...aboutAnEvent(facts, words, t('Changed'), movedHeading(changes, facts, words)),
    changes,
    still: stillSentence(facts.answer, words),
    buttons: buttons(facts, words),
  };
}

function movedHeading(changes: Change[], facts: MovedLetter, { t }: Words): string {
  const kinds = changes.map((change) => change.kind).join(' ');
  const isOnlyTheEnd =
    facts.before.start === facts.event.start && facts.before.minutes !== facts.event.minutes;
  if (kinds === 'time' && isOnlyTheEnd) return t('{name}, the end has changed', headingValues(facts));
  if (kinds === 'time') return t('{name}, the time has changed', headingValues(facts));
  if (kinds === 'place') return t('{name}, the place has changed', headingValues(facts));
  if (kinds === 'time place') return t('{name}, the time and the place have changed', headingValues(facts));
  return t('{name}, this event has changed', headingValues(facts));
}

function stillSentence(answer: MovedLetter['answer'], { t }: Words): string {
  const sentences = {
    coming: t('Your seat is still yours. If this does not suit you, please give it back.'),
    waiting: t('You keep your place on the waiting list.'),
    maybe: t('You were not sure yet. Does this suit you?'),
    invited: t('You have not answered yet. Does this suit you?'),
    declined: t('You could not come before. Does this suit you?'),
  };
  return sentences[answer];
}

/** Brings the link that takes the place of the one in earlier e-mails; the answer stays. */
export function newLink(facts: NewLinkLetter, words: Words): LetterView {
  const { t } = words;
  const isOpen = facts.answer === 'invited' || facts.answer === 'maybe';
  return {
    ...aboutAnEvent(facts, words, t('Your new link'), t('{name}, your link is new', headingValues(facts))),
    sentences: [
      t(
        'To be on the safe side we replaced all personal links. The one in earlier e-mails no longer works; please use this one.',
      ),
      isOpen ? t('You can answer here, as before.') : t('Your answer stays as it is.'),
    ],
    buttons: (isOpen ? answerButtons : seatButtons)(facts, words),
  };
}

/** Says that it will not happen, with the organiser's reason where one was given. */
export function cancelled(facts: CancelledLetter, words: Words): LetterView {
  const { t } = words;
  return {
    ...aboutAnEvent(facts, words, t('Cancelled'), t('{name}, this event is cancelled', headingValues(facts))),
    footer: replySentence(facts, words),
    reason: paragraphs(facts.reason),
    buttons: [],
  };
}
