import type { Context } from '../context.ts';
import { decideOnAfterMove } from '../domain/quorum.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as events from '../store/events.ts';

/** Says that the event is held, whether or not enough come; said twice it is said once. */
export async function goAhead(ctx: Context, eventId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state !== 'published')
      throw new Refusal('conflict', 'Only an event whose invitations were sent can go ahead.');
    if (event.decidedAt !== null) return;
    await events.change(tx, eventId, { decidedAt: ctx.now() });
  });
}

/** An event that moved is decided anew; its go/no-go day moves along, unless the organiser chose another. */
export function decidedAnew(
  event: Pick<events.Event, 'startsAt' | 'decideOn'>,
  plan: { startsAt: string; decideOn?: string | null },
  { moved }: { moved: boolean },
): { decideOn?: string | null; decidedAt?: null } {
  if (!moved)
    return plan.decideOn === undefined || plan.decideOn === event.decideOn ? {} : { decidedAt: null };
  const kept = plan.decideOn === undefined || plan.decideOn === event.decideOn;
  return { decidedAt: null, ...(kept ? { decideOn: decideOnAfterMove(event.decideOn, event, plan) } : {}) };
}
