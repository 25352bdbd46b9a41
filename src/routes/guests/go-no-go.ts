import { goAhead } from '../../actions/guests/go-ahead.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { isReached, isToBeDecided, missingFor } from '../../domain/guests/quorum.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import type * as events from '../../store/events/events.ts';
import { idIn } from '../../web/forms.ts';
import type { Pages } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';

/** Go, on the go/no-go day; moving and calling off have routes of their own. */
export function eventDecisionRoutes(at: Pages): void {
  at.post('/events/:id/going-ahead', 'organiser', async ({ ctx, request }) => {
    const id = idIn(request);
    await goAhead(ctx, id);
    return `/events/${id}?said=going`;
  });
}

/** Returns the overview's note about the go/no-go day; null where none was set. */
export function decisionOf(
  words: Words,
  event: events.Event,
  coming: Record<Side, number>,
  now: Temporal.Instant,
) {
  if (event.decideOn === null) return null;
  const quorum = { senior: event.seniorQuorum, talent: event.talentQuorum };
  return {
    day: formatNearDay(event.decideOn, localeOf(words)),
    isDue: isToBeDecided(event, now),
    isDecided: event.decidedAt !== null,
    isReached: isReached(quorum, coming),
    missing: missingFor(quorum, coming),
    quorum,
    coming,
  };
}
