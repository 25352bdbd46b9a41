import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { answer, takeBackNo } from '../../actions/guests/answer.ts';
import { takeOfferedSeat } from '../../actions/guests/offered-seat.ts';
import { codeOf } from '../../actions/questions/room-codes.ts';
import { shelfName } from '../../actions/questions/shelf-name.ts';
import { isFacilitator, isHost, seesGuestList } from '../../domain/access.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { notesOpenHours } from '../../domain/notes/notes.ts';
import { canName, fixedAt } from '../../domain/pairs/chemistry.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { linesFor } from '../../domain/settings/programme.ts';
import { orNotFound } from '../../refusal.ts';
import { wall } from '../../store/questions/wall.ts';
import { messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { press } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { cardOf, ownData } from '../guests/answer-card.ts';
import { namedField } from '../questions/fields.ts';
import { nowOf } from '../questions/live-view.ts';
import { namelessAt, namelessIn } from '../questions/nameless-view.ts';
import { wallRules } from '../questions/wall-view.ts';
import { ownPart } from '../run-of-show/part-view.ts';
import { noticeOfEvent } from '../settings/ended-seasons.ts';
import { acceptAtEvent, acceptOf } from '../settings/ground-rules.ts';
import { aboutProgramme } from '../settings/programme-view.ts';
import { tableOfHost } from '../tables/seat-view.ts';
import { hostOf, questionsOfHost } from './host-view.ts';
import { ownTimeOf } from './own-time-view.ts';
import { keptSeats, pictureFor, timesOf } from './page-view.ts';
import { askingFor, comingOf, factsOf, programme, yearAt } from './programme-view.ts';
import { addressesFor, atBothDoors, type GuestVisit } from './visitor.ts';

/** The event as its guests see it: by the link in a letter, or signed in. */
export function eventPageRoutes(at: Pages): void {
  const atBoth = atBothDoors(at);
  atBoth.get('', (visit) => (isHostOf(visit) ? showToHost(visit) : show(visit)));
  atBoth.get('/as-guests', show);
  atBoth.get('/people', who);
  atBoth.post('/answer', press(answerForm, answerIt));
  atBoth.post('/answer/taken-back', takeItBack);
  atBoth.post('/seat-offered', takeSeat);
  atBoth.post('/rules', acceptAtEvent);
}

const answered = {
  coming: 'You’re in. We’ve saved your seat.',
  waiting: 'Every seat is taken for now. You are on the waiting list.',
  maybe: 'Noted: not sure yet.',
  declined: 'Noted: you can’t come.',
  back: 'Taken back. You haven’t answered yet.',
  asked: 'Your question is on the wall.',
  read: 'Sent. A facilitator reads it before it shows on the wall.',
  why: 'Thank you for saying why.',
  needs: 'Noted. The organisers will see to it.',
  next: 'We’ve e-mailed you the invitation.',
  rules: 'Thanks, noted.',
  substitute: 'Noted. Their invitation is on its way.',
};

/** A host has no seat to be told of. */
const answeredByHost = {
  coming: 'You’re hosting. Thank you.',
  waiting: 'Enough hosts have said yes for now. You’re on the waiting list.',
  preparing: 'Yours. Guests see that the team prepares it.',
  'given-back': 'Given back. Someone else can take it.',
};

const query = z.object({
  change: z.literal('1').optional().catch(undefined),
  answer: z.enum(['yes', 'no']).optional().catch(undefined),
  named: namedField,
});

const isHostOf = ({ guest: { me, page: on } }: GuestVisit) => isHost(me, on.event, on.mine !== null);

/** Questions on the host's page; the wall has them all. */
const hostsQuestions = 6;

async function showToHost(visit: GuestVisit) {
  const { ctx, guest, words } = visit;
  const all = await wall(ctx.db, guest.page);
  const waiting = questionsOfHost(guest.page, guest.me, all);
  return page(visit, 'events/host/show', {
    ...guestData(visit),
    ...(await ownData(visit)),
    part: ownPart(guest.page, guest.me),
    tableRounds: await tableOfHost(visit),
    title: guest.page.event.name,
    at: guest.page.revision,
    host: hostOf(words, guest.page, guest.me, ctx.now()),
    now: nowOf(guest.page.shared, all, ctx.now()),
    talliesHidden: wallRules(guest.page.shared, guest.isOrganiser, ctx.now()).talliesHidden,
    questions: waiting.slice(0, hostsQuestions),
    questionsTotal: waiting.length,
    skipTo: '#main',
    message: messageFor(visit, { ...answered, ...answeredByHost }),
  });
}

async function show(visit: GuestVisit) {
  const { ctx, request, guest } = visit;
  const { change, named, answer: ready } = readQuery(request, query);
  const data = {
    ...showData(visit, named === '1'),
    ...(await ownData(visit)),
    part: ownPart(guest.page, guest.me),
    change: change === '1',
  };
  return page(visit, 'events/page/show', {
    ...data,
    now: nowOf(guest.page.shared, await wall(ctx.db, guest.page), ctx.now()),
    message: messageFor(visit, answered),
    // A button of an e-mail answers nothing by itself: mail scanners follow links.
    card: cardOf(visit.words, { ...data, ready }),
  });
}

/** Returns the data of the event's page; the question form needs them again when something typed was wrong. */
export function showData(visit: GuestVisit, named = false) {
  const { guest, words } = visit;
  const { shared, event, topics, questions } = guest.page;
  const data = { ...guestData(visit), named };
  const people = seesGuestList(guest, event) ? comingOf(shared) : null;
  const { base, fill } = addressesFor(guest);
  const formKey = randomUUID();
  return {
    ...data,
    title: event.name,
    at: guest.page.revision,
    skipTo: '#answer-panel',
    along: ['room-panel', 'answer-dock'],
    programme: programme(shared, { base, year: data.year, showsPeople: people !== null }, words, fill),
    about: aboutProgramme(guest.page.programme, guest.me.side),
    topics,
    questions,
    people,
    formKey,
    asking: askingFor(visit, named, formKey),
    errors: [],
    typed: {},
  };
}

/** Returns the data of all pages of an event: name, time, place, and links to its other pages. */
export function guestData({ ctx, guest, words }: GuestVisit) {
  const { shared, event, organisation, organiser, mine } = guest.page;
  const now = ctx.now();
  const facilitates = isFacilitator(guest.me, event) && !guest.byLink;
  const hosts = isHost(guest.me, event, mine !== null);
  const year = yearAt(shared, now);
  return {
    layout: 'guest' as const,
    organisation,
    season: noticeOfEvent(words, guest.page),
    help: linesFor(guest.page.programme.contacts, guest.me.side),
    accept: acceptOf(words, guest),
    organiser,
    event,
    base: guest.base,
    byLink: guest.byLink,
    manage: guest.isOrganiser ? `/events/${event.id}` : null,
    door: facilitates ? `/events/${event.id}/door` : null,
    live: facilitates ? `/events/${event.id}/live` : null,
    /** By it a phone that opened this letter finds its way from the QR code in the room. */
    code: guest.byLink ? codeOf(ctx, event.id) : '',
    me: guest.me,
    ownTime: ownTimeOf(words, shared, guest.me.timeZone),
    first: greetingOf(guest.me),
    mine: mine?.state ?? null,
    /** For hosts alone: they have a page of their own, beside what guests see. */
    host: hosts ? { tab: event.shape === 'tables' ? words.t('Your table') : words.t('Your part') } : null,
    seatHref: hosts ? null : seatHref(guest),
    eveningHref: eveningHref(guest, hosts, now),
    goOn: goOnOf(guest, now, words),
    guestsHref: seesGuestList(guest, event) ? `${guest.base}/people` : null,
    nameless: namelessIn(shared, namelessAt(shared, ctx), words),
    shelf: mine === null ? '' : shelfName(ctx, event.id, guest.me.id),
    year,
    ...factsOf(shared, { year }, words),
    isOver: now.epochMilliseconds >= timesOf(shared).end.epochMilliseconds,
    seatKept: keptSeats(shared).has(guest.me.id),
    ...pictureFor(words, guest.page, guest.me),
  };
}

/** Address of the phone's page for the evening itself, for those who come, from an hour before it until its end. */
function eveningHref({ page: on, base }: GuestVisit['guest'], hosts: boolean, now: Temporal.Instant) {
  const { start, end } = timesOf(on.shared);
  const isOn =
    Temporal.Instant.compare(now, start.subtract({ hours: notesOpenHours })) >= 0 &&
    Temporal.Instant.compare(now, end) < 0;
  if (!isOn || on.event.state !== 'published' || on.mine?.state !== 'coming') return null;
  return hosts ? `${base}/hosting` : `${base}/now`;
}

/** The way to naming people whom a guest would like to go on talking with, for as long as they can; null else. */
function goOnOf({ page: on, base }: GuestVisit['guest'], now: Temporal.Instant, words: Words) {
  const { event, mine, shared } = on;
  const isOver = now.epochMilliseconds >= timesOf(shared).end.epochMilliseconds;
  if (!isOver || mine?.state !== 'coming' || !canName(event, now)) return null;
  const until = wallTimeOf(fixedAt(event), event.timeZone);
  const day = formatNearDay(until, localeOf(words));
  return { href: `${base}/go-on`, until: `${day}, ${until.slice(11, 16)}` };
}

/** Address of the tables of a guest who comes, once these are published. */
function seatHref({ page: { shared, mine }, base }: GuestVisit['guest']): string | null {
  const comes = mine?.state === 'coming' || mine?.state === 'maybe';
  return shared.hasTables && comes ? `${base}/seat` : null;
}

const answerForm = z.object({ answer: z.enum(['yes', 'maybe', 'no']) });

async function answerIt({ ctx, guest }: GuestVisit, values: z.output<typeof answerForm>) {
  const rsvp = await answer(ctx, guest.page.event.id, guest.me.id, values.answer);
  return `${guest.base}?said=${rsvp.state}#answer-panel`;
}

/** People on one page of those who have said yes. */
const peopleShown = 60;
const whoQuery = z.object({ page: pageField });

async function takeItBack({ ctx, guest }: GuestVisit) {
  const { state } = await takeBackNo(ctx, guest.page.event.id, guest.me.id);
  return `${guest.base}?said=${state === 'invited' ? 'back' : state}#answer-panel`;
}

async function takeSeat({ ctx, guest }: GuestVisit) {
  await takeOfferedSeat(ctx, guest.page.event.id, guest.me.id);
  return `${guest.base}?said=coming#answer-panel`;
}

async function who(visit: GuestVisit) {
  const { request, guest, words } = visit;
  const people = orNotFound(
    seesGuestList(guest, guest.page.event) ? comingOf(guest.page.shared) : null,
    'page',
  );
  const at = pageOf(readQuery(request, whoQuery).page, people.length, peopleShown);
  return page(visit, 'guests/people', {
    ...guestData(visit),
    title: words.t('Who has said yes'),
    people: rowsOn(people, at),
    pager: pagerFor(at, (number) => addressWith(`${guest.base}/people`, { page: number })),
  });
}
