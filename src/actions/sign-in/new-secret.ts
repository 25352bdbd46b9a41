import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import * as stored from '../../store/sign-in/secret-rows.ts';
import * as settings from '../../store/sign-in/settings.ts';
import { note } from '../audit/note.ts';
import { factsOf, sendEventLetter } from '../letters/about-event.ts';
import { keptBytes, sealedBytes } from '../letters/kept-bytes.ts';
import { confirmToken } from '../letters/links.ts';
import { sealSentencesAgain } from '../notes/own-sentence.ts';
import { rewrapEnvelopeKey } from '../questions/nameless-envelope.ts';
import { tick } from '../questions/nameless-tick.ts';
import { unwrapKey, wrapKey } from '../questions/slip-keys.ts';
import { secretFingerprint, secretFrom } from './deployment-secret.ts';
import { personalToken, personalTokenHash } from './personal-links.ts';
import { hashSecret } from './secrets.ts';

// Another secret in the place of the one there is: links end, guests of events to come get new ones.

export interface NewSecret {
  /** The secret until now; null where it is lost. */
  before: Buffer | null;
  after: Buffer;
  /** The organiser who pressed, or the program at a terminal. */
  by: number | 'program';
}

/** Makes a new secret in the file, for an organiser; returns how many e-mails with new links go out. Refused where SECRET is set. */
export async function makeNewSecret(ctx: Context, organiserId: number): Promise<number> {
  const { secretFile } = ctx;
  if (!secretFile)
    throw new Refusal('conflict', 'The secret of this deployment is in SECRET. Change it there.');
  const text = ctx.random(32).toString('base64url');
  const after = secretFrom(text);
  const sent = await ctx.db.transaction(async (tx) => {
    await settings.lockSecret(tx);
    // Another process may have been faster, and not have told this one yet.
    if ((await settings.get(tx, 'secret-fingerprint')) !== secretFingerprint(ctx.secret))
      throw new Refusal('conflict', 'A new secret was made at this very moment. Reload the page.');
    secretFile.prepare(text);
    return replaceSecret(ctx, tx, { before: ctx.secret, after, by: organiserId });
  });
  secretFile.settle('takes over');
  ctx.secret = after;
  // What waits in this process's slot goes under the new secret now; where this fails, the clock does it in five minutes.
  await tick(ctx).catch(() => {});
  await correctLinkHashes(ctx);
  return sent;
}

/** Replaces the secret while nothing else runs, with what the person at the terminal knows; returns how many e-mails go out. */
export async function replaceWhileStopped(
  ctx: Context,
  change: NewSecret,
  keep: () => void,
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    await settings.lockSecret(tx);
    keep();
    return replaceSecret(ctx, tx, change);
  });
}

/** Puts everything that depends on the secret under the new one, in one transaction; returns how many e-mails go out. */
export async function replaceSecret(ctx: Context, tx: Tx, { before, after, by }: NewSecret): Promise<number> {
  const now = { ...ctx, secret: after };
  await rehashLinks(now, tx);
  for (const { id, number } of await stored.numberedQuestions(tx))
    await stored.setQuestionHash(tx, id, hashSecret(confirmToken(now, number)));
  await stored.closeSignIns(tx, ctx.now());
  await sealLettersAgain(now, tx, before);
  await wrapKeysAgain(now, tx, before);
  await sealSentencesAgain(now, tx, before);
  if (before === null) await stored.endNamelessWithoutKeys(tx);
  else await rewrapEnvelopeKey(now, tx, before);
  await settings.set(tx, 'secret-fingerprint', secretFingerprint(after));
  await stored.tellProcesses(tx);
  const sent = await sendNewLinks(now, tx);
  await note(ctx, tx, { by, act: 'made-new-secret', numbers: { n: sent } });
  return sent;
}

/** Corrects the hashes of links that were written by a process while the secret was replaced. Returns how many. */
export async function correctLinkHashes(ctx: Context): Promise<number> {
  return ctx.db.transaction((tx) => rehashLinks(ctx, tx));
}

async function rehashLinks(ctx: Pick<Context, 'secret'>, tx: Tx): Promise<number> {
  const hashFor = (eventId: number, personId: number) =>
    personalTokenHash(personalToken(ctx, eventId, personId));
  const wrong = (await stored.personalLinks(tx)).flatMap(({ id, eventId, personId, tokenHash }) => {
    const right = hashFor(eventId, personId);
    return right === tokenHash ? [] : [{ id, tokenHash: right }];
  });
  for (let at = 0; at < wrong.length; at += 500) await stored.setLinkHashes(tx, wrong.slice(at, at + 500));
  return wrong.length;
}

/** Letters that wait are drawn anew, with new links; of those that went out the words stay readable while the old secret is known. */
async function sealLettersAgain(now: Context, tx: Tx, before: Buffer | null): Promise<void> {
  const again = (letter: { id: number; state: string; bytes: Buffer }) => {
    const bytes = before && letter.state !== 'waiting' ? keptBytes({ secret: before }, letter) : null;
    return { id: letter.id, bytes: bytes && sealedBytes(now, letter.id, bytes) };
  };
  for (let after = 0; ; ) {
    const some = await stored.bytesAfter(tx, after);
    if (some.length === 0) return;
    await stored.setBytes(tx, some.map(again));
    after = some.at(-1)!.id;
  }
}

async function wrapKeysAgain(now: Context, tx: Tx, before: Buffer | null): Promise<void> {
  for (const key of await stored.slipKeys(tx)) {
    const opened = before && unwrapKey({ secret: before }, key);
    await stored.setSlipKey(tx, { ...key, privateKey: opened && wrapKey(now, key, opened) });
  }
}

/** Writes to every guest of an event to come who had an e-mail about it and may still answer or come. */
async function sendNewLinks(ctx: Context, tx: Tx): Promise<number> {
  const now = ctx.now();
  const hold = { id: null, until: undoEnds(now) };
  let sent = 0;
  for (const event of await events.all(tx)) {
    const isAhead = Temporal.Instant.compare(now, instantOf(event.startsAt, event.timeZone)) < 0;
    if (event.state !== 'published' || !isAhead) continue;
    const reached = await letters.reachedPeople(tx, event.id);
    // Calendars take an entry anew, with its new link, where it is younger than theirs.
    const facts = { ...(await factsOf(tx, { ...event, revisedAt: now })), hold };
    for (const to of await rsvps.invitees(tx, event.id)) {
      if (to.state === 'declined' || to.state === 'uninvited' || !reached.has(to.personId)) continue;
      const key = `new-link:${event.id}:${to.personId}:${secretFingerprint(ctx.secret)}`;
      await sendEventLetter(ctx, tx, facts, to, { kind: 'new-link', answer: to.state }, { key });
      sent += 1;
    }
  }
  return sent;
}
