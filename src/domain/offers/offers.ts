// Offers to take part: until when they are open, when their links work, and how many can be accepted.
import type { Limit } from '../sign-in/sign-in-limits.ts';

export type OfferSide = 'talent' | 'senior';
/** Unconfirmed until its sender presses the link in the e-mail. */
export type OfferState = 'unconfirmed' | 'waiting' | 'accepted' | 'reserve' | 'declined';
export type OfferTime = 'evening' | 'team' | 'pair';

/** Characters as people count them. */
export const longestOffer = { name: 200, jobTitle: 200, department: 100, why: 400, other: 100 } as const;

/** Most trends of the shortlist that the page offers as topics. */
export const mostTopics = 12;

/** Hours in which the address has to be confirmed. */
export const hoursToConfirm = 48;

/** Amounts of time that each side can offer; a senior needs no team. */
export const timesOf: Record<OfferSide, readonly OfferTime[]> = {
  talent: ['evening', 'team', 'pair'],
  senior: ['evening', 'pair'],
};

/** E-mails to one address, and offers from one network, which may be a whole company's. */
export const offerLimits = {
  perAddress: { most: 3, minutes: 60 },
  perNetwork: { most: 500, minutes: 60 },
} as const satisfies Record<string, Limit>;

/** Days and places that organisers set for one side; `places` is null where there is no limit. */
export interface OfferRound {
  closesOn: string;
  answerBy: string;
  places: number | null;
  closedAt: Temporal.Instant | null;
}

const dayAt = (now: Temporal.Instant, timeZone: string) =>
  now.toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** Offers are taken to the end of the last day in the programme's zone, unless an organiser closed them before. */
export function takesOffers(round: OfferRound | null, now: Temporal.Instant, timeZone: string): boolean {
  return round !== null && round.closedAt === null && dayAt(now, timeZone) <= round.closesOn;
}

/** Returns the moment after which an offer that nobody confirmed is forgotten. */
export const confirmBy = (sentAt: Temporal.Instant) => sentAt.add({ hours: hoursToConfirm });

/** Says whether the link of an offer still works: 48 hours to confirm it, then until the season ends. */
export function offerLinkWorks(
  offer: { state: OfferState; createdAt: Temporal.Instant },
  season: { endsOn: string | null; endedAt: Temporal.Instant | null; timeZone: string },
  now: Temporal.Instant,
): boolean {
  if (isSeasonOver(season, now)) return false;
  return offer.state !== 'unconfirmed' || Temporal.Instant.compare(now, confirmBy(offer.createdAt)) < 0;
}

/** Offers are erased once the last day of their season is over, or the next season was started. */
export function isSeasonOver(
  {
    endsOn,
    endedAt,
    timeZone,
  }: { endsOn: string | null; endedAt: Temporal.Instant | null; timeZone: string },
  now: Temporal.Instant,
): boolean {
  return endedAt !== null || (endsOn !== null && dayAt(now, timeZone) > endsOn);
}

/** Returns how many more can be accepted; null where there is no limit. */
export function freePlaces({ places }: Pick<OfferRound, 'places'>, accepted: number): number | null {
  return places === null ? null : Math.max(0, places - accepted);
}

/** An offer can be answered while it waits, from the reserve list, or once more after a no. */
export function canAnswer(state: OfferState, answer: 'accepted' | 'reserve' | 'declined'): boolean {
  return state !== 'unconfirmed' && state !== 'accepted' && state !== answer;
}

/** Its sender can change an offer until it is accepted. */
export const canChangeOffer = (state: OfferState) => state === 'waiting' || state === 'reserve';

/** A mistake in the days of a round, at its field. */
export interface RoundMistake {
  field: 'closesOn' | 'answerBy' | 'places';
  sentence: string;
  params: Record<string, string | number>;
}

/** Finds what is wrong with the days and places of a round: they follow each other within the season. */
export function roundMistake(
  round: Pick<OfferRound, 'closesOn' | 'answerBy' | 'places'>,
  { today, endsOn, accepted }: { today: string; endsOn: string | null; accepted: number },
): RoundMistake | null {
  const wrong = (field: RoundMistake['field'], sentence: string, params: RoundMistake['params'] = {}) => ({
    field,
    sentence,
    params,
  });
  if (round.closesOn < today) return wrong('closesOn', 'This day is over. Choose today or a later day.');
  if (round.answerBy < round.closesOn)
    return wrong('answerBy', 'Answer on the last day for offers, or later.');
  if (endsOn !== null && round.answerBy > endsOn)
    return wrong('answerBy', 'The season ends before this day. Choose an earlier one.');
  if (round.places !== null && round.places < accepted)
    return wrong('places', 'You have accepted {n} already. Write {n} or more.', { n: accepted });
  return null;
}
