import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answer } from '../../actions/guests/answer.ts';
import { codeOf } from '../../actions/questions/live.ts';
import { shelfOf } from '../../actions/questions/shelf-name.ts';
import type { Context } from '../../context.ts';
import { isFacilitator, seesGuestList } from '../../domain/access.ts';
import { endOf } from '../../domain/events/times.ts';
import { greetingName } from '../../domain/people/names.ts';
import { builtInFormat } from '../../domain/run-of-show/built-in-formats.ts';
import { orNotFound } from '../../refusal.ts';
import type { EventPage, SharedPage } from '../../store/events/page.ts';
import { wall } from '../../store/questions/wall.ts';
import { readForm, readQuery, saying } from '../../web/forms.ts';
import { cached, slot } from '../../web/kept.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Words } from '../../words.ts';
import { ownData } from '../guests/answer-card.ts';
import { namedField } from '../questions/fields.ts';
import { nowOf } from '../questions/live-view.ts';
import { namelessOf } from '../questions/nameless-view.ts';
import {
  countsOf,
  dayText,
  firstNames,
  firstParagraph,
  keptSeats,
  pictureFor,
  showOf,
  whenOf,
} from './page-view.ts';
import { atBothDoors, type Guest, type GuestVisit } from './visitor.ts';

/** The event as its guests see it: by the link in a letter, or signed in. */
export function eventPageRoutes(app: FastifyInstance, ctx: Context): void {
  const atBoth = atBothDoors(app, ctx);
  atBoth.get('', show);
  atBoth.get('/people', who);
  atBoth.post('/answer', answerIt);
}

const answered = {
  coming: 'You are in. Your seat is yours.',
  waiting: 'Every seat is taken for now. You are on the waiting list.',
  maybe: 'Noted: not sure yet.',
  declined: 'Noted: you can’t come.',
  asked: 'Your question is on the wall.',
  read: 'Sent. A facilitator reads it before it shows on the wall.',
  why: 'Thank you for saying why.',
  needs: 'Noted. Organisers see to it.',
  next: 'We’ve e-mailed you the invitation.',
  substitute: 'Noted. Their invitation is on its way.',
};

const query = z.object({
  change: z.literal('1').optional().catch(undefined),
  answer: z.enum(['yes', 'no']).optional().catch(undefined),
  named: namedField,
});

async function show(visit: GuestVisit) {
  const { ctx, request, guest } = visit;
  const { change, named } = readQuery(request, query);
  return page(visit, 'events/page/show', {
    ...showData(visit, named === '1'),
    now: nowOf(guest.page.shared, await wall(ctx.db, guest.page), ctx.now()),
    ...(await ownData(visit)),
    said: saying(visit, answered),
    change: change === '1',
  });
}

/** Returns the data of the event's page; the question form needs them again when something typed was wrong. */
export function showData(visit: GuestVisit, named = false) {
  const { guest } = visit;
  const { event, topics, questions } = guest.page;
  const data = { ...guestData(visit), named };
  const people = seesGuestList(guest, event) ? comingOf(guest.page) : null;
  const { format, when, answers, departments, organiser } = data;
  const formKey = randomUUID();
  return {
    ...data,
    title: event.name,
    at: guest.page.revision,
    skipTo: '#answer-panel',
    along: ['room-panel', 'answer-dock'],
    // Parts everyone sees alike are cached: they are put together only when the event has changed.
    programme: () => ({
      ...programmeOf(visit.words, guest.page),
      base: data.alike.base,
      people,
      format,
      when,
      answers,
      departments,
      organiser,
    }),
    topics,
    questions,
    people,
    formKey,
    asking: askingOf(guest, data, formKey),
    errors: [],
    typed: {},
  };
}

function programmeOf(words: Words, page: EventPage) {
  return {
    event: page.event,
    show: showOf(page),
    howItRuns: builtInFormat(page.event.format)?.howItRuns ?? '',
    topics: page.topics.map((topic) => ({
      ...topic,
      words: firstParagraph(topic.detail),
      names: firstNames(words, topic.hosts),
    })),
  };
}

function comingOf({ shared }: EventPage) {
  return cached(shared, 'coming', () =>
    seniorsFirst(shared.invitees.filter(({ state }) => state === 'coming')),
  );
}

/** Guests look for their peers; the hosts stand with their tables already. */
function seniorsFirst<P extends { side: string }>(people: P[]): P[] {
  return [
    ...people.filter(({ side }) => side === 'senior'),
    ...people.filter(({ side }) => side !== 'senior'),
  ];
}

/** How what is kept writes its addresses: those who are signed in share them, a personal link is left open. */
function variantByLink(base: string) {
  return { as: 'by link ', base: slot('base'), fill: { base } };
}

/** The form for a question, kept but for what is its reader's own: their address, their name and the key of the form. */
export function askingOf(
  { page: { shared, topics, event, questions }, me }: Guest,
  { alike, nameless, mine, named }: ReturnType<typeof guestData> & { named: boolean },
  formKey: string,
) {
  return {
    of: shared,
    as:
      alike.as + (nameless.live ? 'live ' : '') + (mine === null ? 'onlooker ' : '') + (named ? 'named' : ''),
    data: () => ({
      mine: mine === null ? null : 'invited',
      nameless,
      named,
      topics,
      event,
      questions,
      errors: [],
      typed: {},
      base: alike.base,
      formKey: slot('formKey'),
      me: { name: slot('name') },
    }),
    fill: { ...alike.fill, formKey, name: me.name },
  };
}

/** Returns the data of all pages of an event: name, time, place, and links to its other pages. */
export function guestData({ ctx, guest, words }: GuestVisit) {
  const { shared, event, organisation, organiser, topics, mine } = guest.page;
  const now = ctx.now();
  const facilitates = isFacilitator(guest.me, event) && !guest.byLink;
  const hosting = topics.find(({ hosts }) => hosts.some(({ id }) => id === guest.me.id)) ?? null;
  return {
    layout: 'guest' as const,
    organisation,
    organiser,
    event,
    shared,
    base: guest.base,
    alike: guest.byLink ? variantByLink(guest.base) : { as: '', base: guest.base, fill: {} },
    byLink: guest.byLink,
    manage: guest.isOrganiser ? `/events/${event.id}` : null,
    door: facilitates ? `/events/${event.id}/door` : null,
    live: facilitates ? `/events/${event.id}/live` : null,
    /** By it a phone that opened this letter finds its way from the QR code in the room. */
    code: guest.byLink ? cached(shared, 'code', () => codeOf(ctx, event.id)) : '',
    me: guest.me,
    first: greetingName(guest.me.name),
    mine: mine?.state ?? null,
    hosting,
    nameless: namelessOf(words, shared, now, ctx),
    shelf: mine === null ? '' : shelfOf(ctx, event.id, guest.me.id),
    // A quarter of an hour is the finest step of a time zone: the year on the wall there changes at one of them.
    ...cached(shared, `facts ${Math.floor(now.epochMilliseconds / 900_000)} ${words.language}`, () =>
      factsOf(words, shared, now),
    ),
    isOver: now.epochMilliseconds >= cached(shared, 'end', () => endOf(event).epochMilliseconds),
    seatKept: keptSeats(shared).has(guest.me.id),
    ...pictureFor(words, guest.page, guest.me),
  };
}

function factsOf(words: Words, page: SharedPage, now: Temporal.Instant) {
  const { event, invitees } = page;
  const seniors = invitees.filter(({ side }) => side === 'senior');
  return {
    format: builtInFormat(event.format)?.name ?? '',
    when: whenOf(words, event, now),
    answers: countsOf(page),
    departments: new Set(seniors.map(({ department }) => department)).size,
    answerBy: event.answerBy === null ? null : dayText(words, event.answerBy, event.timeZone, now),
  };
}

const answerForm = z.object({ answer: z.enum(['yes', 'maybe', 'no']) });

async function answerIt({ ctx, request, guest }: GuestVisit) {
  const form = readForm(request, answerForm);
  if (!form.ok) return guest.base;
  const rsvp = await answer(ctx, guest.page.event.id, guest.me.id, form.values.answer);
  return `${guest.base}?said=${rsvp.state}#answer-panel`;
}

/** People on one page of those who have said yes. */
const peopleShown = 60;
const whoQuery = z.object({ page: pageField });

async function who(visit: GuestVisit) {
  const { request, guest, words } = visit;
  const people = orNotFound(seesGuestList(guest, guest.page.event) ? comingOf(guest.page) : null, 'page');
  const at = pageOf(readQuery(request, whoQuery).page, people.length, peopleShown);
  return page(visit, 'guests/people', {
    ...guestData(visit),
    title: words.t('Who has said yes'),
    people: rowsOn(people, at),
    pager: pagerFor(at, (number) => addressWith(`${guest.base}/people`, { page: number })),
  });
}
