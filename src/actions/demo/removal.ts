import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as demoRows from '../../store/demo/rows.ts';
import * as events from '../../store/events/events.ts';
import { note } from '../audit/note.ts';
import { fillFreeSeats } from '../guests/free-seats.ts';
import { factsOf } from '../letters/about-event.ts';

export interface Removal {
  /** The organiser who removes it; events they did not plan themselves may become theirs. */
  byId?: number;
  /** Also when events go that were planned here since. */
  withOwnEvents?: boolean;
}

/** Names of events planned since that would go with the demo, as no organiser of one's own is left to run them. */
export async function eventsAtStake(db: Db): Promise<string[]> {
  if ((await demoRows.ownOrganisers(db)).length > 0) return [];
  return (await demoRows.ownEvents(db)).map(({ name }) => name);
}

/**
 * Takes the demo programme away, exactly as it came, with what hangs on its people, trends and events. What people added
 * since stays: their people, trends and teams; where one of them is an organiser also their events, with the trends on
 * those tables and the programme itself. Throws a Refusal ('conflict') where events of theirs would go unasked.
 */
export async function removeDemo(ctx: Context, removal: Removal = {}): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await demoRows.lock(tx)))
      throw new Refusal('not-found', 'There is no demo programme here any more.');
    // First, while the name of the person who presses can still be read.
    await note(ctx, tx, { by: removal.byId ?? 'program', act: 'removed-demo' });
    const own = await demoRows.ownEvents(tx);
    const [heir] = await heirs(tx, removal);
    if (heir !== undefined) await keepFor(tx, heir);
    else await takeAlong(tx, own, removal);
    await demoRows.unmergeTrends(tx, ctx.now());
    await demoRows.removeLettersToThem(tx);
    await demoRows.removeAll(tx);
    if (heir !== undefined) await fillSeatsLeft(ctx, tx, own);
  });
}

async function heirs(tx: Tx, { byId }: Removal): Promise<number[]> {
  const organisers = await demoRows.ownOrganisers(tx);
  return byId !== undefined && organisers.includes(byId) ? [byId] : organisers;
}

async function keepFor(tx: Tx, organiserId: number): Promise<void> {
  await demoRows.handOver(tx, organiserId);
  await demoRows.unmarkRows(tx, 'programmes');
  await demoRows.unmarkRows(tx, 'trends', await demoRows.trendsOnOwnTables(tx));
}

async function takeAlong(tx: Tx, own: events.Event[], { withOwnEvents }: Removal): Promise<void> {
  if (own.length > 0 && !withOwnEvents) {
    throw new Refusal(
      'conflict',
      'These events would go with the demo, as no organiser of your own is left to run them: {events}. Make one of your people an organiser first, or take them away too.',
      { events: own.map(({ name }) => name).join(', ') },
    );
  }
  const ids = own.map(({ id }) => id);
  await demoRows.removeEvents(tx, ids);
}

/** An invented guest may have held a seat that somebody real waits for. */
async function fillSeatsLeft(ctx: Context, tx: Tx, own: events.Event[]): Promise<void> {
  for (const { id, state } of own) {
    if (state !== 'published') continue;
    const event = orNotFound(await events.find(tx, id), 'event');
    await fillFreeSeats(ctx, tx, await factsOf(tx, event));
  }
}
