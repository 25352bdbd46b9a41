// Publishing of items that wait without a name: which, and when.
import { fewestTogether, isPublishingTime, publishingHours, type Times } from './nameless.ts';
import type { Change, Waiting, WaitingQuestion, WaitingVote } from './waiting.ts';

export interface PublishingFacts {
  event: number;
  times: Times;
  timeZone: string;
}

/** Items that go out now; everything of the event that is not in it goes on waiting. */
export interface Due {
  questions: WaitingQuestion[];
  changes: Change[];
  votes: WaitingVote[];
  /** Questions that are left, whose slips are noted as spent now that the event has begun. */
  left: WaitingQuestion[];
  /** How many go out together with fewer than five people, when the event begins; else null. */
  together: number | null;
}

/**
 * Decides what of an event goes out: at a publishing hour withdrawals and changes of what is published, all questions
 * where five first slips are among them, all votes where five counters are; once the event has begun all of it, but of
 * fewer than five people's questions only those that may stand alone. Null where nothing is due.
 */
export function dueNow(waiting: Waiting, facts: PublishingFacts, now: Temporal.Instant): Due | null {
  const hasBegun = Temporal.Instant.compare(now, facts.times.start) >= 0;
  if (!hasBegun && !isHourDue(waiting, facts, now)) return null;
  const ofEvent = <T extends { event: number }>(list: T[]) =>
    list.filter(({ event }) => event === facts.event);
  const changes = ofEvent(waiting.changes);
  const questions = ofEvent(waiting.questions);
  const votes = ofEvent(waiting.votes);
  const enoughAsk = questions.filter(({ first }) => first).length >= fewestTogether;
  const enoughVote = votes.filter(({ on, counter }) => on && counter !== null).length >= fewestTogether;
  const left = hasBegun && !enoughAsk ? questions.filter((one) => !one.alone && one.slip !== '') : [];
  const alone = hasBegun && !enoughAsk ? questions.filter((one) => one.alone) : [];
  return {
    changes,
    questions: enoughAsk ? questions : alone,
    votes: enoughVote || hasBegun ? votes : [],
    left,
    together: alone.length > 0 ? alone.length : null,
  };
}

/**
 * Whether a table came after questions without a name last went out, or after the event was published: only somebody who
 * was there since can have chosen it, so a question that waits is published without it.
 */
export function isTableNew(
  shownAt: Temporal.Instant | null,
  { namelessOutAt, publishedAt }: Record<'namelessOutAt' | 'publishedAt', Temporal.Instant | null>,
): boolean {
  const since = namelessOutAt ?? publishedAt;
  return shownAt !== null && since !== null && Temporal.Instant.compare(shownAt, since) > 0;
}

/** Says whether nothing goes out and nothing is to be noted. */
export function isEmpty({ questions, changes, votes, left }: Due): boolean {
  return [questions, changes, votes, left].every((list) => list.length === 0);
}

/** Whether a publishing hour began in the last five minutes, or has passed since the event's were last seen to. */
function isHourDue(waiting: Waiting, { event, timeZone }: PublishingFacts, now: Temporal.Instant): boolean {
  if (isPublishingTime(now, timeZone)) return true;
  const checked = waiting.checked[String(event)];
  if (checked === undefined) return false;
  return Temporal.Instant.compare(hourBefore(now, timeZone), Temporal.Instant.from(checked)) > 0;
}

function hourBefore(now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const there = now.toZonedDateTimeISO(timeZone);
  const hour = publishingHours.findLast((one) => one <= there.hour);
  const day = hour === undefined ? there.subtract({ days: 1 }) : there;
  return day.withPlainTime({ hour: hour ?? publishingHours.at(-1)! }).toInstant();
}

/** The next publishing hour in a zone, as the wall clock shows it: '16:00'. */
export function nextPublishingHour(now: Temporal.Instant, timeZone: string): string {
  const { hour } = now.toZonedDateTimeISO(timeZone);
  return `${publishingHours.find((one) => one > hour) ?? publishingHours[0]}:00`;
}

/** Notes that an event's publishing hours have been seen to; forgets events of which nothing waits. Changes `waiting`. */
export function noteChecked(waiting: Waiting, due: readonly number[], now: Temporal.Instant): void {
  const there = new Set(eventsIn(waiting));
  for (const key of Object.keys(waiting.checked)) if (!there.has(Number(key))) delete waiting.checked[key];
  for (const event of there)
    if (due.includes(event) || waiting.checked[event] === undefined) waiting.checked[event] = now.toString();
}

/** The events of which anything waits. */
export function eventsIn({ questions, changes, votes, spent }: Waiting): number[] {
  return [...new Set([...questions, ...changes, ...votes, ...spent].map(({ event }) => event))];
}

/** Takes all that belongs to an event out of what waits. Changes `waiting`. */
export function dropEvent(waiting: Waiting, event: number): void {
  const others = <T extends { event: number }>(list: T[]) => list.filter((one) => one.event !== event);
  waiting.questions = others(waiting.questions);
  waiting.spent = others(waiting.spent);
  waiting.changes = others(waiting.changes);
  waiting.votes = others(waiting.votes);
}
