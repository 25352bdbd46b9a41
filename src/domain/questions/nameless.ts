// Opening and publishing times of questions without a name.

/** Fewer people than this are invited, or ask together, and one could be guessed. */
export const fewestTogether = 5;

/** Purpose of a slip, each with a key of its own. The -first ones count people: everybody gets one of them. */
export type SlipPurpose = 'ask' | 'ask-first' | 'feedback' | 'vote' | 'vote-first';

/** Questions one person may ask without a name on one device, and as many again on a second one. */
export const slipsEach = 3;

/** How many slips of a purpose are in a person's first batch and in the second; a purpose without a number there has none. */
export const batchSizes: Record<SlipPurpose, readonly number[]> = {
  'ask-first': [1],
  ask: [slipsEach - 1, slipsEach],
  'vote-first': [1],
  vote: [1],
  feedback: [1],
};

/** How many blinded messages a browser sends for each purpose, whichever batch it is: the first ones of them are signed. */
export const messagesEach: Record<SlipPurpose, number> = {
  'ask-first': 1,
  ask: slipsEach,
  'vote-first': 1,
  vote: 1,
  feedback: 1,
};

/** Hours of the day in the event's time zone at which what waits is published, if five people ask. */
export const publishingHours = [8, 12, 16, 20] as const;

export interface Times {
  start: Temporal.Instant;
  end: Temporal.Instant;
}

/** While an event is held, each question is published at once; before it they wait for each other. */
export function isLive({ start, end }: Times, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, start) >= 0 && Temporal.Instant.compare(now, end) < 0;
}

/** The first five minutes of the publishing hours, in the event's time zone. */
export function isPublishingTime(now: Temporal.Instant, timeZone: string): boolean {
  const { hour, minute } = now.toZonedDateTimeISO(timeZone);
  return minute < 5 && publishingHours.some((one) => one === hour);
}

/** An hour after its end nobody asks at an event any more, even where it ran late. */
export function isOverForGood({ end }: Times, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, end.add({ hours: 1 })) >= 0;
}

/** Days for which organisers see that an envelope was lost, and for which they see failures. */
export const daysLossesShown = 30;
export const daysFailuresShown = 365;

/** Votes of one ballot between two ticks: enough for anybody, too few to fill the slot. */
export const mostVotesAtOnce = 100;

/** Days for which an event is remembered after its start, so that a late ask is told that it is over. */
export const daysRemembered = 30;

export type WhyOff = 'switched-off' | 'few' | 'no-keys' | 'lost-keys';

/** Why asking without a name is off for an event to which so many are invited, or null where it is on. */
export function whyOff(event: { namelessAsking: boolean }, invited: number, keys: number): WhyOff | null {
  if (!event.namelessAsking) return 'switched-off';
  if (keys === 0) return 'no-keys';
  return invited < fewestTogether ? 'few' : null;
}
