// Fetches slips as a guest's browser does: one blinded with the browser's package, or a set of them signed directly.
import { constants, createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { askWithoutName } from '../../../src/actions/questions/nameless.ts';
import { tick } from '../../../src/actions/questions/nameless-tick.ts';
import type { Slip } from '../../../src/actions/questions/slip-signatures.ts';
import { giveOut } from '../../../src/actions/questions/slips.ts';
import { unwrap } from '../../../src/actions/sign-in/secret-keys.ts';
import type { Context } from '../../../src/context.ts';
import { messagesEach } from '../../../src/domain/questions/nameless.ts';
import * as slips from '../../../src/store/questions/slips.ts';

const suite = RSABSSA.SHA384.PSS.Randomized();

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

/** A slip as its browser keeps it. */
export type HandSlip = Slip & { first: boolean };
type Hand = Record<'ask' | 'vote' | 'counter' | 'feedback', HandSlip[]>;
const both = { ask: ['ask-first', 'ask'], vote: ['vote-first', 'vote'], feedback: ['feedback'] } as const;

/**
 * Fetches a batch of slips for these purposes, as the first page view does. `ask` begins with the one that counts its
 * person, where this is their first batch; `counter` is the one that counts a voter. A finished slip is an ordinary
 * signature of RSASSA-PSS (RFC 9474, section 4.4), so it is signed here: blinding takes the package 40 ms each time.
 */
export async function slipsFor(
  ctx: Context,
  event: { id: number },
  person: { id: number },
  purposes: (keyof typeof both)[] = ['ask', 'vote'],
): Promise<Hand> {
  const wanted = purposes.flatMap((one): slips.Purpose[] => [...both[one]]);
  const blinded = Object.fromEntries(
    wanted.map((purpose) => [
      purpose,
      Array.from({ length: messagesEach[purpose] }, () => Buffer.concat([Buffer.alloc(1), randomBytes(255)])),
    ]),
  );
  const given = await giveOut(ctx, event.id, person.id, blinded);
  const keys = await slips.keysOf(ctx.db, event.id);
  const got = (purpose: slips.Purpose) =>
    (given[purpose] ?? []).map(() => {
      const { privateKey } = keys.find((key) => key.purpose === purpose)!;
      return {
        ...signedSlip(ctx, `slip-key:${event.id}:${purpose}`, privateKey!),
        first: purpose === 'ask-first',
      };
    });
  return {
    ask: [...got('ask-first'), ...got('ask')],
    vote: got('vote'),
    counter: got('vote-first'),
    feedback: got('feedback'),
  };
}

/** The same for several guests, one after the other, in their order. */
export async function handsOf(
  ctx: Context,
  event: { id: number },
  guests: readonly { id: number }[],
  purposes?: Parameters<typeof slipsFor>[3],
): Promise<Hand[]> {
  const hands: Hand[] = [];
  for (const guest of guests) hands.push(await slipsFor(ctx, event, guest, purposes));
  return hands;
}

function signedSlip(ctx: Context, label: string, privateKey: Buffer): Slip {
  const message = Buffer.concat([randomBytes(32), sha256('tok', randomBytes(32))]);
  const key = createPrivateKey({
    key: unwrap(ctx, label, privateKey) ?? privateKey,
    format: 'der',
    type: 'pkcs8',
  });
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return { message, signature: sign('sha384', message, { key, padding, saltLength: 48 }) };
}

interface Asking {
  topicId?: number | null;
  secret?: Buffer;
  alone?: boolean;
  waits?: boolean;
  readFirst?: boolean;
}

/** Asks with a slip; gives back the secret by which the question is found again. */
export async function askNameless(
  ctx: Context,
  event: { id: number },
  { first, ...slip }: HandSlip,
  text: string,
  { topicId = null, secret = randomBytes(16), alone = false, waits = false, readFirst = false }: Asking = {},
): Promise<{ secret: Buffer; published: boolean }> {
  const editHash = sha256('edit', secret);
  const asked = { eventId: event.id, topicId, text, slip, first, editHash, alone, waits, readFirst };
  const state = await askWithoutName(ctx, asked);
  return { secret, published: state !== 'waiting' };
}

/** Turns the clock to the next publishing hour of an event and lets the tick come round. */
export async function publishNext(
  world: { ctx: Context; clock: { now: Temporal.Instant } },
  timeZone = 'Europe/Oslo',
): Promise<void> {
  const there = world.clock.now.toZonedDateTimeISO(timeZone);
  const hour = [8, 12, 16, 20].find((one) => one > there.hour);
  const at =
    hour === undefined ? there.add({ days: 1 }).withPlainTime({ hour: 8 }) : there.withPlainTime({ hour });
  world.clock.now = at.toInstant();
  await tick(world.ctx);
}
