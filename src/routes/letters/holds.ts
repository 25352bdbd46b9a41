import type { FastifyInstance } from 'fastify';
import { undoHold } from '../../actions/letters/holds.ts';
import type { Context } from '../../context.ts';
import * as holds from '../../store/letters/holds.ts';
import * as letters from '../../store/letters/letters.ts';
import { idIn } from '../../web/forms.ts';
import { pagesAt, type Visit } from '../../web/visit.ts';

/** Taking back what is about to be mailed to many people. */
export function holdRoutes(app: FastifyInstance, ctx: Context): void {
  pagesAt(app, ctx).post('/events/:id/holds/:hold/withdrawal', 'organiser', async ({ request }) => {
    const eventId = idIn(request);
    const kind = await undoHold(ctx, eventId, idIn(request, 'hold'));
    const from = kind === 'reminder' ? `/events/${eventId}/invitations` : `/events/${eventId}`;
    return `${from}?said=taken-back`;
  });
}

/** Finds what can be undone at this moment, for the panel on an event's pages; null when nothing can. */
export async function undoOf({ ctx, words }: Visit, eventId: number) {
  const now = ctx.now();
  const hold = await holds.current(ctx.db, eventId, now);
  if (!hold) return null;
  const count = await letters.countHeld(ctx.db, hold.id);
  if (count === 0) return null;
  const seconds = Math.max(1, Math.ceil((hold.until.epochMilliseconds - now.epochMilliseconds) / 1000));
  return {
    action: `/events/${eventId}/holds/${hold.id}/withdrawal`,
    text: words.tn(
      count,
      'One letter goes out in {seconds} seconds.',
      '{n} letters go out in {seconds} seconds.',
      {
        seconds,
      },
    ),
    seconds,
  };
}
