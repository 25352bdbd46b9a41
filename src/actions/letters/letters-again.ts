import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import * as eventLetters from '../../store/letters/of-event.ts';
import * as people from '../../store/people/people.ts';
import { type Actor, note } from '../audit/note.ts';
import { sharingOf } from '../people/shared-addresses.ts';
import { isOtherAddress } from '../sign-in/address-change.ts';
import { type EventFacts, factsOf, sendEventLetter } from './about-event.ts';
import { moveEntries } from './entry-moves.ts';
import { type Recipient, tellNow } from './tell-now.ts';

/** An address as an organiser corrects it for one person whose e-mail did not arrive. */
export interface Correction {
  email: string;
  /** Two people are behind the new address: an organiser says so. */
  isShared?: boolean;
  /** Others behind the address before get the new one as well. */
  withOthers?: boolean;
}

/**
 * Corrects somebody's address and tells them there how things stand now, calendar entry included. Throws a Refusal with
 * the field where the address is somebody else's and nobody said that two are behind it.
 */
export async function correctAddress(
  ctx: Context,
  eventId: number,
  letterId: number,
  { email, isShared = false, withOthers = false }: Correction,
  by: Actor,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { event, letter } = await open(tx, eventId, letterId);
    const person = orNotFound(await people.find(tx, letter.personId ?? 0), 'person');
    const beside = (await people.allWithEmail(tx, person.email)).filter(({ id }) => id !== person.id);
    await moveTo(ctx, tx, person, { email, isShared, by, except: eventId });
    await tellAgain(ctx, tx, event, letter, person.id);
    await settleAll(ctx, tx, eventId, person.id);
    if (!withOthers || person.email === email) return;
    for (const other of beside) {
      await moveTo(ctx, tx, other, { email, isShared: true, by, except: 0 });
      await sendFailedAgain(ctx, tx, event, other.id);
    }
  });
}

interface Move {
  email: string;
  isShared: boolean;
  by: Actor;
  /** The event whose letter is told anew anyway. */
  except: number;
}

async function moveTo(ctx: Context, tx: Tx, person: people.Person, { email, isShared, by, except }: Move) {
  if (person.email === email) return;
  const sharing = await sharingOf(tx, person, { name: person.name, email, isShared });
  await people.change(tx, person.id, person.updatedAt, { email, ...sharing, updatedAt: ctx.now() });
  await note(ctx, tx, { by, act: 'changed-address', about: person });
  if (!isOtherAddress(person.email, email)) return;
  const uidsFrom = sharing.hasOwnUids && !person.hasOwnUids ? { uidsFrom: 'now' as const } : {};
  await moveEntries(ctx, tx, { ...person, email }, person.email, { except, ...uidsFrom });
}

/** Tells somebody anew whose e-mail about this event did not arrive either. */
async function sendFailedAgain(ctx: Context, tx: Tx, event: events.Event, personId: number): Promise<void> {
  const [failed] = await eventLetters.failedOf(tx, event.id, personId);
  const letter = failed === undefined ? null : await letters.find(tx, failed);
  if (letter) await tellAgain(ctx, tx, event, letter, personId);
  await settleAll(ctx, tx, event.id, personId);
}

async function settleAll(ctx: Context, tx: Tx, eventId: number, personId: number): Promise<void> {
  await eventLetters.settle(tx, await eventLetters.failedOf(tx, eventId, personId), ctx.now());
}

/** Tells one person once more how things stand now; the same press twice does it once. */
export async function sendAgain(ctx: Context, eventId: number, letterId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { event, letter } = await open(tx, eventId, letterId);
    await tellAgain(ctx, tx, event, letter, orNotFound(letter.personId, 'person'));
  });
}

/** A letter that did not arrive needs nothing more. */
export async function dismiss(ctx: Context, eventId: number, letterId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { letter } = await open(tx, eventId, letterId);
    await eventLetters.settle(tx, [letter.id], ctx.now());
  });
}

async function open(tx: Tx, eventId: number, letterId: number) {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  const letter = orNotFound(await letters.find(tx, letterId), 'letter');
  if (letter.eventId !== eventId) throw new Refusal('not-found', 'There is no such e-mail.');
  return { event, letter };
}

async function tellAgain(
  ctx: Context,
  tx: Tx,
  event: events.Event,
  letter: letters.Letter,
  personId: number,
): Promise<void> {
  if (event.state === 'draft')
    throw new Refusal('conflict', 'Nobody hears of a draft. Send the invitations first.');
  const person = orNotFound(await people.find(tx, personId), 'person');
  const rsvp = orNotFound(await rsvps.find(tx, event.id, personId), 'person');
  const to = { ...rsvp, name: person.name, email: person.email };
  const facts = await factsOf(tx, event);
  await stateNow(ctx, tx, facts, to, letter);
}

/** Writes the letter anew: it says what is true now, not what the old one said. */
async function stateNow(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: Recipient,
  letter: letters.Letter,
): Promise<void> {
  const again = { key: `again:${letter.id}:${to.email}` };
  if (facts.event.state === 'cancelled') {
    const reason = letter.kind === 'cancelled' ? String(letter.facts.reason ?? '') : '';
    return sendEventLetter(ctx, tx, facts, to, { kind: 'cancelled', reason }, again);
  }
  return tellNow(ctx, tx, facts, to, again);
}
