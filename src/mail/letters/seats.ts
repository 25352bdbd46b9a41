// Letters about one person's seat: set, waited for, come free, given back, withdrawn.
import type { PlainEventLetter, WaitingLetter } from '../../domain/letters/facts.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, greeted, replySentence } from './about-event.ts';
import { answerButtons, seatButtons } from './event-lines.ts';
import type { LetterView } from './view.ts';

/** A yes was taken down: the seat is set. */
export function confirmed(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  return {
    ...aboutAnEvent(facts, words, t('You are coming'), t('{name}, your seat is set', greeted(facts))),
    askLink: new Link(facts.personalUrl),
    buttons: seatButtons(facts.personalUrl, words),
  };
}

/** Every seat is taken; the person stands in line. */
export function waiting(facts: WaitingLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, you are on the waiting list', greeted(facts));
  return {
    ...aboutAnEvent(facts, words, t('You are on the waiting list'), heading),
    position: facts.position === null ? '' : t('You are number {n} in line.', { n: facts.position }),
    buttons: seatButtons(facts.personalUrl, words),
  };
}

/** Somebody left, and this person waited longest. */
export function seatFree(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, a seat is free, and it is yours', greeted(facts));
  return {
    ...aboutAnEvent(facts, words, t('A seat is free, and it is yours'), heading),
    buttons: seatButtons(facts.personalUrl, words),
  };
}

/** A no was taken down, and the way back is open. */
export function seatGivenBack(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, your seat is given back', greeted(facts));
  const [comeAfterAll] = answerButtons(facts.personalUrl, words);
  return {
    ...aboutAnEvent(facts, words, t('Your seat is given back'), heading),
    buttons: [{ ...comeAfterAll, primary: false }],
  };
}

/** The organiser took this person off the list. */
export function uninvited(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, your invitation is withdrawn', greeted(facts));
  return {
    ...aboutAnEvent(facts, words, t('Your invitation is withdrawn'), heading),
    footer: replySentence(facts, words),
    organiserName: facts.organiser,
    buttons: [],
  };
}
