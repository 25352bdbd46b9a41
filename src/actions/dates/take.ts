import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { daysBefore } from '../../domain/events/deadlines.ts';
import { Refusal } from '../../refusal.ts';
import * as polls from '../../store/dates/polls.ts';
import * as events from '../../store/events/events.ts';
import { type Prepared, publish } from '../events/events.ts';

/**
 * Holds the event on this date and publishes it: who said yes has a seat in the order in which they said it, who can if
 * need be is not sure yet and is asked once more, everyone else is invited. It can be taken back for ten seconds.
 * Throws a Refusal ('conflict') where the date was withdrawn meanwhile.
 */
export async function takeDate(ctx: Context, eventId: number, dateId: number): Promise<void> {
  await publish(ctx, eventId, { held: true, prepare: (tx, draft) => settle(ctx, tx, draft, dateId) });
}

async function settle(ctx: Context, tx: Tx, draft: events.Event, dateId: number): Promise<Prepared> {
  const date = (await polls.datesOf(tx, draft.id)).find(({ id }) => id === dateId);
  if (!date) throw new Refusal('conflict', 'This date was withdrawn meanwhile. Choose another.', {}, '');
  const said = (await polls.answers(tx, draft.id)).filter(
    (one) => one.dateId === dateId && one.said !== 'no',
  );
  const inLine = said.toSorted(
    (a, b) => Temporal.Instant.compare(a.saidAt, b.saidAt) || a.personId - b.personId,
  );
  const { startsAt } = date;
  const event = await events.change(tx, draft.id, {
    startsAt,
    ...deadlinesFor(draft, startsAt),
    revisedAt: ctx.now(),
  });
  return {
    event,
    answers: inLine.map(({ personId, said }) => ({ personId, said: said as 'yes' | 'maybe' })),
  };
}

/** Deadlines keep their distance to the event; one that somebody typed for the draft's day moves along. */
function deadlinesFor({ answerDays, answerBy, decideOn, startsAt: before }: events.Event, startsAt: string) {
  const distance = (day: string) =>
    Temporal.PlainDate.from(day).until(Temporal.PlainDate.from(before), { largestUnit: 'days' }).days;
  const moved = (day: string | null, days: number | null) =>
    day === null ? null : daysBefore(startsAt, Math.max(0, days ?? distance(day)));
  return { answerBy: moved(answerBy, answerDays), decideOn: moved(decideOn, null) };
}
