import { z } from 'zod';
import { admitUnlisted, pressAtDoor } from '../../actions/guests/door.ts';
import type { Context } from '../../context.ts';
import { doorHours } from '../../domain/guests/door-hours.ts';
import * as teams from '../../store/events/teams.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { agoField, idIn, lineField, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { arrivalCalled, personCalled } from '../people/find-by-name.ts';

/** Check-in on a phone, for organisers and the event's facilitator: one press a person. */
export function eventDoorRoutes(at: Pages): void {
  at.get('/events/:id/door', 'signed-in', show, { forChanges: true });
  at.post('/events/:id/door', 'signed-in', letThemIn);
  at.post('/events/:id/door/:personId', 'signed-in', press(arrivalForm, noteArrival));
}

const messages = {
  here: 'Here.',
  gone: 'Taken back.',
  overruled: 'Another phone pressed later. That press counts.',
  'let-in': 'Welcome. They are on the list now, and here.',
};

/** People on one page at the door; the search looks at all of them. */
const pageSize = 100;
const query = z.object({ q: z.string().trim().max(100).catch(''), page: pageField });

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const { q, page: asked } = readQuery(request, query);
  const expected = await expectedAt(ctx, event);
  const wanted = q.toLocaleLowerCase();
  const found =
    wanted === '' ? expected : expected.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const at = pageOf(asked, found.length, pageSize);
  const address = (number: number) => addressWith(`/events/${event.id}/door`, { q, page: number });
  return page(visit, 'guests/door', {
    layout: 'bare',
    ...lead,
    title: words.t('At the door, {name}', { name: event.name }),
    q,
    along: ['door-count'],
    here: expected.filter(({ cameAt }) => cameAt !== null).length,
    of: expected.filter(({ cameAt, state }) => state === 'coming' || cameAt !== null).length,
    rows: rowsOn(found, at),
    pager: pagerFor(at, address),
    isPaged: expected.length > pageSize,
    refresh: address(at.at),
    opensLater: Temporal.Instant.compare(ctx.now(), doorHours(event).opens) < 0,
    ...mistakes,
    message: messageFor(visit, messages),
  });
}

type Lead = Awaited<ReturnType<typeof leadOf>>;

/** Wall clock 'HH:MM' at the place of an event. */
const clockAt = ({ timeZone }: { timeZone: string }, at: Temporal.Instant) =>
  at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });

/** Lists everyone coming, waiting or here otherwise; people who are here come last. */
async function expectedAt(ctx: Context, event: Lead['event']) {
  const hosting = await teams.hostingAt(ctx.db, event.id);
  return (await rsvps.expectedAtDoor(ctx.db, event.id)).map((one) => ({
    ...one,
    isHere: one.cameAt !== null,
    at: one.cameAt === null ? '' : clockAt(event, one.cameAt),
    table: event.shape === 'tables' ? (hosting.get(one.personId)?.table ?? null) : null,
  }));
}

const arrivalForm = z.object({
  here: z.enum(['yes', 'no']),
  /** Seconds since the press, from pages of an earlier version; milliseconds and the press's own id from those of today. */
  ago: agoField.default(0),
  late: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional(),
  press: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional(),
});

async function noteArrival(
  visit: SignedInVisit,
  { ago, late = ago * 1000, press: id, ...values }: z.output<typeof arrivalForm>,
) {
  const { ctx, request } = visit;
  const { event } = await leadOf(visit);
  const here = values.here === 'yes';
  const personId = idIn(request, 'personId');
  const how = { here, millisecondsAgo: late, ...(id && { id }) };
  const { outcome, standing } = await pressAtDoor(ctx, event.id, personId, how);
  const door = `/events/${event.id}/door`;
  if (outcome === 'overruled') return `${door}?said=overruled&at=${clockAt(event, standing.at)}#p${personId}`;
  return `${door}?said=${here ? 'here' : 'gone'}#p${personId}`;
}

const nameForm = z.object({
  name: lineField(254, 'Write at most 254 characters: a name or an address.').refine(
    (value) => value !== '',
    'Write who it is: first and last name, or the e-mail address.',
  ),
});

async function letThemIn(visit: SignedInVisit) {
  const { ctx, viewer } = visit;
  const { event } = await leadOf(visit);
  return submit(visit, nameForm, {
    act: async ({ name }) => {
      const person = await (viewer.isOrganiser
        ? personCalled(ctx, name, 'name')
        : arrivalCalled(ctx, viewer.id, name, event.name));
      await admitUnlisted(ctx, event.id, person.id, viewer.id);
      return `/events/${event.id}/door?said=let-in`;
    },
    again: (mistakes) => show(visit, mistakes),
  });
}
