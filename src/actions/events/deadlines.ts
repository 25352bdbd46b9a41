import type { Context } from '../../context.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { isPast, proposedDeadline } from '../../domain/events/deadlines.ts';
import { formatFactsOf } from '../../domain/run-of-show/event-format.ts';
import { Refusal } from '../../refusal.ts';
import type * as events from '../../store/events/events.ts';
import { localeOf } from '../../words.ts';

/** Refuses ('invalid') to invite to an event whose deadlines are over, with a day that would do. */
export function refusePastDeadlines(ctx: Context, event: events.Event): void {
  const [now, locale] = [ctx.now(), localeOf(ctx.words)];
  const days = formatFactsOf(event)?.deadlines.answers ?? 1;
  const refusal = (sentence: string, day: string, field: string) =>
    new Refusal(
      'invalid',
      sentence,
      {
        day: formatNearDay(day, locale),
        proposal: formatNearDay(proposedDeadline(event, days, now), locale),
      },
      field,
    );
  if (event.answerBy !== null && isPast(event.answerBy, event.timeZone, now))
    throw refusal(
      'Answers would have closed on {day}. Choose a later day, such as {proposal}.',
      event.answerBy,
      'answerBy',
    );
  if (event.decideOn !== null && isPast(event.decideOn, event.timeZone, now))
    throw refusal(
      'Go or no go was on {day}. Choose a later day, such as {proposal}.',
      event.decideOn,
      'decideOn',
    );
}
