// Subject, heading and lines that a letter's templates print, worked out from its facts.
import type { LetterFacts } from '../../domain/letters/facts.ts';
import { cut } from '../../domain/visible-text.ts';
import type { Words } from '../../words.ts';
import { paragraphs } from '../plain-text.ts';
import { answerNotCounted, answerQuestion, proposal } from './calendar-replies.ts';
import { cancelled, moved, newLink } from './changes.ts';
import { goNoGo } from './decisions.ts';
import { hostInvitation, invitation } from './invitations.ts';
import type { LetterView } from './letter-view.ts';
import { preparation, reminder, soon, wondering } from './reminders.ts';
import { backInCalendar, confirmed, seatFree, seatGivenBack, uninvited, waiting } from './seats.ts';
import { addressChanged, signIn } from './sign-in.ts';

/** Everything the two templates of that letter print; an organiser's own words stand in place of ours. */
export function viewOf(facts: LetterFacts, words: Words): LetterView {
  const view = { ...viewOfKind(facts, words), bothCount: bothCountSentence(facts, words) };
  const own = 'words' in facts ? facts.words : undefined;
  if (!own) return { ...view, own: [] };
  return { ...view, subject: cut(own.subject, MOST_OF_A_SUBJECT) || view.subject, own: paragraphs(own.body) };
}

/** In letters that ask for an answer and put the event into the calendar, where somebody reads what comes back. */
function bothCountSentence(facts: LetterFacts, { t }: Words): string {
  const asks = ['invitation', 'invitation-host', 'moved'].includes(facts.kind);
  const counts = asks && 'bothCount' in facts && facts.bothCount && facts.calendar;
  return counts ? t('Press here, or answer in your calendar: both count.') : '';
}

const MOST_OF_A_SUBJECT = 160;

/** The facts of the letters of one kind. */
type Of<Kind, Facts = LetterFacts> = Facts extends { kind: infer Kinds }
  ? Kind extends Kinds
    ? Facts
    : never
  : never;

const views: { [Kind in LetterFacts['kind']]: (facts: Of<Kind>, words: Words) => LetterView } = {
  'sign-in': signIn,
  'address-changed': addressChanged,
  invitation,
  'invitation-host': hostInvitation,
  moved,
  'new-link': newLink,
  cancelled,
  'go-no-go': goNoGo,
  waiting,
  reminder,
  wondering,
  preparation,
  'see-you-soon': soon,
  today: soon,
  'seat-free': seatFree,
  confirmed,
  'seat-given-back': seatGivenBack,
  'back-in-calendar': backInCalendar,
  uninvited,
  'answer-question': answerQuestion,
  'answer-not-counted': answerNotCounted,
  proposal,
};

function viewOfKind(facts: LetterFacts, words: Words): LetterView {
  return (views[facts.kind] as (facts: LetterFacts, words: Words) => LetterView)(facts, words);
}
