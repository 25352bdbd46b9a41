// Credit is kept: once an event was held, who presented what is written down.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isOver } from '../../domain/events/times.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as people from '../../store/people/people.ts';
import * as presentations from '../../store/teams/presentations.ts';
import { note } from '../audit/note.ts';
import { refuseOutdated } from '../edition.ts';

/** Days after it is written down within which presses at the door that arrive late still count. */
const daysDoorCounts = 7;

/**
 * Writes down, for each event that is over, the members of the teams at its tables and whether they were there. Leaving a
 * team or the organisation later changes nothing of it. Call it before somebody is taken out of a team.
 */
export async function writeDownPresentations(ctx: Context): Promise<void> {
  for (const eventId of await presentations.eventsToWrite(ctx.db, ctx.now()))
    await ctx.db.transaction(async (tx) => {
      await events.lock(tx, eventId);
      // Another process may have done it meanwhile.
      if ((await presentations.eventsToWrite(tx, ctx.now(), eventId)).length === 0) return;
      await presentations.writeDown(tx, eventId, ctx.now());
    });
}

/** Ticks of the form on which organisers put right who presented: the rows that did. */
export const ticksOf = (rows: readonly { id: number; presented: boolean }[]) =>
  rows
    .filter(({ presented }) => presented)
    .map(({ id }) => String(id))
    .toSorted();

/** Puts right who presented at an event. Refuses a form whose reader saw other ticks than are stored now. */
export async function correctPresenters(
  ctx: Context,
  by: number,
  eventId: number,
  { presented, seen }: { presented: readonly number[]; seen?: string | undefined },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockHeld(ctx, tx, eventId);
    const rows = await presentations.rowsOf(tx, eventId);
    refuseOutdated(event.name, seen, { presented: ticksOf(rows) });
    const chosen = new Set(presented);
    const changed = rows.filter((row) => row.presented !== chosen.has(row.id));
    for (const is of [true, false])
      await presentations.setPresented(
        tx,
        changed.filter(({ id }) => chosen.has(id) === is).map(({ id }) => id),
        is,
        ctx.now(),
      );
    if (changed.length > 0)
      await note(ctx, tx, {
        by,
        act: 'corrected-presenters',
        about: event.name,
        numbers: { n: changed.length },
      });
  });
}

/** Adds a young talent who presented at a table without being written down there. */
export async function addPresenter(
  ctx: Context,
  by: number,
  eventId: number,
  { personId, number }: { personId: number; number: number },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockHeld(ctx, tx, eventId);
    const person = orNotFound(await people.find(tx, personId), 'person');
    if (person.side !== 'talent') throw new Refusal('invalid', 'Choose a young talent.', {}, 'person');
    if ((await presentations.addPresenter(tx, { eventId, number, person }, ctx.now())) === 0)
      throw new Refusal('invalid', 'Choose one of the tables of this event.', {}, 'number');
    await note(ctx, tx, { by, act: 'corrected-presenters', about: event.name, numbers: { n: 1 } });
  });
}

/** Locks an event that was held. Throws a Refusal ('conflict') for one that is ahead, or was cancelled. */
async function lockHeld(ctx: Context, tx: Tx, eventId: number): Promise<events.Event> {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  if (event.state !== 'published' || !isOver(event, ctx.now()) || event.presentedAt === null)
    throw new Refusal('conflict', 'Who presented is written down once the event is over. Come back then.');
  return event;
}

/** Lets presses at the door that arrived after an event's end count for those who presented there. */
export async function followDoor(ctx: Context): Promise<void> {
  await presentations.followDoor(ctx.db, ctx.now().subtract({ hours: 24 * daysDoorCounts }));
}
