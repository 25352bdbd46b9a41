// Letters about one person's seat: set, waited for, come free, given back, withdrawn.

import { formatDay } from '../../domain/events/wall-time.ts';
import { askedAtATime } from '../../domain/guests/seat-offers.ts';
import type {
  BackInCalendarLetter,
  NoSeatLetter,
  OtherAddressLetter,
  PlainEventLetter,
  WaitingLetter,
} from '../../domain/letters/facts.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, headingValues, replySentence } from './about-event.ts';
import { answerButtons, seatButtons } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

/** Confirms a seat after a yes. */
export function confirmed(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  return {
    ...aboutAnEvent(
      facts,
      words,
      t('You are coming'),
      t('{name}, we’ve saved your seat', headingValues(facts)),
    ),
    askLink: new Link(`${facts.personalUrl}#ask`),
    acceptInCalendar: acceptSentence(facts, words),
    buttons: seatButtons(facts, words),
  };
}

/** Asks to accept in the calendar too; empty where it shows no earlier no. */
function acceptSentence({ acceptInCalendar }: PlainEventLetter, { t }: Words): string {
  return acceptInCalendar
    ? t('Your calendar may still show that you can’t come: please accept it in your calendar too.')
    : '';
}

/** Tells that every seat is taken, and the person's place in line. */
export function waiting(facts: WaitingLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, you are on the waiting list', headingValues(facts));
  return {
    ...aboutAnEvent(facts, words, t('You are on the waiting list'), heading),
    position: facts.position === null ? '' : t('You are number {n} in line.', { n: facts.position }),
    buttons: seatButtons(facts, words),
  };
}

/** Tells that a seat came free and is theirs, since they waited longest. */
export function seatFree(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, a seat is free, and it is yours', headingValues(facts));
  return {
    ...aboutAnEvent(facts, words, t('A seat is free, and it is yours'), heading),
    acceptInCalendar: acceptSentence(facts, words),
    buttons: seatButtons(facts, words),
  };
}

/** Offers a seat that came free late: the first of those asked to press has it. */
export function seatOffer(facts: PlainEventLetter, words: Words): LetterView {
  const { t, tn } = words;
  const heading = t('{name}, can you make it?', headingValues(facts));
  const url = new URL(facts.personalUrl);
  url.hash = 'answer-panel';
  return {
    ...aboutAnEvent(facts, words, t('Can you make it? A seat has come free'), heading),
    template: 'lines',
    lines: [
      t('A seat has come free, and you are next in line.'),
      t('Can you make it? First to press has it.'),
      tn(
        askedAtATime,
        'We ask one person at a time. If you can’t come, you need not do anything.',
        'We ask {n} people at a time, and tell you when the seat is gone. If you can’t come, you need not do anything.',
      ),
    ],
    buttons: [{ label: t('See if it’s still free'), link: new Link(url), primary: true }],
  };
}

/** Tells that somebody else took the seat that was offered. */
export function seatGone(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, the seat is gone', headingValues(facts));
  return {
    ...aboutAnEvent(facts, words, t('The seat is gone'), heading),
    template: 'lines',
    lines: [
      t('Someone else took the seat we asked you about. You keep your place on the waiting list.'),
      t('We’ll ask you again if another seat comes free.'),
    ],
    buttons: [{ label: t('See the event'), link: new Link(facts.personalUrl), primary: false }],
  };
}

/** Confirms a no: the event leaves the calendar, and the way back is open. */
export function seatGivenBack(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, thanks for letting us know', headingValues(facts));
  const [comeAfterAll] = answerButtons(facts, words);
  return {
    ...aboutAnEvent(facts, words, t('You can’t come'), heading),
    buttons: [{ ...comeAfterAll, primary: false }],
  };
}

/** Puts the event into the calendar again after a no that became a maybe. */
export function backInCalendar(facts: BackInCalendarLetter, words: Words): LetterView {
  const { t } = words;
  return {
    ...aboutAnEvent(
      facts,
      words,
      facts.isFirst ? t('In your calendar') : t('Back in your calendar'),
      facts.isFirst
        ? t('{name}, it’s in your calendar', headingValues(facts))
        : t('{name}, it’s back in your calendar', headingValues(facts)),
    ),
    buttons: answerButtons(facts, words),
  };
}

/** Tells that no seat came free before the event began, and where to ask for the next one. */
export function noSeat(facts: NoSeatLetter, words: Words): LetterView {
  const { t } = words;
  const { next } = facts;
  const link = new Link(`${facts.personalUrl}#answer-panel`);
  return {
    ...aboutAnEvent(
      facts,
      words,
      t('No seat came free'),
      t('{name}, no seat came free', headingValues(facts)),
    ),
    next: next
      ? t('The next one is {event}, {day}, {time}.', {
          event: next.name,
          day: formatDay(next.start, localeOf(words)),
          time: next.start.slice(11),
        })
      : '',
    buttons: next ? [{ label: t('Ask for an invitation'), link, primary: true }] : [],
  };
}

/** Takes the event out of the calendar of an address that e-mails no longer go to. */
export function otherAddress(facts: OtherAddressLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, this event is at your other address', headingValues(facts));
  return {
    ...aboutAnEvent(facts, words, t('Now at your other address'), heading),
    footer: replySentence(facts, words),
    organiserName: facts.organiser,
    buttons: [],
  };
}

/** Tells that the organiser took this person off the list. */
export function uninvited(facts: PlainEventLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, your invitation is withdrawn', headingValues(facts));
  return {
    ...aboutAnEvent(facts, words, t('Your invitation is withdrawn'), heading),
    footer: replySentence(facts, words),
    organiserName: facts.organiser,
    buttons: [],
  };
}
