import { z } from 'zod';
import { addSeat } from '../../actions/guests/add-seat.ts';
import { invite, uninvite, uninviteMany } from '../../actions/guests/list.ts';
import { yesesOf } from '../../actions/guests/seats.ts';
import { planOf } from '../../actions/letters/planned.ts';
import type { Context } from '../../context.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { isOver } from '../../domain/events/times.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { hasNeeds, noNeeds } from '../../domain/guests/needs.ts';
import { placeInLine, type Side } from '../../domain/guests/waiting-list.ts';
import * as teams from '../../store/events/teams.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import * as needsOf from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as list from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import { idIn, idListField, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { press } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { listed as inList, localeOf, type Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { undoOf } from '../letters/holds.ts';
import { reasonWords } from './answer-words.ts';
import { catererOf } from './caterer.ts';
import { listWords, noteOf, roomWords } from './list-view.ts';
import { daysOnlySentence, guestMoment } from './moments.ts';
import { needsInWords } from './needs-fields.ts';

const pageSize = 20;

/** Registers the guest list for organisers: who comes to an event and who does not. */
export function eventPeopleRoutes(at: Pages): void {
  at.get('/events/:id/people', 'organiser', show);
  at.post('/events/:id/invitations', 'organiser', press(chosenPeople, inviteThem));
  at.post('/events/:id/seats', 'organiser', press(seatForm, oneMoreSeat));
  at.post('/events/:id/people/removal', 'organiser', press(chosenPeople, removeThem));
  at.post('/events/:id/people/:personId/removal', 'organiser', remove);
}

const messages = {
  invited: 'Added to the list.',
  removed: 'Taken off the list.',
  seat: 'One more seat. The person who waited longest has it.',
  answered: 'Noted.',
  substitute: 'Noted. The invitation is on its way.',
};

const query = z.object({
  show: z.enum(['coming', 'declined', 'list']).catch('coming'),
  side: z.enum(['senior', 'talent', '']).catch(''),
  page: pageField,
  /** Pages of those who have not answered, and of the waiting lists. */
  open: pageField,
  waiting: pageField,
  q: z.string().max(100).catch(''),
  add: z.literal('1').optional().catch(undefined),
});

async function show(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const invitees = await rsvps.invitees(ctx.db, event.id);
  const asked = readQuery(request, query);
  const chosen = { ...asked, show: event.state === 'draft' ? ('list' as const) : asked.show };
  const wordsFor = await rowWords(visit, lead, invitees);
  return page(visit, 'guests/index', {
    ...lead,
    title: words.t('People of {name}', { name: event.name }),
    chosen,
    room: roomWords(words, event, invitees),
    daysOnly: event.state === 'draft' ? '' : daysOnlySentence(words, event),
    ...listsOf(event.id, invitees, wordsFor, chosen),
    ...listWords(words, event, isOver(event, ctx.now()), invitees, chosen.show),
    all: invitees.length,
    sides: sideChips(words, event.id, chosen),
    leftAloneUntil: await leftAloneUntil(words, event, ctx.now()),
    answerBy: event.answerBy === null ? null : formatNearDay(event.answerBy, localeOf(words)),
    ...(await catererOf(visit, event, invitees)),
    undo: await undoOf(visit, event.id),
    ...(await othersFor(ctx, event.id, chosen.q)),
    stopped: inList(await stops.names(ctx.db, event.programmeId, mostOthers), words),
    message: messageFor(visit, messages),
  });
}

/** One page of each list, with how many there are of each answer. */
function listsOf(
  eventId: number,
  invitees: rsvps.Invitee[],
  wordsFor: (one: rsvps.Invitee) => Row,
  chosen: z.output<typeof query>,
) {
  const of = (state: string) => invitees.filter((one) => one.state === state);
  const { side } = chosen;
  const onSide = (list: rsvps.Invitee[]) => list.filter((one) => side === '' || one.side === side);
  const base = `/events/${eventId}/people`;
  const listed = onSide(chosen.show === 'list' ? invitees : of(chosen.show));
  const at = pageOf(chosen.page, listed.length, pageSize);
  const show = chosen.show === 'coming' ? '' : chosen.show;
  const unanswered = onSide([...of('invited'), ...of('maybe')]);
  const openAt = pageOf(chosen.open, unanswered.length, pageSize);
  const openAddress = (open: number) => `${addressWith(base, { side, open: open > 1 ? open : '' })}#open`;
  return {
    counts: {
      coming: of('coming').length,
      invited: of('invited').length,
      maybe: of('maybe').length,
      declined: of('declined').length,
      waiting: of('waiting').length,
    },
    rows: rowsOn(listed, at)
      .map(wordsFor)
      .map((row) => ({ ...row, second: secondOf(row, chosen.show) })),
    pager: pagerFor(at, (number) => addressWith(base, { show, side, page: number })),
    open: rowsOn(unanswered, openAt).map(wordsFor),
    openPager: pagerFor(openAt, openAddress),
    ...waitingData(eventId, of('waiting').map(wordsFor), chosen.waiting),
  };
}

/** Filters by side, each beside the answers that are shown. */
function sideChips({ t }: Words, eventId: number, { show, side }: z.output<typeof query>) {
  const chip = (text: string, value: typeof side) => ({
    text,
    href: addressWith(`/events/${eventId}/people`, { show: show === 'coming' ? '' : show, side: value }),
    current: side === value,
  });
  return [
    chip(t('Both sides'), ''),
    chip(t('Senior managers'), 'senior'),
    chip(t('Young talents'), 'talent'),
  ];
}

/** Returns what the second column says of somebody. */
function secondOf(row: Row, show: string): string {
  if (show === 'declined') return row.reason;
  return (show === 'list' ? row.department : row.answered) ?? '';
}

/** The day on which those who are not sure are asked again, while it lies ahead. */
async function leftAloneUntil(
  words: Words,
  event: Lead['event'],
  now: Temporal.Instant,
): Promise<string | null> {
  const at = (await planOf(event)).find(({ kind }) => kind === 'maybe')?.at;
  if (!at || Temporal.Instant.compare(at, now) <= 0) return null;
  return formatNearDay(wallTimeOf(at, event.timeZone), localeOf(words));
}

type Lead = Awaited<ReturnType<typeof leadOf>>;

/** Everything the page says of somebody on the list. */
async function rowWords({ ctx, words }: SignedInVisit, { event }: Lead, invitees: rsvps.Invitee[]) {
  const [needs, hosting] = [await needsOf.ofEvent(ctx.db, event.id), await teams.hostingAt(ctx.db, event.id)];
  const names = new Map(invitees.map(({ personId, name }) => [personId, name]));
  const tableOf = (id: number) => (event.shape === 'tables' ? (hosting.get(id)?.table ?? null) : null);
  const yeses = yesesOf(invitees);
  const moment = (at: Temporal.Instant | null) => guestMoment(words, at, event, ctx.now());
  return (one: rsvps.Invitee) => ({
    ...one,
    hosts: tableOf(one.personId),
    answered: moment(one.answeredAt),
    invited: moment(one.invitedAt),
    keptUntil: moment(one.seatKeptUntil),
    inPlaceOf: one.inPlaceOfId === null ? '' : (names.get(one.inPlaceOfId) ?? ''),
    needs: hasNeeds(needs.get(one.personId) ?? noNeeds) ? needsInWords(words, needs.get(one.personId)!) : '',
    reason: reasonWords(words, one.because),
    place: placeInLine(yeses, one.personId),
    note: noteOf(words, one, tableOf(one.personId), names.get(one.inPlaceOfId ?? 0) ?? ''),
  });
}

type Row = ReturnType<Awaited<ReturnType<typeof rowWords>>>;

/** The waiting lists of both sides; the same page of each, and links where the longer one goes on. */
function waitingData(eventId: number, rows: Row[], asked: number) {
  const inLine = (side: Side) =>
    rows.filter((row) => row.side === side).sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  const lines = { senior: inLine('senior'), talent: inLine('talent') };
  const at = pageOf(asked, Math.max(lines.senior.length, lines.talent.length), pageSize);
  const address = (page: number) =>
    `${addressWith(`/events/${eventId}/people`, { waiting: page > 1 ? page : '' })}#waiting`;
  return {
    line: { senior: rowsOn(lines.senior, at), talent: rowsOn(lines.talent, at) },
    lineLengths: { senior: lines.senior.length, talent: lines.talent.length },
    /** The one who has waited longest on each side. */
    lineFirst: { senior: lines.senior[0]?.name ?? '', talent: lines.talent[0]?.name ?? '' },
    linePager: pagerFor(at, address),
  };
}

/** How many people who could be invited too are shown at once; a search finds the others. */
const mostOthers = 50;

/** Finds people who could be invited too, with these words in their name, department or title. */
async function othersFor(ctx: Context, eventId: number, q: string) {
  const filter = { find: q, side: '', department: '', only: 'active', notInvitedTo: eventId } as const;
  const found = await list.list(ctx.db, filter, { offset: 0, limit: mostOthers + 1 });
  return { others: found.slice(0, mostOthers), hasMoreOthers: found.length > mostOthers };
}

const chosenPeople = z.object({ person: idListField });
type Chosen = z.output<typeof chosenPeople>;

async function inviteThem({ ctx, request }: SignedInVisit, { person: chosen }: Chosen) {
  const id = idIn(request);
  if (chosen.length === 0) return `/events/${id}/people?add=1#add`;
  const found = await people.findMany(ctx.db, chosen);
  const able = found.filter(({ disabledAt }) => disabledAt === null).map((person) => person.id);
  await invite(ctx, id, able, { held: true });
  return `/events/${id}/people?said=invited`;
}

const seatForm = z.object({ side: z.enum(['senior', 'talent']) });

async function oneMoreSeat({ ctx, request }: SignedInVisit, { side }: z.output<typeof seatForm>) {
  const id = idIn(request);
  await addSeat(ctx, id, side);
  return `/events/${id}/people?said=seat#waiting`;
}

/** Several at once: each of them hears of it, as if they had been taken off one by one. */
async function removeThem({ ctx, request }: SignedInVisit, { person: chosen }: Chosen) {
  const id = idIn(request);
  if (chosen.length === 0) return `/events/${id}/people`;
  await uninviteMany(ctx, id, chosen, { held: true });
  return `/events/${id}/people?said=removed`;
}

async function remove({ ctx, request }: SignedInVisit) {
  const id = idIn(request);
  await uninvite(ctx, id, idIn(request, 'personId'));
  return `/events/${id}/people?said=removed`;
}
