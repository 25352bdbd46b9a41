import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isOver } from '../../domain/events/times.ts';
import { Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as others from '../../store/letters/addresses.ts';
import type { Letter } from '../../store/letters/letters.ts';
import * as eventLetters from '../../store/letters/of-event.ts';
import { note } from '../audit/note.ts';
import { addressesOf, calendarAddressOf } from './addresses.ts';
import { sendAgain } from './letters-again.ts';

// Letters that wait since MAIL_FROM or BASE_URL changed: an organiser sends them from the new addresses, or cancels them.

/** Letters that wait: their number, and the addresses they were written with that are others now. */
export interface WaitingLetters {
  n: number;
  from: string[];
  sites: string[];
  now: others.Addresses;
}

/** Counts the letters that wait since the addresses changed; null where none does. */
export async function waitingSinceChange(ctx: Context): Promise<WaitingLetters | null> {
  const now = addressesOf(ctx);
  const groups = await others.countOfOthers(ctx.db, now);
  const other = (values: (string | null)[], own: string) =>
    [...new Set(values)].filter((value): value is string => value !== null && value !== own);
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const from = other(
    groups.map((group) => group.from),
    now.from,
  );
  const sites = other(
    groups.map((group) => group.site),
    now.site,
  );
  return n === 0 ? null : { n, from, sites, now };
}

/** Tells the operator at the start which e-mails wait; null where none does. */
export async function sentenceOfWaiting(ctx: Context): Promise<string | null> {
  const waiting = await waitingSinceChange(ctx);
  if (!waiting) return null;
  const { n, from, sites, now } = waiting;
  return (
    `${n} e-mails wait: they were written with ${[...from, ...sites].join(' and ')}, and MAIL_FROM is now ${now.from}, ` +
    `BASE_URL ${now.site}. An organiser sends or cancels them at ${now.site}/mailbox.`
  );
}

/**
 * Sends every letter that waits since the addresses changed, drawn anew with today's; letters about events that are over
 * are cancelled. What was given up because of the change is told again as things are now. Returns how many go out.
 */
export async function sendFromHere(ctx: Context, organiserId: number): Promise<number> {
  let sent = 0;
  for (const eventId of await others.eventsOfOthers(ctx.db, addressesOf(ctx)))
    sent += await ctx.db.transaction((tx) => readdressAll(ctx, tx, eventId));
  sent += await tellThoseGivenUp(ctx);
  await ctx.db.transaction((tx) =>
    note(ctx, tx, { by: organiserId, act: 'sent-from-new-address', numbers: { n: sent } }),
  );
  return sent;
}

/** Cancels every letter that waits since the addresses changed. Returns how many. */
export async function cancelHeldBack(ctx: Context, organiserId: number): Promise<number> {
  let cancelled = 0;
  for (const eventId of await others.eventsOfOthers(ctx.db, addressesOf(ctx)))
    cancelled += await ctx.db.transaction(async (tx) => {
      if (eventId !== null) await events.lock(tx, eventId);
      const list = await others.lockOthers(tx, addressesOf(ctx), eventId);
      await others.cancel(tx, idsOf(list));
      return list.length;
    });
  const given = await others.givenUpForAddress(ctx.db);
  await ctx.db.transaction(async (tx) => {
    await eventLetters.settle(tx, idsOf(given), ctx.now());
    const numbers = { n: cancelled + given.length };
    await note(ctx, tx, { by: organiserId, act: 'cancelled-waiting-letters', numbers });
  });
  return cancelled + given.length;
}

const idsOf = (list: readonly { id: number }[]) => list.map(({ id }) => id);

async function readdressAll(ctx: Context, tx: Tx, eventId: number | null): Promise<number> {
  const event = eventId === null ? null : await events.lock(tx, eventId);
  const list = await others.lockOthers(tx, addressesOf(ctx), eventId);
  if (event && isOver(event, ctx.now())) {
    await others.cancel(tx, idsOf(list));
    return 0;
  }
  const organiser = event && (await calendarAddressOf(ctx, tx, event));
  for (const letter of list) {
    const facts = withAddresses(letter, ctx.baseUrl, organiser);
    await others.readdress(tx, letter.id, addressesOf(ctx), facts, ctx.now());
    await ctx.queue(tx, 'deliver-letter', { letterId: letter.id }, { at: letter.dueAt });
  }
  return list.length;
}

/** The facts with links to this site, and with the ORGANIZER the event's calendar entries have. */
function withAddresses({ facts, siteUrl }: Letter, site: string, organiser: string | null): Letter['facts'] {
  const moved = ([key, value]: [string, unknown]) =>
    /Url$/.test(key) && typeof value === 'string' && siteUrl !== null && value.startsWith(`${siteUrl}/`)
      ? [key, `${site}${value.slice(siteUrl.length)}`]
      : [key, value];
  const calendar = facts.calendar as { organiser: { name: string } } | undefined;
  return {
    ...Object.fromEntries(Object.entries(facts).map(moved)),
    ...(calendar &&
      organiser !== null && {
        calendar: { ...calendar, organiser: { ...calendar.organiser, email: organiser } },
      }),
  };
}

/** Tells each of these people once how things stand now, and nobody of an event that is over. */
async function tellThoseGivenUp(ctx: Context): Promise<number> {
  const given = await others.givenUpForAddress(ctx.db);
  let told = 0;
  for (const list of Map.groupBy(given, ({ eventId, personId }) => `${eventId}:${personId}`).values()) {
    const { id, eventId } = list.at(-1)!;
    if (await tellOnce(ctx, eventId, id)) told += 1;
    await ctx.db.transaction((tx) => eventLetters.settle(tx, idsOf(list), ctx.now()));
  }
  return told;
}

async function tellOnce(ctx: Context, eventId: number, letterId: number): Promise<boolean> {
  const event = await events.find(ctx.db, eventId);
  const isPast = !event || isOver(event, ctx.now());
  if (isPast) return false;
  try {
    await sendAgain(ctx, eventId, letterId);
    return true;
  } catch (error) {
    // They said no since, are off the list, or the event is a draft again: nothing is left to say.
    if (error instanceof Refusal) return false;
    throw error;
  }
}
