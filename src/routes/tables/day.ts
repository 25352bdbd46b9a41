import { z } from 'zod';
import { acceptSeats, proposeSeats, type Reported, undoSeats } from '../../actions/tables/day.ts';
import { situationOf } from '../../actions/tables/situation.ts';
import { optionNames } from '../../domain/tables/day-options.ts';
import { mostRounds, mostTables } from '../../domain/tables/plan.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as attendees from '../../store/tables/attendees.ts';
import * as days from '../../store/tables/day.ts';
import { idIn, lineField, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { pageField } from '../../web/paging.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { arrivalCalled, personCalled } from '../people/find-by-name.ts';
import { dayData } from './day-view.ts';
import { proposalData } from './proposal-view.ts';

/** Registers what changes on the day, for organisers and the event's facilitator: say it, look at the new seats, accept. */
export function tableDayRoutes(at: Pages): void {
  at.get('/events/:id/tables/day', 'signed-in', (visit) => showDay(visit), { forChanges: true });
  at.post('/events/:id/tables/day/proposals', 'signed-in', report);
  at.post('/events/:id/tables/day/arrivals', 'signed-in', reportArrival);
  at.get('/events/:id/tables/day/proposals/:proposalId', 'signed-in', (visit) => showProposal(visit));
  at.post('/events/:id/tables/day/proposals/:proposalId/acceptance', 'signed-in', accept);
  at.post('/events/:id/tables/day/proposals/:proposalId/undoing', 'signed-in', undo);
}

const messages = {
  accepted: 'Done. The people it touches see it on their page now.',
  undone: 'Undone. They see the seats they had before.',
};

const look = z.object({ q: z.string().trim().max(100).catch(''), page: pageField });

async function showDay(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const head = {
    ...lead,
    layout: 'bare' as const,
    title: words.t('On the day, {name}', { name: event.name }),
  };
  const situation = await situationOf(ctx.db, event, ctx.now()).catch((error: unknown) => {
    if (error instanceof Refusal && error.kind === 'conflict') return error;
    throw error;
  });
  if (situation instanceof Refusal)
    return page(visit, 'tables/day/none', { ...head, sentence: situation.sentence });
  const accepted = await days.acceptedOf(ctx.db, event.id, 1);
  const guests = await rsvps.invitees(ctx.db, event.id);
  const of = {
    situation,
    ready: await days.readyKeys(ctx.db, event.id, situation.mark),
    guests,
    accepted: accepted[0] ?? null,
    look: readQuery(request, look),
    now: ctx.now(),
  };
  return page(visit, 'tables/day/day', {
    ...head,
    ...dayData(words, of),
    ...mistakes,
    message: messageFor(visit, messages),
  });
}

const dayOf = (visit: SignedInVisit) => `/events/${idIn(visit.request)}/tables/day`;
const personField = z.coerce.number().int().min(-2_147_483_647).max(2_147_483_647);
const roundField = z.coerce.number().int().min(1).max(mostRounds);
const tableField = z.coerce.number().int().min(1).max(mostTables);

/** Buttons of the page: each names one kind of change. */
const reportForm = z.object({
  missing: personField.optional(),
  back: roundField.optional(),
  came: personField.optional(),
  until: roundField.optional(),
  table: tableField.optional(),
  from: roundField.optional(),
  hostless: tableField.optional(),
  host: personField.optional(),
  here: z.literal('1').optional(),
});

/** The change that a button names; null where it names none. */
function reportedBy(values: z.output<typeof reportForm>): Reported | null {
  const { missing, back = null, came, until = null, table, from = 1, hostless, host, here } = values;
  const byHost = host === undefined ? {} : { host };
  if (missing !== undefined) return { kind: 'missing', person: missing, back, ...byHost };
  if (came !== undefined) return { kind: 'came', person: came, until };
  if (table !== undefined) return { kind: 'dropped', table, from };
  if (hostless !== undefined) return { kind: 'hostless', table: hostless, ...byHost };
  return here ? { kind: 'here' } : null;
}

async function report(visit: SignedInVisit) {
  await leadOf(visit);
  return submit(visit, reportForm, {
    act: async (values) => {
      const change = reportedBy(values);
      if (!change) throw Object.assign(new Error('No button sends this'), { statusCode: 400 });
      const { ctx, request } = visit;
      if (change.kind === 'came' && change.person > 0) await refuseStranger(visit, change.person);
      return `${dayOf(visit)}/proposals/${await proposeSeats(ctx, idIn(request), change)}`;
    },
    again: (mistakes) => showDay(visit, mistakes),
    field: '',
  });
}

/** Lets facilitators name people on the list alone: everybody else they find by name, at most so many an hour. */
async function refuseStranger({ ctx, request, viewer }: SignedInVisit, personId: number): Promise<void> {
  if (viewer.isOrganiser) return;
  const row = await rsvps.find(ctx.db, idIn(request), personId);
  orNotFound(row && row.state !== 'uninvited' ? row : null, 'person');
}

const arrivalForm = z.object({
  name: lineField(120, 'Write at most 120 characters: a name.').refine(
    (value) => value !== '',
    'Write who it is: first and last name.',
  ),
  side: z.enum(['talent', 'senior']).default('senior'),
  as: z.enum(['known', 'plain']),
});

/** Somebody who is on no list: found in the directory by their name, or seated by the name alone. */
async function reportArrival(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const { event } = await leadOf(visit);
  return submit(visit, arrivalForm, {
    act: async ({ name, side, as }) => {
      const id = idIn(request);
      const to = async (change: Reported) =>
        `${dayOf(visit)}/proposals/${await proposeSeats(ctx, id, change)}`;
      if (as === 'plain') return to({ kind: 'named', name, side, until: null });
      const person = await (viewer.isOrganiser
        ? personCalled(ctx, name, 'name')
        : arrivalCalled(ctx, viewer.id, name, event.name));
      return to({ kind: 'came', person: person.id, until: null });
    },
    again: (mistakes) => showDay(visit, mistakes),
    field: 'name',
  });
}

async function showProposal(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const proposal = orNotFound(await days.findProposal(ctx.db, event.id, idIn(request, 'proposalId')), 'page');
  const situation = await situationOf(ctx.db, event, ctx.now());
  const { change, options } = proposal;
  const ids = new Set(options.flatMap(({ rows }) => rows.map(([id]) => id)));
  if (change.kind === 'came') ids.add(change.person);
  const names = await attendees.namesOf(
    ctx.db,
    [...ids].filter((id) => id > 0),
  );
  const data = proposalData(words, { proposal, situation, names, now: ctx.now() });
  return page(visit, 'tables/day/proposal', {
    ...lead,
    ...data,
    layout: 'bare',
    isMeanwhile: data.isMeanwhile || mistakes.status === 409,
    isOpen: data.isOpen && mistakes.status !== 409,
    ...mistakes,
    message: messageFor(visit, messages),
  });
}

const acceptForm = z.object({ option: z.enum(optionNames) });

async function accept(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  await leadOf(visit);
  return submit(visit, acceptForm, {
    act: async ({ option }) => {
      const id = idIn(request, 'proposalId');
      await acceptSeats(ctx, idIn(request), id, { name: option, byId: viewer.id });
      return `${dayOf(visit)}/proposals/${id}?said=accepted`;
    },
    again: (mistakes) => showProposal(visit, mistakes),
    field: 'meanwhile',
  });
}

async function undo(visit: SignedInVisit) {
  const { ctx, request } = visit;
  await leadOf(visit);
  return submit(visit, z.object({}), {
    act: async () => {
      await undoSeats(ctx, idIn(request), idIn(request, 'proposalId'));
      return `${dayOf(visit)}?said=undone`;
    },
    again: (mistakes) => showDay(visit, mistakes),
    field: '',
  });
}
