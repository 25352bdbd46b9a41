import type { Context } from '../../context.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { offerLimits } from '../../domain/offers/offers.ts';
import { type Limit, minutesToWait, networkOf, windowStart } from '../../domain/sign-in/sign-in-limits.ts';
import { Refusal } from '../../refusal.ts';
import * as attempts from '../../store/sign-in/attempts.ts';
import { keyedHash } from '../sign-in/secrets.ts';

/**
 * Counts one more e-mail to this address, and one more offer from this network; nobody is looked up for it. Throws a
 * Refusal ('too-many') that says from when on it can be sent, on the clock of this zone.
 */
export async function countOffer(
  ctx: Context,
  { address, email, timeZone }: { address: string; email: string; timeZone: string },
): Promise<void> {
  const { perNetwork, perAddress } = offerLimits;
  await count(ctx, perNetwork, `network ${networkOf(address)}`, fromNetwork, timeZone);
  await count(ctx, perAddress, `address ${email.toLowerCase()}`, toAddress, timeZone);
}

const toAddress =
  'We’ve sent three e-mails to this address in an hour. What you typed is kept here. Send it after {time}.';
const fromNetwork =
  'We’ve had many offers from your network in an hour. What you typed is kept here. Send it after {time}.';

async function count(
  ctx: Context,
  limit: Limit,
  whose: string,
  sentence: string,
  timeZone: string,
): Promise<void> {
  const now = ctx.now();
  // Addresses of people and networks are not kept in the clear.
  const key = `offer:${keyedHash(ctx, 'attempts', whose)}`;
  const tries = await attempts.increment(ctx.db, key, windowStart(limit, now));
  if (minutesToWait(limit, tries, now) === 0) return;
  const time = wallTimeOf(windowStart(limit, now).add({ minutes: limit.minutes }), timeZone).slice(11, 16);
  throw new Refusal('too-many', sentence, { time }, 'email');
}
