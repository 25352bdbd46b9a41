import { addressesOf } from '../actions/letters/addresses.ts';
import { keptBytes, sealedBytes } from '../actions/letters/kept-bytes.ts';
import { withLinks } from '../actions/letters/links.ts';
import { isOutdated } from '../actions/letters/outdated.ts';
import { takeTurn } from '../actions/letters/turns.ts';
import type { Context } from '../context.ts';
import { hideLinks } from '../domain/letters/hidden-links.ts';
import { isGivenUp } from '../domain/letters/timing.ts';
import { isSignIn } from '../domain/sign-in/sign-in.ts';
import * as delivery from '../store/letters/delivery.ts';
import * as letters from '../store/letters/letters.ts';
import * as attempts from '../store/sign-in/attempts.ts';

/** Outcome of one try: the server took it, will not have it, or may have it later; with its own words. */
export type Outcome = { kind: 'sent' | 'permanent' | 'temporary'; reply: string };

/** Way letters leave: by SMTP, or onto the terminal where there is no mail server. */
export interface Post {
  /** Draws the letter, its links filled in; called once per letter, the bytes are kept, encrypted. */
  render: (letter: letters.Letter) => Promise<{ subject: string; bytes: Buffer }>;
  /** Null where no mail server is configured: the letter is kept for the mailbox page. */
  send: ((letter: letters.Letter, bytes: Buffer) => Promise<Outcome>) | null;
  print: (letter: letters.Letter, subject: string) => void;
  /** Letters a minute at most, counted over all processes; any number when left out. */
  perMinute?: number | undefined;
}

/** Sends one letter, at least once and always with the same bytes; a server that is busy is asked again for 48 hours. */
export async function deliverLetter(ctx: Context, post: Post, letterId: number): Promise<void> {
  // Turns count only where e-mails leave.
  if (post.send !== null && !(await takeTurn(ctx, letterId))) return;
  const letter = await delivery.claim(ctx.db, letterId, ctx.now(), addressesOf(ctx));
  if (!letter) return;
  if (await isOutdated(ctx, ctx.db, letter)) return delivery.cancelOutdated(ctx.db, letter.id);
  const rendered = await bytesOf(ctx, post, letter).catch((error: Error) => error);
  if (rendered instanceof Error) {
    // A letter that cannot be written now never can be: its facts do not change.
    return letters.close(ctx.db, letter.id, { state: 'dead', reply: rendered.message, sentAt: null });
  }
  if (post.send === null) {
    post.print(withLinks(ctx, letter), rendered.subject);
    return letters.close(ctx.db, letter.id, { state: 'kept', reply: '', sentAt: null });
  }
  const minute = await nextFreeMinute(ctx, post, letter);
  if (minute) return waitUntil(ctx, letter, minute);
  await handOver(ctx, post.send, letter, rendered.bytes);
}

async function handOver(
  ctx: Context,
  send: NonNullable<Post['send']>,
  letter: letters.Letter,
  bytes: Buffer,
): Promise<void> {
  const outcome = await send(letter, bytes);
  const reply = hideLinks(outcome.reply);
  if (outcome.kind === 'sent')
    return letters.close(ctx.db, letter.id, { state: 'sent', reply, sentAt: ctx.now() });
  const since = letter.readdressedAt ?? letter.turnAt ?? letter.createdAt;
  if (outcome.kind === 'permanent' || isGivenUp(letter.kind, since, ctx.now())) {
    return letters.close(ctx.db, letter.id, { state: 'dead', reply, sentAt: null });
  }
  await tryLater(ctx, letter, reply);
}

/** Finds the next minute with room where MAIL_PER_MINUTE is spent; null: now. A sign-in letter cannot wait. */
async function nextFreeMinute(
  ctx: Context,
  { perMinute }: Post,
  letter: letters.Letter,
): Promise<Temporal.Instant | null> {
  if (perMinute === undefined) return null;
  const minute = ctx.now().round({ smallestUnit: 'minute', roundingMode: 'floor' });
  // A decoy takes a place as well, but none that a letter needs.
  const place = await attempts.increment(ctx.db, letter.kind === 'decoy' ? 'decoys' : 'letters', minute);
  const later = Math.floor((place - 1) / perMinute);
  return later === 0 || isSignIn(letter.kind) ? null : minute.add({ minutes: later });
}

async function waitUntil(ctx: Context, letter: letters.Letter, at: Temporal.Instant): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await delivery.waitUntil(tx, letter.id, at);
    await ctx.queue(tx, 'deliver-letter', { letterId: letter.id }, { at, tries: letter.tries - 1 });
  });
}

/** The bytes kept at the first try; drawn anew only where they were kept under a secret that is lost. */
async function bytesOf(
  ctx: Context,
  post: Post,
  letter: letters.Letter,
): Promise<{ subject: string; bytes: Buffer }> {
  const kept = keptBytes(ctx, letter);
  if (kept) return { subject: letter.subject, bytes: kept };
  const { subject, bytes } = await post.render(withLinks(ctx, letter));
  await delivery.keepBytes(ctx.db, letter.id, subject, sealedBytes(ctx, letter.id, bytes));
  return { subject, bytes };
}

async function tryLater(ctx: Context, letter: letters.Letter, reply: string): Promise<void> {
  const dueAt = ctx.now().add({ seconds: secondsUntilNextTry(letter.tries) });
  await ctx.db.transaction(async (tx) => {
    await delivery.postpone(tx, letter, dueAt, reply);
    const urgent = isSignIn(letter.kind);
    await ctx.queue(
      tx,
      'deliver-letter',
      { letterId: letter.id },
      { at: dueAt, urgent, tries: letter.tries },
    );
  });
}

/** Half a minute, doubling with each try, at most an hour; seconds. */
export function secondsUntilNextTry(tries: number): number {
  return Math.min(3600, 30 * 2 ** Math.max(0, tries - 1));
}

/** Queues again what was left behind by a process that died or a restored backup. Returns how many. */
export async function sendStrandedLetters(ctx: Context): Promise<number> {
  const found = await delivery.stranded(ctx.db, ctx.now(), addressesOf(ctx));
  for (const { id, kind, tries } of found)
    await ctx.db.transaction((tx) =>
      ctx.queue(tx, 'deliver-letter', { letterId: id }, { urgent: isSignIn(kind), tries }),
    );
  return found.length;
}
