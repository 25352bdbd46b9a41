// Acts on an event, as plain values, so that another process can be told to do it.

import {
  cancel,
  change,
  type EventPlan,
  invite,
  publish,
  uninvite,
} from '../../src/actions/events/events.ts';
import { addSeat } from '../../src/actions/guests/add-seat.ts';
import { answer, takeBackNo } from '../../src/actions/guests/answer.ts';
import { offerFreeSeats, releaseKeptSeats } from '../../src/actions/guests/free-seats.ts';
import { takeOfferedSeat } from '../../src/actions/guests/offered-seat.ts';
import { nameSubstitute } from '../../src/actions/guests/substitutes.ts';
import { undoHold } from '../../src/actions/letters/holds.ts';
import { sendDue } from '../../src/actions/letters/reminders.ts';
import type { Context } from '../../src/context.ts';
import type { Side } from '../../src/domain/guests/waiting-list.ts';
import { Refusal } from '../../src/refusal.ts';
import * as events from '../../src/store/events/events.ts';
import * as holds from '../../src/store/letters/holds.ts';

export type Said = 'yes' | 'maybe' | 'no';

export type Act =
  | { do: 'invite'; people: number[]; held: boolean }
  | { do: 'publish'; held: boolean }
  | { do: 'answer'; person: number; said: Said }
  | { do: 'undo-no'; person: number }
  | { do: 'change'; plan: Partial<EventPlan>; held: boolean }
  | { do: 'add-seat'; side: Side }
  | { do: 'uninvite'; person: number }
  | { do: 'cancel'; held: boolean }
  | { do: 'substitute'; person: number; other: number }
  | { do: 'take-back' }
  | { do: 'send-due' }
  | { do: 'take-offer'; person: number }
  | { do: 'offer' }
  | { do: 'release' };

export type Ending = 'done' | 'refused' | 'crashed';

class Crash extends Error {}

/** Applies the act; with `crash` it fails when all is written and nothing committed, as if the process died. */
export async function perform(ctx: Context, eventId: number, act: Act, crash = false): Promise<Ending> {
  try {
    await run(crash ? dying(ctx) : ctx, eventId, act);
    return 'done';
  } catch (error) {
    if (error instanceof Crash) return 'crashed';
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
}

function dying(ctx: Context): Context {
  const db: Context['db'] = Object.create(ctx.db);
  db.transaction = (async (work: Parameters<Context['db']['transaction']>[0]) =>
    ctx.db.transaction(async (tx) => {
      await work(tx);
      throw new Crash();
    })) as Context['db']['transaction'];
  return { ...ctx, db };
}

function run(ctx: Context, eventId: number, act: Act): Promise<unknown> {
  switch (act.do) {
    case 'invite':
      return invite(ctx, eventId, act.people, { held: act.held });
    case 'publish':
      return publish(ctx, eventId, { held: act.held });
    case 'answer':
      return answer(ctx, eventId, act.person, act.said);
    case 'undo-no':
      return takeBackNo(ctx, eventId, act.person);
    case 'change':
      return changeTo(ctx, eventId, act.plan, act.held);
    case 'add-seat':
      return addSeat(ctx, eventId, act.side);
    case 'uninvite':
      return uninvite(ctx, eventId, act.person);
    case 'cancel':
      return cancel(ctx, eventId, '', { held: act.held });
    case 'substitute':
      return nameSubstitute(ctx, eventId, act.person, act.other);
    case 'take-back':
      return takeBackLast(ctx, eventId);
    case 'send-due':
      return sendDue(ctx, eventId);
    case 'release':
      return releaseKeptSeats(ctx);
    case 'offer':
      return offerFreeSeats(ctx);
    case 'take-offer':
      return takeOfferedSeat(ctx, eventId, act.person);
  }
}

async function changeTo(ctx: Context, eventId: number, plan: Partial<EventPlan>, held: boolean) {
  const event = (await events.find(ctx.db, eventId))!;
  return change(ctx, eventId, { ...event, topics: [], ...plan }, { held });
}

async function takeBackLast(ctx: Context, eventId: number) {
  const hold = await holds.current(ctx.db, eventId, ctx.now());
  if (!hold) throw new Refusal('not-found', 'There is nothing to take back.');
  return undoHold(ctx, eventId, hold.id);
}
