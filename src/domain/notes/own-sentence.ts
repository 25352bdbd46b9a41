// The one sentence a guest keeps for themselves: kept for the question of 60 days later, and a fortnight more.
import { endOf, hasBegun, type Timed } from '../events/times.ts';

/** Characters of a sentence kept for oneself. */
export const mostInSentence = 200;

/** Days after an event on which guests are asked whether they did it, and days that their sentence is kept after that. */
export const daysUntilAsked = 60;
const daysKeptAfterwards = 14;

/** Days after an event on which the sentences its guests kept are erased. */
export const daysSentencesKept = daysUntilAsked + daysKeptAfterwards;

/** Days after an event during which its guests may still write down or change their sentence. */
const daysToKeep = 7;

/** Says whether guests may keep a sentence: from the beginning of the event until a week after it. */
export function canKeepSentence(event: Timed, now: Temporal.Instant): boolean {
  const closes = endOf(event).add({ hours: 24 * daysToKeep });
  return hasBegun(event, now) && Temporal.Instant.compare(now, closes) < 0;
}
