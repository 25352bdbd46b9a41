import { mayLead } from '../../domain/access.ts';
import { isOver } from '../../domain/events/times.ts';
import { formatDayAndMonth } from '../../domain/events/wall-time.ts';
import { formatNameOf } from '../../domain/run-of-show/event-format.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { idIn } from '../../web/forms.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { daysUntil, whenOf } from './page-view.ts';

/** Finds the event of this address for its organisers and facilitator; everybody else finds none. */
export async function leadOf({ ctx, request, viewer, words }: SignedInVisit) {
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  orNotFound(mayLead(viewer, event) ? event : null, 'event');
  return {
    event,
    tab: 'events',
    format: formatNameOf(event),
    when: whenOf(words, event, ctx.now()),
    days: daysUntil(event, ctx.now()),
    isOver: isOver(event, ctx.now()),
    leadsOnly: !viewer.isOrganiser,
  };
}

/** 'today, 09:20', '10 Nov' or '10 Nov 2025', on the wall clock of the event. */
export function momentWords(
  words: Words,
  at: Temporal.Instant | null,
  timeZone: string,
  now: Temporal.Instant,
): string {
  if (at === null) return '';
  const [then, today] = [at.toZonedDateTimeISO(timeZone), now.toZonedDateTimeISO(timeZone)];
  if (then.toPlainDate().equals(today.toPlainDate()))
    return words.t('today, {time}', { time: then.toPlainTime().toString({ smallestUnit: 'minute' }) });
  const day = formatDayAndMonth(then.toPlainDate().toString(), localeOf(words));
  return then.year === today.year ? day : `${day} ${then.year}`;
}
