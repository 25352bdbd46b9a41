// Facts of letters about the programme, which are about no event.

import type { WallTime } from '../events/wall-time.ts';
import type { OfferSide } from '../offers/offers.ts';
import type { GroundRule } from '../settings/programme.ts';
import type { PublicReason } from '../teams/reasons.ts';
import type { LateStep } from '../teams/team-steps.ts';
import type { CalendarFacts } from './event-facts.ts';

/** Facts that every letter about a season has. */
export interface SeasonLetter {
  recipient: { name: string };
  organisation: string;
  organiser: string;
  organiserEmail: string;
  programme: string;
}

/** Asks to accept the ground rules, with a link of the reader's own. */
export interface GroundRulesLetter extends SeasonLetter {
  kind: 'ground-rules';
  programmeId: number;
  /** Null: the usual ones. */
  rules: GroundRule[] | null;
  rulesUrl: string;
}

/** Asks a young talent to rank the trends of the shortlist, with a link of their own. */
export interface RankTrendsLetter extends SeasonLetter {
  kind: 'rank-trends';
  programmeId: number;
  /** Last day, 'YYYY-MM-DD', or null. */
  closesOn: string | null;
  rankUrl: string;
}

/** Asks what somebody wishes of a partner for one-to-one meetings, with a link of their own. */
export interface PairWishesLetter extends SeasonLetter {
  kind: 'pair-wishes';
  programmeId: number;
  side: 'talent' | 'senior';
  /** Last day to answer, 'YYYY-MM-DD'. */
  until: string;
  meetings: number;
  minutes: number;
  months: number;
  why: 'first' | 'again';
  wishesUrl: string;
}

/** Proposes a partner, with a link at which the reader says yes or no thank you. */
export interface PairProposedLetter extends SeasonLetter {
  kind: 'pair-proposed';
  pairId: number;
  partners: { name: string; department: string }[];
  /** Topics that both want to talk about. */
  topics: string[];
  /** They both named each other after an event. */
  isMutual: boolean;
  /** Times for the first meeting that all can, as wall times. */
  times?: WallTime[];
  /** Wall time 'YYYY-MM-DDTHH:MM' until which they answer. */
  until: string;
  startsOn: string;
  meetings: number;
  minutes: number;
  months: number;
  pairUrl: string;
}

/**
 * Brings a meeting of a pair into the reader's calendar, moves it there, or takes it out: `open` where none of the times suited,
 * `skipped` where it does not take place, `ended` where the pair has ended.
 */
export interface PairMeetingLetter extends SeasonLetter {
  kind: 'pair-meeting' | 'pair-meeting-off';
  why: 'planned' | 'moved' | 'open' | 'skipped' | 'ended';
  pairId: number;
  /** Names of those whom the reader meets. */
  partners: string[];
  /** It was the reader's own press. */
  isOwn: boolean;
  start: WallTime;
  minutes: number;
  timeZone: string;
  /** A room or an address; may be empty. */
  place: string;
  /** Times that the reader may press in place of this one, as wall times; until when, as wall time. */
  otherTimes: WallTime[];
  otherUntil: WallTime;
  meetingUrl: string;
  calendar: CalendarFacts;
}

/** Tells somebody what became of a pair that was proposed. */
export interface PairNewsLetter extends SeasonLetter {
  kind: 'pair-news';
  pairId: number;
  news: 'running' | 'not-made' | 'withdrawn';
  partners: { name: string; email: string }[];
  /** Times for the first meeting that all can, as wall times. */
  times?: WallTime[];
  pairUrl: string;
}

/** Tells somebody that they and each of these people would both like to go on talking. */
export interface PairMutualLetter extends SeasonLetter {
  kind: 'pair-mutual';
  partners: { name: string; email: string }[];
}

/** Asks when somebody can come to an event whose date is looked for, with a link of their own. */
export interface ChooseDatesLetter extends SeasonLetter {
  kind: 'choose-dates';
  eventName: string;
  /** Number of dates offered, with the first and the last day, 'YYYY-MM-DD'. */
  dates: number;
  first: string;
  last: string;
  /** Last day to answer, 'YYYY-MM-DD'. */
  until: string;
  /** `more`: dates came after they were asked; `again`: they have not answered. */
  why: 'first' | 'more' | 'again';
  datesUrl: string;
}

/** Tells people who voted on trends that voting is open again; it asks nothing. */
export interface VotingReopenedLetter extends SeasonLetter {
  kind: 'voting-reopened';
  /** Last day, 'YYYY-MM-DD', or null. */
  closesOn: string | null;
  trendsUrl: string;
}

/** Tells a person that their last day is near, after which they are deactivated. */
export interface LastDayLetter extends SeasonLetter {
  kind: 'last-day';
  /** 'YYYY-MM-DD'. */
  endsOn: string;
  siteUrl: string;
}

/** Tells a young talent which trend they research and why, in words that name nobody else. */
export interface TrendGivenLetter extends SeasonLetter {
  kind: 'trend-given';
  /** Empty where there was no place. */
  trend: string;
  /** The tier of their own ranks, from 0. */
  choice: number | null;
  reason: PublicReason;
  /** They were told of another one before. */
  isChange: boolean;
  /** 0 where there is none. */
  teamId: number;
  teamUrl: string;
}

/**
 * Tells an organiser of steps of teams whose day is near, or a team and its organiser that somebody is in it no more, or
 * newly in it; `unanswered`: nobody of the reserve list took a free place.
 */
export interface TeamNewsLetter extends SeasonLetter {
  kind: 'team-news';
  news:
    | { kind: 'late'; steps: ({ team: string } & LateStep)[] }
    | {
        kind: 'left';
        team: string;
        who: string;
        left: number;
        /** People the team has too few now; left out where it has enough. */
        short?: number;
        isForOrganiser: boolean;
      }
    | { kind: 'joined'; team: string; who: string; members: number; isForOrganiser: boolean }
    | { kind: 'unanswered'; team: string; asked: number };
  teamUrl: string;
}

/** Asks whether an offer is the reader's own. It holds nothing that was typed: nobody knows yet who did. */
export interface OfferConfirmLetter {
  kind: 'offer-confirm';
  recipient: { name: string };
  organisation: string;
  programme: string;
  /** Hours in which the link works. */
  hours: number;
  offerId: number;
  offerUrl: string;
}

/** Answers an offer. */
export interface OfferAnswerLetter extends SeasonLetter {
  kind: 'offer-answer';
  side: OfferSide;
  answer: 'accepted' | 'reserve' | 'declined';
  /** The team they were placed in at once, and its trend. */
  team?: { name: string; trend: string };
  offerId: number;
  offerUrl: string;
}

/**
 * Brings a meeting of a team into a member's calendar, moves it there, or takes it out: `cancelled` for everyone, `left` for
 * this reader alone.
 */
export interface MeetingLetter extends SeasonLetter {
  kind: 'team-meeting' | 'team-meeting-off';
  why: 'planned' | 'moved' | 'cancelled' | 'left';
  team: string;
  /** It was the reader's own press. */
  isOwn: boolean;
  /** The reader's answer, where it is known and still about this time. */
  said?: 'yes' | 'maybe' | 'no';
  /** Whether an answer pressed in a calendar reaches us. */
  bothCount?: boolean;
  start: WallTime;
  minutes: number;
  timeZone: string;
  /** A room or an address; may be empty. */
  place: string;
  teamUrl: string;
  calendar: CalendarFacts;
}

/** Asks a person of the reserve list to take a free place in a team, with a link of its own. */
export interface PlaceOfferedLetter extends SeasonLetter {
  kind: 'place-offered';
  trend: string;
  /** Members the team has now; none is named. */
  members: number;
  /** Until when the place is kept, as wall time of the programme. */
  until: string;
  askId: number;
  placeUrl: string;
}
