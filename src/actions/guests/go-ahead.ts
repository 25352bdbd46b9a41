import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { decideOnAfterMove, isReached, isToBeDecided } from '../../domain/guests/quorum.ts';
import { comingBySide } from '../../domain/guests/waiting-list.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { factsOf, letterEvent } from '../letters/about-event.ts';
import { sendLetter } from '../letters/send.ts';
import { yesesOf } from './seats.ts';

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

/** Writes to the organiser of each event that is to be decided now; once for each go/no-go day. Returns to how many events. */
export async function askForDecisions(ctx: Context): Promise<number> {
  const due = (await events.undecided(ctx.db)).filter((event) => isToBeDecided(event, ctx.now()));
  for (const { id } of due) {
    await ctx.db.transaction(async (tx) => {
      const event = await events.lock(tx, id);
      if (event && isToBeDecided(event, ctx.now())) await tellOrganiser(ctx, tx, event);
    });
  }
  return due.length;
}

async function tellOrganiser(ctx: Context, tx: Tx, event: events.Event): Promise<void> {
  const facts = await factsOf(tx, event);
  const coming = comingBySide(yesesOf(await rsvps.invitees(tx, event.id)));
  const quorum = { senior: event.seniorQuorum, talent: event.talentQuorum };
  await sendLetter(ctx, tx, {
    key: `go-no-go:${event.id}:${event.organiserId}:${event.decideOn}`,
    kind: 'go-no-go',
    to: { id: event.organiserId, ...facts.organiser },
    eventId: event.id,
    facts: {
      kind: 'go-no-go',
      recipient: { name: facts.organiser.name },
      organisation: facts.organisation,
      organiser: facts.organiser.name,
      organiserEmail: facts.organiser.email,
      event: letterEvent(facts),
      personalUrl: `${ctx.baseUrl}/events/${event.id}`,
      isReached: isReached(quorum, coming),
      seniors: { n: coming.senior, least: quorum.senior },
      talents: { n: coming.talent, least: quorum.talent },
    },
  });
}
