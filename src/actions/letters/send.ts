import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { CalendarFacts } from '../../domain/letters/facts.ts';
import { asksReader } from '../../domain/letters/kinds.ts';
import type { Greeted } from '../../domain/people/names.ts';
import { isSignIn } from '../../domain/sign-in/sign-in.ts';
import * as letters from '../../store/letters/letters.ts';
import * as people from '../../store/people/people.ts';

/** Until when letters wait, and what can be undone till then; no number where it cannot be. */
export interface Held {
  id: number | null;
  until: Temporal.Instant;
}

export interface LetterToSend {
  /** Idempotency key: a letter written twice with one key is sent once. */
  key: string;
  kind: string;
  to: { id: number | null; name: string; email: string };
  eventId?: number;
  facts: Record<string, unknown>;
  /** It can be taken back until then, and waits. */
  hold?: Held | undefined;
  /** The hour at which it is written and goes out, where this moment would say when a guest did something. */
  notBefore?: Temporal.Instant | undefined;
  /** When it goes out, where something like it has just gone; it is written now. */
  dueAt?: Temporal.Instant | undefined;
  /** Whether it asks its reader for something, where its kind alone does not say. */
  asks?: boolean | undefined;
  /** When its turn came, where that is decided already. */
  askedAt?: Temporal.Instant;
  /** Until when others to the same person about the same event wait: it leaves after them, held or not. */
  notBeforeTurn?: Temporal.Instant | undefined;
}

/**
 * Writes a letter and queues its delivery in the caller's transaction; returns its id. A letter of that key that exists is
 * left alone: null.
 */
export async function sendLetter(ctx: Context, tx: Tx, letter: LetterToSend): Promise<number | null> {
  const facts = await withGreeting(tx, letter);
  const createdAt = letter.notBefore ?? ctx.now();
  const own = letter.hold?.until ?? letter.notBefore ?? letter.dueAt;
  const later = [own, letter.notBeforeTurn]
    .flatMap((at) => at ?? [])
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  const dueAt = later ?? createdAt;
  const host = ctx.mail.from.split('@')[1] ?? 'flipside.example';
  const id = await letters.put(tx, {
    key: letter.key,
    kind: letter.kind,
    eventId: letter.eventId ?? null,
    personId: letter.to.id,
    recipientName: letter.to.name,
    recipientEmail: letter.to.email,
    facts,
    calendarSequence: (letter.facts.calendar as CalendarFacts | undefined)?.sequence ?? null,
    messageId: `<${ctx.random(16).toString('hex')}@${host}>`,
    fromEmail: ctx.mail.from,
    siteUrl: ctx.baseUrl,
    createdAt,
    dueAt,
    holdId: letter.hold?.id ?? null,
    asks: letter.asks ?? asksReader(letter.kind, letter.facts),
    ...(letter.askedAt && { askedAt: letter.askedAt }),
  });
  if (id === null) return null;
  const urgent = isSignIn(letter.kind);
  await ctx.queue(tx, 'deliver-letter', { letterId: id }, later ? { at: later } : { urgent });
  return id;
}

/** Adds how the reader is greeted, where an organiser typed it. E-mails to sign in bring it, as decoys take the same time. */
async function withGreeting(tx: Tx, { kind, to, facts }: LetterToSend): Promise<Record<string, unknown>> {
  const recipient = facts.recipient as Greeted | undefined;
  if (to.id === null || !recipient || isSignIn(kind) || kind === 'decoy') return facts;
  const greeted =
    recipient.greeting === undefined ? await recipientOf(tx, { ...recipient, id: to.id }) : recipient;
  const { name, greeting } = greeted;
  return { ...facts, recipient: { name, ...(greeting && { greeting }) } };
}

/** Reads how a person is greeted; `greeting` is '' where it follows from the name. */
export async function recipientOf(tx: Tx, { id, name }: { id: number; name: string }): Promise<Greeted> {
  return { name, greeting: (await people.greetings(tx, [id])).get(id) ?? '' };
}
