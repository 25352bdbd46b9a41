// Letters about what came back from a calendar: is this your answer, it could not count, a guest proposes something.

import { formatDay, formatTimes } from '../../domain/events/wall-time.ts';
import type { AnswerQuestionLetter, NotCountedLetter, ProposalLetter } from '../../domain/letters/facts.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, headingValues } from './about-event.ts';
import { seatButtons } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

/** Asks the invited address whether the answer is theirs: one press says so, and nothing is to be done otherwise. */
export function answerQuestion(facts: AnswerQuestionLetter, words: Words): LetterView {
  const { t } = words;
  return {
    ...aboutAnEvent(
      facts,
      words,
      t('Was this your answer'),
      t('{name}, was this your answer?', headingValues(facts)),
    ),
    sentences: [
      t(
        'A calendar sent us this answer: {answer}. We can’t be sure that it came from you, so it doesn’t count yet.',
        {
          answer: whatCame(facts, words),
        },
      ),
      t('If it was you, press the button and it counts. If it wasn’t, you need not do anything.'),
    ],
    buttons: [{ label: t('Yes, this was me'), link: new Link(facts.confirmUrl), primary: true }],
  };
}

function whatCame({ what, said }: AnswerQuestionLetter, words: Words): string {
  if (what === 'proposal') return words.t('another time is proposed');
  if (what === 'delegation') return words.t('a colleague comes instead');
  return answerWords(said ?? 'maybe', words);
}

function answerWords(said: 'yes' | 'maybe' | 'no', { t }: Words): string {
  return { yes: t('“I’ll be there”'), maybe: t('“Not sure yet”'), no: t('“I can’t come”') }[said];
}

/** Tells that the answer in their calendar could not be taken, and why. */
export function answerNotCounted(facts: NotCountedLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, your answer could not be counted', headingValues(facts));
  return {
    ...aboutAnEvent(facts, words, t('Your answer could not be counted'), heading),
    sentences: [
      t('You pressed {answer} in your calendar.', { answer: answerWords(facts.said, words) }),
      t(facts.why.sentence, facts.why.values),
    ],
    buttons: seatButtons(facts, words).slice(0, 1),
  };
}

/** Tells the organiser when a guest would rather come, whom they send, or what they wrote beside an answer. */
export function proposal(facts: ProposalLetter, words: Words): LetterView {
  const { t } = words;
  const { who, proposed } = facts;
  const { title, note, sentence } = sentencesOf(facts, words);
  return {
    ...aboutAnEvent(facts, words, title, title),
    footer: t('Sent because you organise this event. Just reply to write to {who}.', { who }),
    sentences: [
      ...(proposed ? [t('Proposed: {time}', { time: timeOf(proposed, facts, words) })] : []),
      ...(facts.note ? [note] : []),
      sentence,
    ],
    buttons: [{ label: t('See the event'), link: new Link(facts.personalUrl), primary: true }],
  };
}

function sentencesOf({ what, who, note }: ProposalLetter, { t }: Words) {
  const written = t('They write: {words}', { words: note });
  const sentences = {
    proposal: {
      title: t('{who} proposes another time', { who }),
      note: written,
      sentence: t('Nothing has changed by this. Move the event if it suits the others as well.'),
    },
    delegation: {
      title: t('{who} wants to send a colleague', { who }),
      note: t('Named: {words}', { words: note }),
      sentence: t('Nothing has changed by this. You can name a substitute on the person’s page.'),
    },
    answer: {
      title: t('{who} wrote with their answer', { who }),
      note: written,
      sentence: t('The answer has been counted.'),
    },
  };
  return sentences[what];
}

function timeOf(
  { start, minutes }: NonNullable<ProposalLetter['proposed']>,
  { event }: ProposalLetter,
  words: Words,
): string {
  const locale = localeOf(words);
  if (minutes === null) return `${formatDay(start, locale)}, ${start.slice(11)}`;
  return formatTimes({ start, minutes, timeZone: event.timeZone }, locale);
}
