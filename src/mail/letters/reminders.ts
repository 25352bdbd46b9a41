// Letters that go out by the clock: an answer is wanted, a brief is due, see you soon.

import { formatDay } from '../../domain/events/wall-time.ts';
import type {
  PreparationLetter,
  ReminderLetter,
  SoonLetter,
  WonderingLetter,
} from '../../domain/letters/facts.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, headingValues } from './about-event.ts';
import { answerButtons, seatButtons } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

/** Writes to a guest who has not answered, or was not sure yet; one press ends it. */
export function reminder(facts: ReminderLetter, words: Words): LetterView {
  const { t } = words;
  const unsure = facts.answer === 'maybe';
  const heading =
    unsure || facts.inOrderOfAnswers
      ? t('{name}, can you make it?', headingValues(facts))
      : t('{name}, your seat is still kept', headingValues(facts));
  const day = facts.answerBy && formatDay(facts.answerBy, localeOf(words));
  return {
    ...aboutAnEvent(facts, words, t('A short reminder'), heading),
    opening: unsure
      ? t(
          'You were not sure yet. Either answer helps: someone on the waiting list can take a seat you don’t need.',
        )
      : t('You haven’t answered yet. A no is fine as well: someone else can then take the seat.'),
    answerBy: day ? t('Please answer by {day}.', { day }) : '',
    buttons: answerButtons(facts, words),
    stop: stopLink(facts, words),
  };
}

/** Asks a senior manager to send a question or to pick one; everyone gets the same. */
export function wondering(facts: WonderingLetter, words: Words): LetterView {
  const { t, tn } = words;
  return {
    ...aboutAnEvent(
      facts,
      words,
      t('One question from everyone'),
      t('{name}, which question would you send or pick?', headingValues(facts)),
    ),
    opening: t(
      'We ask everyone who is invited, so having asked says nothing about anyone. No question is too basic.',
    ),
    soFar:
      facts.questions > 0
        ? tn(
            facts.questions,
            'One question is on the wall to pick from.',
            '{n} questions are on the wall to pick from.',
          )
        : t('The wall is empty so far. Someone has to be first.'),
    buttons: [
      { label: t('Send or pick one'), link: new Link(`${facts.personalUrl}/questions`), primary: true },
    ],
    stop: stopLink(facts, words),
  };
}

/** Reminds a host before their brief is due. */
export function preparation(facts: PreparationLetter, words: Words): LetterView {
  const { t } = words;
  const day = formatDay(facts.prepareBy, localeOf(words));
  return {
    ...aboutAnEvent(
      facts,
      words,
      t('Your brief is due soon'),
      t('{name}, your brief is due soon', headingValues(facts)),
    ),
    opening: t('Please have your brief ready by {day}, so that there is time to rehearse.', { day }),
    details: [
      ...(facts.trend ? [t('Your trend: {trend}', { trend: facts.trend })] : []),
      ...(facts.team ? [t('Your team: {team}', { team: facts.team })] : []),
    ],
    buttons: [{ label: t('See the event'), link: new Link(facts.personalUrl), primary: true }],
    stop: stopLink(facts, words),
  };
}

/** Writes to a guest who comes: two days ahead, and two hours ahead with the table or the link. */
export function soon(facts: SoonLetter, words: Words): LetterView {
  const { t } = words;
  const today = facts.kind === 'today';
  const heading = today
    ? t('{name}, it is about to start', headingValues(facts))
    : t('{name}, see you soon', headingValues(facts));
  const { online, place } = facts.event;
  const joins = online || /:\/\//.test(place);
  return {
    ...aboutAnEvent(facts, words, today ? t('About to start') : t('See you soon'), heading),
    opening: joins
      ? t('The link to join is on your page. It opens the room in one press.')
      : t('Nothing to prepare, and nothing to catch up on.'),
    details: facts.table === null ? [] : [t('Your table: number {table}', { table: facts.table })],
    buttons: seatButtons(facts, words),
    stop: stopLink(facts, words),
  };
}

function stopLink({ stopUrl }: { stopUrl: string }, { t }: Words) {
  return { label: t('No more reminders about this event'), link: new Link(stopUrl) };
}
