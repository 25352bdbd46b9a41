// When questions without a name open, and when they are published.

/** As few as this wait, or hold slips, and one could be guessed among them. */
export const enough = 5;

/** Questions one person may ask without a name with one set of slips; a second set goes to a second device. */
export const slipsEach = { ask: 3, vote: 1, feedback: 1 } as const;
export const mostBatches = { ask: 2, vote: 1, feedback: 1 } as const;

/** Hours of the day in the event's time zone at which whatever waits is published, however few. */
export const publishingHours = [8, 12, 16, 20] as const;

export interface Times {
  start: Temporal.Instant;
  end: Temporal.Instant;
}

/** While an event is held, each question is published at once; before it they wait for each other. */
export function isLive({ start, end }: Times, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, start) >= 0 && Temporal.Instant.compare(now, end) < 0;
}

/** Whether questions that wait go out in this moment: at once while the event is held, else when there are five or more. */
export function goOut(waiting: number, times: Times, now: Temporal.Instant): boolean {
  return waiting > 0 && (waiting >= enough || isLive(times, now));
}

/** The first five minutes of the hours, in the event's time zone, at which all that wait are published. */
export function isPublishingTime(now: Temporal.Instant, timeZone: string): boolean {
  const { hour, minute } = now.toZonedDateTimeISO(timeZone);
  return minute < 5 && publishingHours.some((one) => one === hour);
}

/** An hour after its end nobody asks at an event any more, even where it ran late. */
export function isOverForGood({ end }: Times, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, end.add({ hours: 1 })) >= 0;
}

export type WhyOff = 'switched-off' | 'few' | 'no-keys' | 'lost-keys';

/** Why asking without a name is off for an event, or null where it is on. */
export function whyOff(event: { namelessAsking: boolean }, holders: number, keys: number): WhyOff | null {
  if (!event.namelessAsking) return 'switched-off';
  if (keys === 0) return 'no-keys';
  return holders < enough ? 'few' : null;
}
