import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isOver } from '../../domain/events/times.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as entries from '../../store/letters/entries.ts';
import { factsOf, sendEventLetter } from './about-event.ts';
import { tellNow } from './tell-now.ts';

/**
 * Moves the calendar entries of a person whose address changed: events ahead leave the calendar at the address before, and
 * go to the new one as things stand. `except`: the event whose letter is told anew anyway; `uidsFrom`: entries have
 * UIDs of their own from now on, which those at the address before have not.
 */
export async function moveEntries(
  ctx: Context,
  tx: Tx,
  person: { id: number; name: string; email: string },
  before: string,
  { except, uidsFrom }: { except?: number; uidsFrom?: 'now' } = {},
): Promise<void> {
  for (const eventId of await rsvps.eventsOf(tx, person.id)) {
    const event = await events.lock(tx, eventId);
    const rsvp = await rsvps.find(tx, eventId, person.id);
    if (event?.state !== 'published' || !rsvp || isOver(event, ctx.now())) continue;
    const own = await entries.entryOf(tx, eventId, person.id);
    if (!own?.mayBeThere || !(await entries.hasArrivedAt(tx, eventId, person.id, before))) continue;
    const facts = await factsOf(tx, event);
    const key = `other-address:${eventId}:${person.id}:${own.sequence}:${before}`;
    const ownUids = new Set([...facts.ownUids].filter((id) => !uidsFrom || id !== person.id));
    await sendEventLetter(
      ctx,
      tx,
      { ...facts, ownUids },
      { ...rsvp, name: person.name, email: before },
      { kind: 'other-address' },
      { key },
    );
    const again = { key: `moved-to:${eventId}:${person.id}:${own.sequence}:${person.email}` };
    if (eventId !== except && rsvp.state !== 'declined')
      await tellNow(ctx, tx, facts, { ...rsvp, name: person.name, email: person.email }, again);
  }
}
