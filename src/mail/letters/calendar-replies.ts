// Letters about what came back from a calendar: is this your answer, it could not count, a guest proposes something.

import { formatDay, formatTimes } from '../../domain/events/wall-time.ts';
import type { AnswerQuestionLetter, NotCountedLetter, ProposalLetter } from '../../domain/letters/facts.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, greeted } from './about-event.ts';
import { seatButtons } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

/** To the invited address: one press says that the answer is theirs; who did not send it does nothing. */
export function answerQuestion(facts: AnswerQuestionLetter, words: Words): LetterView {
  const { t } = words;
  return {
    ...aboutAnEvent(
      facts,
      words,
      t('Was this your answer'),
      t('{name}, was this your answer?', greeted(facts)),
    ),
    sentences: [
      t(
        'From a calendar came: {answer}. It did not come from this address in a way we can be sure of, so it does not count yet.',
        {
          answer: whatCame(facts, words),
        },
      ),
      t('If it was you, press once and it counts. If it was not, do nothing: it goes no further.'),
    ],
    buttons: [{ label: t('Yes, this was me'), link: new Link(facts.confirmUrl), primary: true }],
  };
}

function whatCame({ what, said }: AnswerQuestionLetter, words: Words): string {
  if (what === 'proposal') return words.t('another time is proposed');
  if (what === 'delegation') return words.t('somebody else is sent');
  return answerWords(said ?? 'maybe', words);
}

function answerWords(said: 'yes' | 'maybe' | 'no', { t }: Words): string {
  return { yes: t('“I’ll be there”'), maybe: t('“Not sure yet”'), no: t('“I can’t come”') }[said];
}

/** Their calendar shows an answer that we could not take: what it was, and why. */
export function answerNotCounted(facts: NotCountedLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, your answer could not be counted', greeted(facts));
  return {
    ...aboutAnEvent(facts, words, t('Your answer could not be counted'), heading),
    sentences: [
      t('You pressed {answer} in your calendar.', { answer: answerWords(facts.said, words) }),
      t(facts.why.sentence, facts.why.values),
    ],
    buttons: seatButtons(facts.personalUrl, words).slice(0, 1),
  };
}

/** To the organiser: when a guest would rather come, or whom they send. */
export function proposal(facts: ProposalLetter, words: Words): LetterView {
  const { t } = words;
  const { who, proposed } = facts;
  const isTime = facts.what === 'proposal';
  const title = isTime
    ? t('{who} proposes another time', { who })
    : t('{who} wants to send somebody else', { who });
  return {
    ...aboutAnEvent(facts, words, title, title),
    footer: t('Sent because you organise this event. Just reply to write to {who}.', { who }),
    sentences: [
      ...(proposed ? [t('Proposed: {time}', { time: timeOf(proposed, facts, words) })] : []),
      ...(facts.note
        ? [
            isTime
              ? t('They write: {words}', { words: facts.note })
              : t('Named: {words}', { words: facts.note }),
          ]
        : []),
      isTime
        ? t('Nothing has changed by this. Move the event if it suits the others as well.')
        : t('Nothing has changed by this. You can name a substitute on the person’s page.'),
    ],
    buttons: [{ label: t('See the event'), link: new Link(facts.personalUrl), primary: true }],
  };
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
