import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { admitUnlisted, pressAtDoor } from '../../actions/guests/door.ts';
import type { Context } from '../../context.ts';
import { doorHours } from '../../domain/guests/door-hours.ts';
import * as teams from '../../store/events/teams.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { agoField, idIn, lineField, readForm, readQuery, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import { pagesAt, type SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { arrivalCalled, personCalled } from '../people/find-by-name.ts';

/** Check-in on a phone, for organisers and the event's facilitator: one press a person. */
export function eventDoorRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/events/:id/door', 'signed-in', show);
  at.post('/events/:id/door', 'signed-in', letThemIn);
  at.post('/events/:id/door/:personId', 'signed-in', press);
}

const said = { here: 'Here.', gone: 'Taken back.', 'let-in': 'Welcome. They are on the list now, and here.' };

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
    said: saying(visit, said),
  });
}

type Lead = Awaited<ReturnType<typeof leadOf>>;

/** Lists everyone coming, waiting or here otherwise; people who are here come last. */
async function expectedAt(ctx: Context, event: Lead['event']) {
  const hosting = await teams.hostingAt(ctx.db, event.id);
  const clock = (at: Temporal.Instant) =>
    at.toZonedDateTimeISO(event.timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
  return (await rsvps.invitees(ctx.db, event.id))
    .filter(({ state, cameAt }) => state === 'coming' || state === 'waiting' || cameAt !== null)
    .map(({ personId, name, side, state, cameAt }) => ({
      personId,
      name,
      side,
      state,
      cameAt,
      at: cameAt === null ? '' : clock(cameAt),
      table: hosting.get(personId)?.table ?? null,
    }))
    .sort((a, b) => Number(a.cameAt !== null) - Number(b.cameAt !== null));
}

const pressForm = z.object({
  here: z.enum(['yes', 'no']),
  ago: agoField,
});

async function press(visit: SignedInVisit) {
  const { ctx, request } = visit;
  const { event } = await leadOf(visit);
  const form = readForm(request, pressForm);
  const back = `/events/${event.id}/door`;
  if (!form.ok) return back;
  const here = form.values.here === 'yes';
  const personId = idIn(request, 'personId');
  await pressAtDoor(ctx, event.id, personId, { here, secondsAgo: form.values.ago ?? 0 });
  return `${back}?said=${here ? 'here' : 'gone'}#p${personId}`;
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
