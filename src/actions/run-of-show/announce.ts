import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isToldOf } from '../../domain/events/changes.ts';
import { isOver } from '../../domain/events/times.ts';
import { Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { nextSequence, tellOfChange } from '../events/events.ts';
import { lockChangeable } from '../guests/list.ts';
import { factsOf } from '../letters/about-event.ts';
import { changedValues, openHold, recordUndo } from '../letters/holds.ts';
import { skipDue } from '../letters/reminders.ts';
import { lengthOfRun } from './length.ts';

/** Another end at the same beginning: everyone who may come hears of it, and no answer is asked for again. */
const onlyTheEnd = { moved: false, relocated: true };

/** Counts the guests by answer who get an update when another end is announced. */
export async function toldOfEnd(tx: Parameters<typeof rsvps.invitees>[0], eventId: number) {
  const told = (await rsvps.invitees(tx, eventId)).filter(({ state }) => isToldOf(state, onlyTheEnd));
  const of = (state: string) => told.filter((one) => one.state === state).length;
  return {
    all: told.length,
    coming: of('coming'),
    maybe: of('maybe'),
    waiting: of('waiting'),
    invited: of('invited'),
  };
}

/**
 * Announces the end that the run of show has now: calendars get an update under a higher SEQUENCE, and answers stay.
 * `minutes`: the length that was read before the press; another one by now is refused ('conflict').
 */
export async function announceEnd(
  ctx: Context,
  eventId: number,
  { minutes, held = false }: { minutes: number; held?: boolean },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    if (event.state !== 'published')
      throw new Refusal('conflict', 'Nobody is invited yet, so there is nobody to tell.');
    if (isOver(event, ctx.now()))
      throw new Refusal('conflict', 'This event is over, so its end stays as it was.');
    const length = await lengthOfRun(tx, event);
    if (length === event.minutes) return;
    if (length !== minutes)
      throw new Refusal('conflict', 'The run of show has changed in the meantime. Look at its end again.');
    await announce(ctx, tx, event, { length, held });
  });
}

async function announce(
  ctx: Context,
  tx: Tx,
  event: events.Event,
  { length, held }: { length: number; held: boolean },
): Promise<void> {
  const before = await factsOf(tx, event);
  const changed = await events.change(tx, event.id, {
    announcedMinutes: length,
    revisedAt: ctx.now(),
    sequence: await nextSequence(tx, event),
  });
  const hold = held ? await openHold(ctx, tx, event.id, 'change') : undefined;
  const after = { ...(await factsOf(tx, changed)), hold };
  const silenced = await tellOfChange(ctx, tx, before, after, onlyTheEnd);
  await skipDue(tx, changed, ctx.now());
  if (hold) await recordUndo(tx, hold, changed, { values: changedValues(event, changed), silenced });
}
