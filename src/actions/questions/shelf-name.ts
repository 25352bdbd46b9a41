import { createHmac } from 'node:crypto';
import type { Context } from '../../context.ts';

/**
 * Derives the name under which a browser keeps one person's slips for one event: 128 bits in base64url. It tells no
 * person, and only a page sent to this person carries it.
 */
export function shelfName(ctx: Pick<Context, 'secret'>, eventId: number, personId: number): string {
  const whole = createHmac('sha256', ctx.secret).update(`shelf:${eventId}:${personId}`).digest();
  return whole.subarray(0, 16).toString('base64url');
}
