// Answers to a team's meeting: on its page, and in the calendar where replies are read; its e-mail and entry say so.
import type { MeetingLetter } from '../../domain/letters/programme-facts.ts';
import type { Words } from '../../words.ts';

/** Says where to answer. */
export const meetingAnswerSentence = (
  { bothCount }: Pick<MeetingLetter, 'bothCount'>,
  { t }: Words,
): string =>
  bothCount
    ? t('Answer in your calendar, or on your team’s page: the others see it there.')
    : t('Answer on your team’s page: your calendar’s own buttons do not reach us.');
