// Letters about one person's seat: set, waited for, come free, given back, withdrawn.
import type { BackInCalendarLetter, PlainEventLetter, WaitingLetter } from '../../domain/letters/facts.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, greeted, replySentence } from './about-event.ts';
import { answerButtons, seatButtons } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

/** A yes was taken down: the seat is set. */
export function confirmed(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  return {
    ...aboutAnEvent(facts, words, t('You are coming'), t('{name}, your seat is set', greeted(facts))),
    askLink: new Link(facts.personalUrl),
    acceptInCalendar: acceptSentence(facts, words),
    buttons: seatButtons(facts.personalUrl, words),
  };
}

/** Empty where the calendar shows no earlier no. */
function acceptSentence({ acceptInCalendar }: PlainEventLetter, { t }: Words): string {
  return acceptInCalendar
    ? t('Your calendar may still show that you can’t come: please accept it in your calendar too.')
    : '';
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
    acceptInCalendar: acceptSentence(facts, words),
    buttons: seatButtons(facts.personalUrl, words),
  };
}

/** A no was taken down: the event leaves the calendar, and the way back is open. */
export function seatGivenBack(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, thanks for letting us know', greeted(facts));
  const [comeAfterAll] = answerButtons(facts.personalUrl, words);
  return {
    ...aboutAnEvent(facts, words, t('You can’t come'), heading),
    buttons: [{ ...comeAfterAll, primary: false }],
  };
}

/** Not sure any more after a no: the event is in the calendar again. */
export function backInCalendar(facts: BackInCalendarLetter, words: Words): LetterView {
  const { t } = words;
  return {
    ...aboutAnEvent(
      facts,
      words,
      t('Back in your calendar'),
      t('{name}, it’s back in your calendar', greeted(facts)),
    ),
    buttons: answerButtons(facts.personalUrl, words),
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
