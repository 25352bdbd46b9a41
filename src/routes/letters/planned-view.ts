import type { Upcoming } from '../../actions/letters/reminders.ts';
import { formatMonth, wallTimeOf } from '../../domain/events/wall-time.ts';
import { letterKindOf, type PlannedKind } from '../../domain/letters/reminders.ts';
import type { Event } from '../../store/events/events.ts';
import { localeOf, type Words } from '../../words.ts';
import { momentOf, nameOf } from './of-event-view.ts';

/** People whom each kind of planned letter goes to; its name is that of the letter. */
const plannedFor: Record<PlannedKind, string> = {
  'answer-first': 'those without an answer',
  'answer-second': 'those still without an answer',
  maybe: 'those who were not sure',
  host: 'the hosts',
  tables: 'the hosts, once tables are published',
  'tables-again': 'hosts whose table has changed since',
  coming: 'everyone coming',
  today: 'everyone coming, with the table or the link',
};

const todayWithoutTables = 'everyone coming, with the link where it is online';

/** Lists the planned letters that go out next, as leaves of a calendar. */
export function plannedIn(words: Words, planned: Upcoming[], event: Event, now: Temporal.Instant) {
  const { t, tn } = words;
  return planned.map(({ kind, at, state, to }) => {
    const wall = wallTimeOf(at, event.timeZone);
    const whom = t(kind === 'today' && event.shape !== 'tables' ? todayWithoutTables : plannedFor[kind]);
    return {
      kind,
      name: nameOf(words, letterKindOf(kind)),
      state,
      whom,
      n: to.length,
      month: formatMonth(wall, localeOf(words)),
      day: String(Number(wall.slice(8, 10))),
      when: momentOf(words, at, event, now),
      to: tn(to.length, 'To {n} person today: {whom}.', 'To {n} people today: {whom}.', { whom }),
      base: `/events/${event.id}/reminders/${kind}`,
    };
  });
}
