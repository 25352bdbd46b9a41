// Subject, heading and lines that a letter's templates print, worked out from its facts.
import type { LetterFacts } from '../../domain/letters/facts.ts';
import { shorten } from '../../domain/visible-text.ts';
import type { Words } from '../../words.ts';
import { paragraphs } from '../plain-text.ts';
import { answerNotCounted, answerQuestion, proposal } from './calendar-replies.ts';
import { cancelled, moved, newLink } from './changes.ts';
import { chooseDates } from './choose-dates.ts';
import { goNoGo } from './decisions.ts';
import { facilitator, facilitatorNews } from './facilitator.ts';
import { groundRules } from './ground-rules.ts';
import { hostInvitation, invitation } from './invitations.ts';
import { lastDay } from './last-day.ts';
import type { LetterView } from './letter-view.ts';
import { meetingAnswerSentence } from './meeting-answer.ts';
import { message } from './message.ts';
import { offerAnswer, offerConfirm } from './offers.ts';
import { organiserDay } from './organiser-day.ts';
import { organiserNews } from './organiser-news.ts';
import { pairMeeting, pairMeetingAnswer } from './pair-meeting.ts';
import { pairMutual } from './pair-mutual.ts';
import { pairNews, pairProposed, pairWishes } from './pairs.ts';
import { placeOffered } from './place-offered.ts';
import { rankTrends } from './rank-trends.ts';
import { preparation, reminder, soon, wondering } from './reminders.ts';
import {
  backInCalendar,
  confirmed,
  noSeat,
  otherAddress,
  seatFree,
  seatGivenBack,
  seatGone,
  seatOffer,
  uninvited,
  waiting,
} from './seats.ts';
import { severalThings } from './several-things.ts';
import { addressChanged, signIn } from './sign-in.ts';
import { hostTable, tableChanged } from './tables.ts';
import { teamMeeting } from './team-meeting.ts';
import { teamNews } from './team-news.ts';
import { trendGiven } from './trend-given.ts';
import { votingReopened } from './voting-reopened.ts';

/** Everything the two templates of that letter print; an organiser's own words stand in place of ours. */
export function viewOf(facts: LetterFacts, words: Words): LetterView {
  const view = {
    promise: [],
    stop: null,
    ...viewOfKind(facts, words),
    bothCount: bothCountSentence(facts, words),
    answerHere: answerHereSentence(facts, words),
  };
  const own = 'words' in facts ? facts.words : undefined;
  if (!own) return { ...view, own: [] };
  return {
    ...view,
    subject: shorten(own.subject, MOST_OF_A_SUBJECT) || view.subject,
    own: paragraphs(own.body),
  };
}

const asking: readonly string[] = [
  'invitation',
  'invitation-host',
  'moved',
  'back-in-calendar',
  'several-things',
];
const seated: readonly string[] = ['confirmed', 'seat-free'];

/** Says that answers pressed in the calendar do not arrive; empty where they do, or where the letter brings no entry. */
export function noRepliesSentence(facts: LetterFacts, words: Words): string {
  const { t } = words;
  if (facts.kind === 'team-meeting') return meetingAnswerSentence(facts, words);
  if (facts.kind === 'pair-meeting') return pairMeetingAnswer(words);
  const isLost = 'calendar' in facts && facts.calendar && !('bothCount' in facts && facts.bothCount);
  return isLost ? t('Answer with the buttons in this e-mail: your calendar’s own do not reach us.') : '';
}

function answerHereSentence(facts: LetterFacts, words: Words): string {
  return asking.includes(facts.kind) ? noRepliesSentence(facts, words) : '';
}

/** Says under the buttons what an answer in the calendar counts, where it is asked for; and that deleting an entry is none. */
function bothCountSentence(facts: LetterFacts, words: Words): string {
  const { t } = words;
  if (seated.includes(facts.kind) && noRepliesSentence(facts, words))
    return t('Deleting it from your calendar doesn’t give your seat back: please use the button here.');
  const counts = asking.includes(facts.kind) && 'bothCount' in facts && facts.bothCount && facts.calendar;
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
  'ground-rules': groundRules,
  'rank-trends': rankTrends,
  'choose-dates': chooseDates,
  'last-day': lastDay,
  'voting-reopened': votingReopened,
  'trend-given': trendGiven,
  'several-things': (facts, words) => severalThings(facts, words, viewOf),
  'pair-wishes': pairWishes,
  'pair-proposed': pairProposed,
  'pair-news': pairNews,
  'pair-meeting': pairMeeting,
  'pair-meeting-off': pairMeeting,
  'pair-mutual': pairMutual,
  'team-news': teamNews,
  'team-meeting': teamMeeting,
  'team-meeting-off': teamMeeting,
  'offer-confirm': offerConfirm,
  'offer-answer': offerAnswer,
  'place-offered': placeOffered,
  invitation,
  'invitation-host': hostInvitation,
  moved,
  'new-link': newLink,
  cancelled,
  'go-no-go': goNoGo,
  'organiser-news': organiserNews,
  'organiser-day': organiserDay,
  facilitator,
  'facilitator-news': facilitatorNews,
  message,
  waiting,
  reminder,
  wondering,
  preparation,
  'host-table': hostTable,
  'table-changed': tableChanged,
  'see-you-soon': soon,
  today: soon,
  'seat-free': seatFree,
  'seat-offer': seatOffer,
  'seat-gone': seatGone,
  confirmed,
  'seat-given-back': seatGivenBack,
  'back-in-calendar': backInCalendar,
  uninvited,
  'no-seat': noSeat,
  'other-address': otherAddress,
  'answer-question': answerQuestion,
  'answer-not-counted': answerNotCounted,
  proposal,
};

function viewOfKind(facts: LetterFacts, words: Words): LetterView {
  return (views[facts.kind] as (facts: LetterFacts, words: Words) => LetterView)(facts, words);
}
