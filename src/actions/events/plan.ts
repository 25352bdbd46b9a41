import type * as events from '../../store/events/events.ts';

/** An organiser's decisions about an event, apart from its format and its guests. */
export interface EventPlan {
  name: string;
  headline: string;
  lede: string;
  startsAt: string;
  timeZone: string;
  place: string;
  joinUrl: string;
  /** Whether the link to join stays out of calendars. */
  linkOnPage?: boolean;
  access: string;
  seniorCapacity: number;
  talentCapacity: number;
  answerBy: string | null;
  /** `answerBy` is so many days before the event; null or left out: the day was typed. */
  answerDays?: number | null;
  guestListShown: boolean;
  /** Whether people who said no to an earlier event of this format may ask for an invitation. */
  openAfterNo?: boolean;
  /** Fewer of a side than this are too few, and the day 'YYYY-MM-DD' on which that is decided. */
  seniorQuorum?: number;
  talentQuorum?: number;
  decideOn?: string | null;
  topics: { trendId: number; teamId: number | null }[];
}

/** Settings that a copy takes over from the event it is made from. */
type CopiedSettings = Partial<
  Pick<
    events.Event,
    | 'questionRules'
    | 'namelessAsking'
    | 'facilitatorId'
    | 'formatVersionId'
    | 'formatFacts'
    | 'onlySide'
    | 'seriesKey'
  >
>;

export interface NewDraft extends EventPlan, CopiedSettings {
  formKey: string;
  programmeId: number;
  organiserId: number;
  format: string;
  shape: events.Event['shape'];
  /** Left out: those of the format's newest version. */
  blocks?: readonly events.NewBlock[];
  guestIds: number[];
}
