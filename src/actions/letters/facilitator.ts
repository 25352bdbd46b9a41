// E-mails to the facilitator of an event: that they lead it, that this has ended, and what changes meanwhile.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { FacilitatorLetter, FacilitatorNewsLetter } from '../../domain/letters/facilitator-facts.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import * as people from '../../store/people/people.ts';
import { type EventFacts, factsBefore, letterEvent } from './about-event.ts';
import { sendLetter } from './send.ts';

type Said =
  | Pick<FacilitatorLetter, 'kind' | 'leads'>
  | Pick<FacilitatorNewsLetter, 'kind' | 'what' | 'before'>;

/**
 * Tells a person that they lead the event, or no longer do. Where the e-mail about the opposite has not left, it is cancelled
 * and there is nothing to tell.
 */
export async function tellOfRole(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  personId: number,
  leads: boolean,
): Promise<void> {
  const unsent = await letters.cancelUnsent(tx, facts.event.id, ['facilitator'], personId);
  if (unsent.some(({ tried }) => !tried)) return;
  await send(ctx, tx, facts, personId, { kind: 'facilitator', leads });
}

/** Tells the facilitator with the invitations that they lead; an organiser who leads their own event knows. */
export async function tellFacilitator(ctx: Context, tx: Tx, facts: EventFacts): Promise<void> {
  const { facilitatorId, organiserId } = facts.event;
  if (facilitatorId === null || facilitatorId === organiserId) return;
  await send(ctx, tx, facts, facilitatorId, { kind: 'facilitator', leads: true });
}

/** Says whom to tell of a change: the facilitator, where neither a guest's e-mail nor their own press does. */
async function toTell(tx: Tx, { event }: EventFacts): Promise<number | null> {
  const { facilitatorId, organiserId, id } = event;
  if (facilitatorId === null || facilitatorId === organiserId) return null;
  const rsvp = await rsvps.find(tx, id, facilitatorId);
  const isTold = rsvp !== null && rsvp.state !== 'uninvited' && rsvp.state !== 'declined';
  return isTold ? null : facilitatorId;
}

/** Tells a facilitator who is not on the list of a new time or place. */
export async function tellFacilitatorOfChange(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  old: EventFacts,
): Promise<void> {
  const personId = await toTell(tx, facts);
  if (personId !== null)
    await send(ctx, tx, facts, personId, {
      kind: 'facilitator-news',
      what: 'moved',
      before: factsBefore(old),
    });
}

/** Tells a facilitator who is not on the list that the event is cancelled. Returns the e-mails to them that did not leave. */
export async function tellFacilitatorOfEnd(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
): Promise<letters.Cancelled[]> {
  const unsent = await letters.cancelUnsent(tx, facts.event.id, ['facilitator', 'facilitator-news']);
  const personId = await toTell(tx, facts);
  const isUnknown = unsent.some((one) => one.personId === personId && !one.tried);
  if (personId !== null && !isUnknown)
    await send(ctx, tx, facts, personId, { kind: 'facilitator-news', what: 'cancelled' });
  return unsent;
}

async function send(ctx: Context, tx: Tx, facts: EventFacts, personId: number, said: Said): Promise<void> {
  const { event, organiser, organisation, hold } = facts;
  const to = await people.find(tx, personId);
  if (!to || to.disabledAt !== null) return;
  const what = said.kind === 'facilitator' ? `${said.leads}` : said.what;
  await sendLetter(ctx, tx, {
    key: `${said.kind}:${what}:${event.id}:${to.id}:${event.sequence}:${ctx.now().epochMilliseconds}`,
    kind: said.kind,
    to: { id: to.id, name: to.name, email: to.email },
    eventId: event.id,
    hold,
    facts: {
      ...said,
      recipient: { name: to.name },
      organisation,
      organiser: organiser.name,
      organiserEmail: organiser.email,
      event: letterEvent(facts),
      personalUrl: `${ctx.baseUrl}/events/${event.id}/live`,
    },
  });
}
