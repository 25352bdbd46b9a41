import type { Context } from '../../context.ts';
import { derivedLink, hashSecret } from './secrets.ts';

/** The secret of one person's page for one event: 160 bits, always the same, so that every letter leads there. */
export function personalToken(ctx: Pick<Context, 'secret'>, eventId: number, personId: number): string {
  return derivedLink(ctx, `personal-link:${eventId}:${personId}`);
}

export const personalTokenHash = hashSecret;

/** The address of somebody's own page for an event, as it stands in their letters. */
export function personalUrl(
  ctx: Pick<Context, 'secret' | 'baseUrl'>,
  eventId: number,
  personId: number,
): string {
  return `${ctx.baseUrl}/i/${personalToken(ctx, eventId, personId)}`;
}
