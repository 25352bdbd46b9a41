// Answers pressed in a calendar about a team's meeting reach nobody, and its e-mail and entry say so.
import type { Words } from '../../words.ts';

/** Says how to tell the team instead. */
export const meetingAnswerSentence = ({ t }: Words): string =>
  t('There’s nothing to answer here. If you can’t come, tell the team or move the meeting.');
