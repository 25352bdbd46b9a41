import { undoHold } from '../../actions/letters/holds.ts';
import * as holds from '../../store/letters/holds.ts';
import * as letters from '../../store/letters/letters.ts';
import { idIn } from '../../web/forms.ts';
import type { Pages, Visit } from '../../web/visit.ts';

/** Taking back what is about to be mailed to many people. */
export function holdRoutes(at: Pages): void {
  at.post('/events/:id/holds/:hold/withdrawal', 'organiser', async ({ ctx, request }) => {
    const eventId = idIn(request);
    const kind = await undoHold(ctx, eventId, idIn(request, 'hold'));
    const from =
      kind === 'reminder' || kind === 'message' ? `/events/${eventId}/invitations` : `/events/${eventId}`;
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
  const { tn } = words;
  return {
    action: `/events/${eventId}/holds/${hold.id}/withdrawal`,
    text: tn(count, 'One e-mail goes out in {seconds} seconds.', '{n} e-mails go out in {seconds} seconds.', {
      seconds,
    }),
    seconds,
  };
}
