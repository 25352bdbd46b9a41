import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { Event } from '../../store/events/events.ts';
import * as events from '../../store/events/events.ts';
import { type Addresses, isInCalendars } from '../../store/letters/addresses.ts';

// Letters keep the addresses they were written with; calendars keep the ORGANIZER they first got.

/** The addresses this deployment writes letters with now. */
export const addressesOf = ({ mail, baseUrl }: Pick<Context, 'mail' | 'baseUrl'>): Addresses => ({
  from: mail.from,
  site: baseUrl,
});

/**
 * Says which ORGANIZER the event's calendar entries have, and keeps it: the same for the life of the UID once an entry
 * may be in somebody's calendar (RFC 5545 3.8.4.3), before that the address letters come from now.
 */
export async function calendarAddressOf(
  ctx: Pick<Context, 'mail'>,
  tx: Tx,
  { id, calendarAddress }: Pick<Event, 'id' | 'calendarAddress'>,
): Promise<string> {
  const { from } = ctx.mail;
  if (calendarAddress === from) return from;
  if (calendarAddress !== null && (await isInCalendars(tx, id))) return calendarAddress;
  await events.change(tx, id, { calendarAddress: from });
  return from;
}
