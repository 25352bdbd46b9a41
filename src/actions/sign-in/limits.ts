import type { Context } from '../../context.ts';
import {
  type Limit,
  minutesToWait,
  networkOf,
  signInLimits,
  windowStart,
} from '../../domain/sign-in/sign-in-limits.ts';
import { Refusal } from '../../refusal.ts';
import * as attempts from '../../store/sign-in/attempts.ts';
import * as knownBrowsers from '../../store/sign-in/known-browsers.ts';
import { noteRefused } from '../audit/note-refused.ts';
import { hashSecret, keyedHash } from './secrets.ts';

/** Origin of a request: the secret in the login cookie, and the address of the network. */
export interface Asker {
  browser: string;
  address: string;
  /** The address is that of a proxy nobody declared: everybody behind it seems to be one. */
  isShared?: boolean;
}

/** Counts one more try of something that anybody in a network may do. */
export async function countIn(ctx: Context, limit: Limit, what: string, address: string): Promise<void> {
  await attempts.increment(ctx.db, networkKey(ctx, what, address), windowStart(limit, ctx.now()));
}

/** Refuses a network that has tried too often, without counting. Throws a Refusal ('too-many'). */
export async function refuseIn(ctx: Context, limit: Limit, what: string, address: string): Promise<void> {
  const now = ctx.now();
  const tries = await attempts.countOf(ctx.db, networkKey(ctx, what, address), windowStart(limit, now));
  const minutes = minutesToWait(limit, tries + 1, now);
  if (minutes > 0) throw new Refusal('too-many', tooMany.network, { minutes });
}

const networkKey = (ctx: Context, what: string, address: string) =>
  `${what}:${keyedHash(ctx, 'attempts', networkOf(address))}`;

const tooMany = {
  letter:
    'We’ve had several requests for this address. Please type the code from the newest e-mail, or ask again in {minutes} min.',
  code: 'Too many wrong codes were tried. Please try again in {minutes} min.',
  network: 'We’ve had many requests from your network. Please try again in {minutes} min.',
};

/**
 * Counts one more e-mail to this address. A browser known to be its owner's is counted by itself, so that nobody else
 * can use up what it may ask for. Throws a Refusal ('too-many').
 */
export async function countLetter(ctx: Context, asker: Asker, email: string): Promise<void> {
  const { letterPerAddress, letterPerKnownBrowser, letterPerNetwork, letterPerSharedAddress } = signInLimits;
  if (await isKnown(ctx, asker, email)) {
    return count(ctx, letterPerKnownBrowser, 'letter', `${hashSecret(asker.browser)} ${email}`, email);
  }
  const limit = asker.isShared ? letterPerSharedAddress : letterPerNetwork;
  await count(ctx, limit, 'letter', networkOf(asker.address), null, 'network');
  await count(ctx, letterPerAddress, 'letter', email, email);
}

/** Counts one more code typed together with this address, in a browser that did not ask. Throws a Refusal ('too-many'). */
export async function countCode(ctx: Context, asker: Asker, email: string): Promise<void> {
  const { codePerAddress, codePerAddressAndNetwork, codePerKnownBrowser, ...limits } = signInLimits;
  if (await isKnown(ctx, asker, email)) {
    return count(ctx, codePerKnownBrowser, 'code', `${hashSecret(asker.browser)} ${email}`, email);
  }
  const network = networkOf(asker.address);
  const limit = asker.isShared ? limits.codePerSharedAddress : limits.codePerNetwork;
  await count(ctx, limit, 'code', network, null, 'network');
  await count(ctx, codePerAddressAndNetwork, 'code', `${network} ${email}`, email);
  await count(ctx, codePerAddress, 'code', email, email);
}

function isKnown(ctx: Context, { browser }: Asker, email: string): Promise<boolean> {
  return knownBrowsers.isKnown(ctx.db, hashSecret(browser), email);
}

async function count(
  ctx: Context,
  limit: Limit,
  what: 'letter' | 'code',
  whose: string,
  who: string | number | null,
  said: keyof typeof tooMany = what,
): Promise<void> {
  const now = ctx.now();
  // Addresses of people and networks are not kept in the clear.
  const key = `${what}:${keyedHash(ctx, 'attempts', whose)}`;
  const tries = await attempts.increment(ctx.db, key, windowStart(limit, now));
  const minutes = minutesToWait(limit, tries, now);
  // Once for each limit that is reached, so that going on costs nothing more.
  if (tries === limit.most + 1) noteRefused(ctx, what === 'code' ? 'too-many-codes' : 'too-many-emails', who);
  if (minutes > 0) throw new Refusal('too-many', tooMany[said], { minutes });
}

/** Counts one more code to confirm with; only the person who is signed in can ask for it. Throws a Refusal ('too-many'). */
export async function countFreshCode(ctx: Context, personId: number): Promise<void> {
  await count(ctx, signInLimits.letterPerKnownBrowser, 'letter', `person ${personId}`, personId);
}
