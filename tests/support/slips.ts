// What a guest's browser does with slips, done here: blinded with the package the browser uses, kept in a hand.
import { createHash, randomBytes } from 'node:crypto';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { askWithoutName } from '../../src/actions/nameless.ts';
import type { Slip } from '../../src/actions/slip-signatures.ts';
import { giveOut } from '../../src/actions/slips.ts';
import type { Context } from '../../src/context.ts';
import * as slips from '../../src/store/slips.ts';

const suite = RSABSSA.SHA384.PSS.Randomized();
const counts = { ask: 3, vote: 1, feedback: 1 } as const;

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function importKey(spki: Buffer) {
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  return crypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, true, ['verify']);
}

/** A slip before it is signed: what the server may see, and what makes a slip of its answer. */
export async function blindOne(publicKey: Buffer) {
  const key = await importKey(publicKey);
  const message = suite.prepare(new Uint8Array(sha256('tok', randomBytes(32))));
  const { blindedMsg, inv } = await suite.blind(key, message);
  return {
    blinded: Buffer.from(blindedMsg),
    finish: async (signed: Buffer): Promise<Slip> => ({
      message: Buffer.from(message),
      signature: Buffer.from(await suite.finalize(key, message, new Uint8Array(signed), inv)),
    }),
  };
}

type Hand = Record<slips.Purpose, Slip[]>;

/** Fetches a batch of slips for these purposes, as the first page view does. */
export async function slipsFor(
  ctx: Context,
  event: { id: number },
  person: { id: number },
  purposes: slips.Purpose[] = ['ask', 'vote'],
): Promise<Hand> {
  const keys = await slips.keysOf(ctx.db, event.id);
  const made: Partial<Record<slips.Purpose, Awaited<ReturnType<typeof blindOne>>[]>> = {};
  for (const purpose of purposes) {
    const { publicKey } = keys.find((key) => key.purpose === purpose)!;
    made[purpose] = await Promise.all(Array.from({ length: counts[purpose] }, () => blindOne(publicKey)));
  }
  const blinded = Object.fromEntries(
    Object.entries(made).map(([purpose, list]) => [purpose, list.map((one) => one.blinded)]),
  );
  const signed = await giveOut(ctx, event.id, person.id, blinded);
  const hand: Hand = { ask: [], vote: [], feedback: [] };
  for (const purpose of purposes)
    for (const [index, signature] of (signed[purpose] ?? []).entries())
      hand[purpose].push(await made[purpose]![index]!.finish(signature));
  return hand;
}

/** Asks with a slip; gives back the secret by which the question is found again. */
export async function askNameless(
  ctx: Context,
  event: { id: number },
  slip: Slip,
  text: string,
  { topicId = null, secret = randomBytes(16) }: { topicId?: number | null; secret?: Buffer } = {},
): Promise<{ secret: Buffer; published: boolean }> {
  const editHash = sha256('edit', secret);
  const published = await askWithoutName(ctx, { eventId: event.id, topicId, text, slip, editHash });
  return { secret, published };
}
