import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addSeat } from '../actions/capacity.ts';
import { invite, uninvite, uninviteMany } from '../actions/event-guests.ts';
import { yesesOf } from '../actions/seats.ts';
import type { Context } from '../context.ts';
import { formatNearDay } from '../domain/coming.ts';
import { hasNeeds, noNeeds } from '../domain/needs.ts';
import { plannedReminders } from '../domain/reminders.ts';
import { comingBySide, freeSeats, placeInLine, type Side, takenBySide } from '../domain/waiting-list.ts';
import { wallTimeOf } from '../domain/wall-time.ts';
import * as teams from '../store/event-teams.ts';
import * as needsOf from '../store/needs.ts';
import * as people from '../store/people.ts';
import * as rsvps from '../store/rsvps.ts';
import { idIn, idListField, readForm, readQuery, saying } from '../web/forms.ts';
import { page } from '../web/pages.ts';
import { english } from '../words.ts';
import { reasonWords } from './answer-words.ts';
import { leadOf } from './event-lead.ts';
import { catererOf } from './event-needs.ts';
import { daysOnlySentence, guestMoment } from './guests/moments.ts';
import { undoOf } from './holds.ts';
import { needsInWords } from './needs-fields.ts';

const { t } = english;
const pageSize = 50;

/** Who comes to an event and who does not, for its organisers. */
export function eventPeopleRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'organiser' } as const;
  app.get('/events/:id/people', { config }, (request, reply) => show(ctx, request, reply));
  app.post('/events/:id/invitations', { config }, (request, reply) => inviteThem(ctx, request, reply));
  app.post('/events/:id/seats', { config }, (request, reply) => oneMoreSeat(ctx, request, reply));
  app.post('/events/:id/people/removal', { config }, (request, reply) => removeThem(ctx, request, reply));
  app.post('/events/:id/people/:personId/removal', { config }, (request, reply) =>
    remove(ctx, request, reply),
  );
}

const said = {
  invited: 'Added to the list.',
  removed: 'Taken off the list.',
  seat: 'One seat more. Whoever waited longest has it.',
  answered: 'Noted.',
  substitute: 'Noted. The invitation is on its way.',
};

const query = z.object({
  show: z.enum(['coming', 'declined', 'list']).catch('coming'),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
  q: z.string().max(100).catch(''),
  add: z.literal('1').optional().catch(undefined),
});

async function show(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const lead = await leadOf(ctx, request);
  const { event } = lead;
  const invitees = await rsvps.invitees(ctx.db, event.id);
  const asked = readQuery(request, query);
  const chosen = { ...asked, show: event.state === 'draft' ? ('list' as const) : asked.show };
  const rows = await rowsOf(ctx, lead, invitees);
  const of = (state: string) => rows.filter((row) => row.state === state);
  const list = chosen.show === 'list' ? rows : of(chosen.show);
  const at = Math.min(chosen.page, Math.max(1, Math.ceil(list.length / pageSize)));
  return page(reply, 'event-people/index', {
    ...lead,
    title: t('People of {name}', { name: event.name }),
    chosen,
    room: roomWords(event, invitees),
    daysOnly: event.state === 'draft' ? '' : daysOnlySentence(event),
    rows: list.slice((at - 1) * pageSize, at * pageSize),
    pager: pagerFor(event.id, chosen.show, at, list.length),
    counts: {
      coming: of('coming').length,
      invited: of('invited').length,
      maybe: of('maybe').length,
      declined: of('declined').length,
      waiting: of('waiting').length,
    },
    all: rows.length,
    open: [...of('invited'), ...of('maybe')],
    leftAloneUntil: leftAloneUntil(event, ctx.now()),
    line: { senior: inLine(rows, 'senior'), talent: inLine(rows, 'talent') },
    answerBy: event.answerBy === null ? null : formatNearDay(event.answerBy),
    ...(await catererOf(ctx, event, invitees)),
    undo: await undoOf(ctx, event.id),
    others: await othersFor(ctx, invitees, chosen.q),
    said: saying(request, said),
  });
}

/** The day on which those who are not sure are asked again, while it lies ahead. */
function leftAloneUntil(event: Lead['event'], now: Temporal.Instant): string | null {
  if (event.publishedAt === null) return null;
  const planned = plannedReminders({ ...event, prepareBy: null, publishedAt: event.publishedAt });
  const at = planned.find(({ kind }) => kind === 'maybe')?.at;
  if (!at || Temporal.Instant.compare(at, now) <= 0) return null;
  return formatNearDay(wallTimeOf(at, event.timeZone));
}

type Lead = Awaited<ReturnType<typeof leadOf>>;

/** One row for each on the list, with everything the page says of them. */
async function rowsOf(ctx: Context, { event }: Lead, invitees: rsvps.Invitee[]) {
  const [needs, hosting] = [await needsOf.ofEvent(ctx.db, event.id), await teams.hostingAt(ctx.db, event.id)];
  const names = new Map(invitees.map(({ personId, name }) => [personId, name]));
  const yeses = yesesOf(invitees);
  const moment = (at: Temporal.Instant | null) => guestMoment(at, event, ctx.now());
  return invitees.map((one) => ({
    ...one,
    hosts: hosting.get(one.personId)?.table ?? null,
    answered: moment(one.answeredAt),
    invited: moment(one.invitedAt),
    keptUntil: moment(one.seatKeptUntil),
    inPlaceOf: one.inPlaceOfId === null ? '' : (names.get(one.inPlaceOfId) ?? ''),
    needs: hasNeeds(needs.get(one.personId) ?? noNeeds) ? needsInWords(needs.get(one.personId)!) : '',
    reason: reasonWords(one.because),
    place: placeInLine(yeses, one.personId),
  }));
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function inLine(rows: Row[], side: Side): Row[] {
  return rows
    .filter((row) => row.state === 'waiting' && row.side === side)
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
}

/** Seats of each side: taken, kept, free and waited for. */
function roomWords(event: Lead['event'], invitees: rsvps.Invitee[]) {
  const yeses = yesesOf(invitees);
  const [coming, taken] = [comingBySide(yeses), takenBySide(yeses)];
  const room = {
    capacity: event.capacity,
    bySide: { senior: event.seniorCapacity, talent: event.talentCapacity },
  };
  const side = (name: Side) => ({
    coming: coming[name],
    kept: taken[name] - coming[name],
    of: room.bySide[name],
    free: freeSeats(room, yeses, name),
    waiting: yeses.filter((yes) => yes.state === 'waiting' && yes.side === name).length,
  });
  return {
    coming: coming.senior + coming.talent,
    of: event.capacity,
    senior: side('senior'),
    talent: side('talent'),
  };
}

function pagerFor(eventId: number, shown: string, at: number, count: number) {
  if (count <= pageSize) return null;
  const first = (at - 1) * pageSize + 1;
  const last = Math.min(count, at * pageSize);
  const address = (n: number) => `/events/${eventId}/people?show=${shown}&page=${n}`;
  return {
    text: t('{first} to {last} of {n}', { first, last, n: count }),
    ...(at > 1 ? { back: address(at - 1) } : {}),
    ...(last < count
      ? { next: address(at + 1), nextText: t('Next {n}', { n: Math.min(pageSize, count - last) }) }
      : {}),
  };
}

/** Whoever could be invited too, and is called that. */
async function othersFor(ctx: Context, invitees: rsvps.Invitee[], q: string): Promise<people.Person[]> {
  const here = new Set(invitees.map(({ personId }) => personId));
  const wanted = q.trim().toLocaleLowerCase();
  return (await people.active(ctx.db)).filter(
    ({ id, name, department }) =>
      !here.has(id) && `${name} ${department}`.toLocaleLowerCase().includes(wanted),
  );
}

const chosenPeople = z.object({ person: idListField });

async function inviteThem(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, chosenPeople);
  if (!form.ok || form.values.person.length === 0)
    return reply.redirect(`/events/${id}/people?add=1#add`, 303);
  const able = (await people.findMany(ctx.db, form.values.person)).filter(
    ({ disabledAt }) => disabledAt === null,
  );
  await invite(
    ctx,
    id,
    able.map((person) => person.id),
    { held: true },
  );
  return reply.redirect(`/events/${id}/people?said=invited`, 303);
}

const seatForm = z.object({ side: z.enum(['senior', 'talent']) });

async function oneMoreSeat(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, seatForm);
  if (!form.ok) return reply.redirect(`/events/${id}/people#waiting`, 303);
  await addSeat(ctx, id, form.values.side);
  return reply.redirect(`/events/${id}/people?said=seat#waiting`, 303);
}

/** Several at once: each of them hears of it, as if they had been taken off one by one. */
async function removeThem(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, chosenPeople);
  if (!form.ok || form.values.person.length === 0) return reply.redirect(`/events/${id}/people`, 303);
  await uninviteMany(ctx, id, form.values.person, { held: true });
  return reply.redirect(`/events/${id}/people?said=removed`, 303);
}

async function remove(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await uninvite(ctx, id, idIn(request, 'personId'));
  return reply.redirect(`/events/${id}/people?said=removed`, 303);
}
