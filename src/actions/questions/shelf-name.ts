import { createHmac } from 'node:crypto';
import type { Context } from '../../context.ts';

/**
 * Derives what a browser keeps one person's slips for one event under: 128 bits in base64url that tell no person, and
 * that only a page sent to this person carries.
 */
export function shelfOf(ctx: Pick<Context, 'secret'>, eventId: number, personId: number): string {
  const whole = createHmac('sha256', ctx.secret).update(`shelf:${eventId}:${personId}`).digest();
  return whole.subarray(0, 16).toString('base64url');
}
