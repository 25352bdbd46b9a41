// An event as its hosts see it: their table or part, their team, the questions waiting, and when to be there.

import { hostsArriveAt } from '../../domain/events/host-arrival.ts';
import { isOver } from '../../domain/events/times.ts';
import { drawRoom } from '../../domain/tables/room-picture.ts';
import { type Room, seatsFor } from '../../domain/tables/room-seats.ts';
import type { EventPage, PagePerson, PageTopic } from '../../store/events/page.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import { roomPicture } from '../../web/pictures.ts';
import { listed, type Words } from '../../words.ts';
import { countsOf, daysUntil, firstNames, showOf } from './page-view.ts';

interface Me {
  id: number;
  name: string;
}

/** Tables or topics of the host's own teams at this event, the lowest number first. */
export function topicsOfHost({ topics }: Pick<EventPage, 'topics'>, me: Me): PageTopic[] {
  return topics.filter(({ hosts }) => hosts.some(({ id }) => id === me.id));
}

/** Lists this person and all who host beside them: their teams, or everyone on the panel who has not said no. */
function colleaguesOf(page: EventPage, me: Me, own: readonly PageTopic[]): Colleague[] {
  const invited = new Map(page.invitees.map((one) => [one.id, one]));
  const panel = page.invitees.filter(({ side, state }) => side === 'talent' && state !== 'declined');
  const team = own.flatMap(({ hosts }) => hosts);
  const together = page.event.shape === 'panel' || team.length === 0 ? [...team, ...panel] : team;
  const others = [...new Map(together.map((one) => [one.id, one])).values()].filter(({ id }) => id !== me.id);
  return [{ id: me.id, name: me.name }, ...others].map(({ id, name }) => ({ id, name, on: invited.get(id) }));
}

interface Colleague {
  id: number;
  name: string;
  on: PagePerson | undefined;
}

/** Returns all that only the host's page shows. */
export function hostOf(words: Words, page: EventPage, me: Me, now: Temporal.Instant) {
  const own = topicsOfHost(page, me);
  const team = colleaguesOf(page, me, own);
  const isTables = page.event.shape === 'tables';
  const table = isTables ? (own[0]?.number ?? null) : null;
  const others = team.filter(({ id }) => id !== me.id);
  const headings = headingOf(words, page, own);
  return {
    table,
    tab: isTables ? words.t('Your table') : words.t('Your part'),
    ...headings,
    heading: headingNow(words, page, headings, now),
    lede: ledeOf(words, page, own, others),
    soon: soonText(words, page, now),
    arriveAt: hostsArriveAt(page.event).toPlainTime().toString({ smallestUnit: 'minute' }),
    times: timesOf(page),
    team: team.map((one) => memberOf(words, one, me)),
    picture: isTables ? tablePicture(words, page, team, table) : null,
    guests: guestsOf(page),
    questionsFor: table === null ? words.t('Questions waiting') : words.t('Questions for your table'),
  };
}

/** Returns the heading as things stand now. */
function headingNow(
  { t }: Words,
  { event, mine }: EventPage,
  { asks, hosts }: { asks: string; hosts: string },
  now: Temporal.Instant,
): string {
  if (event.state === 'cancelled') return t('This event is cancelled');
  if (isOver(event, now)) return t('This event is over');
  if (mine?.state === 'coming') return hosts;
  if (mine?.state === 'waiting') return t('You are on the waiting list');
  return mine?.state === 'declined' ? t('You can’t host') : asks;
}

/** Returns the headings of the page before and after the answer, and the words of the yes. */
function headingOf(words: Words, page: EventPage, own: readonly PageTopic[]) {
  const { t } = words;
  const { event } = page;
  const report = showOf(page).blocks.find(({ kind }) => kind === 'report')?.at;
  if (event.shape === 'panel')
    return { asks: t('Can you join the panel?'), hosts: t('You’re on the panel'), yes: t('I’ll be there') };
  if (event.shape === 'room')
    return {
      asks: report ? t('Can you report at {time}?', { time: report }) : t('Can you report?'),
      hosts: report ? t('Your team reports at {time}', { time: report }) : t('Your team reports'),
      yes: t('I’ll be there'),
    };
  const [first, ...more] = own.map(({ number }) => String(number));
  if (first === undefined)
    return { asks: t('Can you host a table?'), hosts: t('You host a table'), yes: t('I’ll host') };
  if (more.length === 0)
    return {
      asks: t('Can you host table {n}?', { n: first }),
      hosts: t('Table {n} is yours', { n: first }),
      yes: t('I’ll host'),
    };
  const tables = listed([first, ...more], words);
  return {
    asks: t('Can you host tables {tables}?', { tables }),
    hosts: t('Tables {tables} are yours', { tables }),
    yes: t('I’ll host'),
  };
}

function ledeOf(words: Words, page: EventPage, own: readonly PageTopic[], others: readonly Colleague[]) {
  const { t } = words;
  const topics = own.length > 0 || page.event.shape === 'tables' ? own : page.topics;
  const about = topics.map(({ sentence }) => sentence).join('; ');
  const names = firstNames(words, others.slice(0, 5));
  const who = names === '' ? '' : t('With {names}.', { names });
  const how = {
    tables: t('You stay at your table and guests come to you.'),
    panel: t('You answer what was sent ahead, then what the room asks. No slides.'),
    room: t('Your report is short; the rest of the time is for questions.'),
    pair: '',
  }[page.event.shape];
  return { about, how: [who, how].filter(Boolean).join(' ') };
}

function soonText({ t, tn }: Words, page: EventPage, now: Temporal.Instant): string {
  const days = daysUntil(page.event, now);
  if (days < 0) return page.event.name;
  if (days === 0) return t('{event}, today', { event: page.event.name });
  if (days === 1) return t('{event}, tomorrow', { event: page.event.name });
  return tn(days, '{event}, in {n} day', '{event}, in {n} days', { event: page.event.name });
}

/** Everything with a time of its own but for the moves between rounds: those begin where a round ends. */
function timesOf(page: EventPage) {
  const { blocks, ends } = showOf(page);
  const rows = blocks.map(({ title, kind, at }, index) => ({
    title,
    kind,
    from: at ?? '',
    to: blocks[index + 1]?.at ?? ends ?? '',
  }));
  return rows.filter(({ kind }) => kind !== 'move');
}

function memberOf({ t }: Words, { id, name, on }: Colleague, me: Me) {
  const answer = { coming: t('Said yes'), declined: t('Can’t come') } as Record<string, string>;
  const said = id === me.id ? t('You') : (answer[on?.state ?? ''] ?? '');
  return { name, note: [said, on?.department ?? ''].filter(Boolean).join('. ') };
}

/** Most guest seats that the picture of one table has room for. */
const mostGuestSeats = 14;

/** Own table alone: its hosts, oneself among them, and the guests' seats that a round is likely to have. */
function tablePicture(words: Words, page: EventPage, team: readonly Colleague[], table: number | null) {
  const others = team.slice(1).filter(({ on }) => on && on.state !== 'declined');
  const tables = Math.max(1, page.topics.length);
  const guestSeats = Math.min(mostGuestSeats, Math.ceil(page.event.seniorCapacity / tables));
  const hosts = others.length + 1;
  const [plan] = seatsFor([{ number: table ?? 1, hosts }], { seniors: 0, guestSeats });
  const own = plan!.seats.findIndex(({ kind }) => kind === 'talent');
  const seats = plan!.seats.map((seat, at) => (at === own ? ({ kind: 'self' } as const) : seat));
  const room: Room = { shape: 'tables', tables: [{ number: table ?? 1, seats }], layout: 'alone' };
  const label =
    table === null
      ? words.t('A table with its hosts. Guests are seated later.')
      : words.t('Table {n} with its hosts. Guests are seated later.', { n: table });
  return { drawing: roomPicture(drawRoom(room, 'large', words.t('You')), label), hosts };
}

/** Counts the senior managers who come, and how many of each department where guests may see who comes. */
function guestsOf(page: EventPage) {
  const { coming, invited } = countsOf(page);
  const people = page.invitees.filter(({ side, state }) => side === 'senior' && state === 'coming');
  const grouped = Map.groupBy(people, ({ department }) => department);
  const departments = [...grouped]
    .filter(([name]) => name !== '')
    .map(([name, list]) => ({ name, n: list.length }))
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
  return { coming: coming.senior, invited: invited.senior, departments: departments.slice(0, 8) };
}

/** Questions a host may prepare: open ones for their tables or for any, where there are tables; else all open ones. */
export function questionsOfHost(page: EventPage, me: Me, all: readonly WallQuestion[]): WallQuestion[] {
  const open = all.filter(({ state }) => state === 'wall' || state === 'table');
  if (page.event.shape !== 'tables') return open;
  const own = new Set<number | null>([null, ...topicsOfHost(page, me).map(({ id }) => id)]);
  return open.filter(({ topicId }) => own.has(topicId));
}
