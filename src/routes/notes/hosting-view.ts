// All that a host's phone shows during the evening.
import { editionOf } from '../../actions/edition.ts';
import { startOf } from '../../domain/events/times.ts';
import { notesBelow, noteToSay } from '../../domain/notes/harvest.ts';
import { type Stepped, tableInRound, tablesHosted } from '../../domain/notes/hosting.ts';
import {
  fromOtherTables,
  handedOn,
  latestFirst,
  type Note,
  notesOpenHours,
  wholeRoom,
} from '../../domain/notes/notes.ts';
import { greetingName } from '../../domain/people/names.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import { hostingOf } from '../../store/notes/hosting.ts';
import { type WallQuestion, wall } from '../../store/questions/wall.ts';
import { dayOf } from '../../store/tables/day.ts';
import { ownSeats } from '../../store/tables/own-seat.ts';
import { listed, type Words } from '../../words.ts';
import type { GuestVisit } from '../events/visitor.ts';
import { talliesShown } from '../questions/live-view.ts';
import { type Evening, eveningOf } from './evening-view.ts';
import { type HarvestNow, harvestNow, kindIcons, kindWord } from './harvest-view.ts';
import { cameFrom, companyOf } from './table-view.ts';

/** Finds where this guest hosts; to everybody who does not, the page does not exist. */
export async function hostingHere({ ctx, guest }: GuestVisit) {
  const hosting = orNotFound(await hostingOf(ctx.db, guest.page.event.id, guest.me.id), 'event');
  const tables = tablesHosted(hosting.person, hosting.event);
  if (tables.length === 0)
    throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
  return { ...hosting, tables };
}

/** Questions on the phone of a host; the wall has them all. */
const mostQuestions = 12;

/** Returns the data of the host's phone. */
export async function phoneOf(visit: GuestVisit) {
  const { ctx, guest, words } = visit;
  const { page } = guest;
  const { person, event } = await hostingHere(visit);
  const evening = eveningOf(words, page.shared, ctx.now());
  const table = tableInRound(person, event, evening.round) ?? wholeRoom;
  const harvest = await harvestNow(ctx.db, page.shared);
  const seated = await seatedAt(visit, table);
  const notes = notesFor(words, harvest.notes, table, evening, seated ? cameFrom(seated, evening.round) : []);
  const opens = startOf(page.event).subtract({ hours: notesOpenHours });
  const isOpen = Temporal.Instant.compare(ctx.now(), opens) >= 0;
  return {
    evening,
    table,
    topic: page.topics.find(({ number }) => number === table)?.sentence ?? '',
    colleagues: colleaguesOf(visit, table, event.stepped),
    ...companyOf(words, seated, evening),
    ...notes,
    questions: questionsAt(visit, await wall(ctx.db, page), table),
    harvest: evening.kind === 'harvest' ? speakingOf(visit, harvest, table) : null,
    messages: messagesFor(visit, table),
    isClosed: harvest.isClosed,
    opensLater: !isOpen,
    canNote: isOpen && !harvest.isClosed,
  };
}

async function seatedAt({ ctx, guest }: GuestVisit, table: number) {
  const { page, me } = guest;
  if (table === wholeRoom || !page.shared.hasTables) return null;
  const own = await ownSeats(ctx.db, page.event.id, me.id);
  if (!own) return null;
  const { facts } = await dayOf(ctx.db, page.event.id);
  const hosts = new Set(hostIds(page.topics, table, facts.hosts));
  return { mates: own.mates, facts, table, hosts };
}

function hostIds(
  topics: readonly { number: number; hosts: readonly { id: number }[] }[],
  table: number,
  stepped: readonly Stepped[],
): number[] {
  const team = topics.find(({ number }) => number === table)?.hosts ?? [];
  const elsewhere = new Set(stepped.filter(([, at]) => at !== table).map(([id]) => id));
  const own = team.map(({ id }) => id).filter((id) => !elsewhere.has(id));
  return [...own, ...stepped.filter(([, at]) => at === table).map(([id]) => id)];
}

/** First names of who hosts this table with them. */
function colleaguesOf({ guest, words }: GuestVisit, table: number, stepped: readonly Stepped[]) {
  const ids = hostIds(guest.page.topics, table, stepped);
  const others = guest.page.invitees.filter(
    ({ id, state }) => id !== guest.me.id && ids.includes(id) && state === 'coming',
  );
  return listed(
    others.map(({ name }) => greetingName(name) || name),
    words,
  );
}

export interface ShownNote extends Note {
  edition: string;
  word: string;
  icon: string;
  from: string;
}

function shown(words: Words, note: Note): ShownNote {
  const from = words.t('Round {n}', { n: note.round });
  const edition = editionOf({ kind: note.kind, text: note.text });
  return { ...note, edition, word: kindWord(words, note.kind), icon: kindIcons[note.kind], from };
}

function notesFor(
  words: Words,
  all: readonly Note[],
  table: number,
  evening: Evening,
  from: readonly number[],
) {
  const { round } = evening;
  const own = latestFirst(all.filter(({ tableNumber }) => tableNumber === table));
  const show = (list: readonly Note[]) => list.map((note) => shown(words, note));
  const isLater = evening.kind === 'harvest' || evening.phase === 'after';
  return {
    notes: show(isLater ? own : own.filter((note) => note.round === round)),
    handed: show(isLater ? [] : handedOn(all, table, round)),
    others: show(isLater ? [] : fromOtherTables(all, from, round)),
  };
}

function questionsAt(visit: GuestVisit, all: readonly WallQuestion[], table: number) {
  const { ctx, guest, words } = visit;
  const topic = guest.page.topics.find(({ number }) => number === table);
  const isHere = ({ topicId, state }: WallQuestion) =>
    (state === 'wall' || state === 'table') && (table === wholeRoom || topicId === (topic?.id ?? -1));
  const tallies = talliesShown(guest.page.shared, ctx.now());
  const here = all.filter(isHere).map((one) => ({
    id: one.id,
    text: one.text,
    votes: tallies ? one.votes : null,
    talked: one.work.talkedInRound,
    said:
      one.work.talkedInRound === null
        ? ''
        : words.t('Talked about in round {n}', { n: one.work.talkedInRound }),
  }));
  const open = here
    .filter(({ talked }) => talked === null)
    .toSorted((a, b) => (b.votes ?? 0) - (a.votes ?? 0));
  const done = here.filter(({ talked }) => talked !== null);
  return {
    open: open.length,
    list: [...open, ...done].slice(0, mostQuestions),
    left: here.length - mostQuestions,
  };
}

/** Says whose turn it is, as this table sees it. */
function speakingOf({ words }: GuestVisit, harvest: HarvestNow, table: number) {
  const { order, now, next, spoken, notes } = harvest;
  const ahead = order.filter((one) => one !== now && !spoken.includes(one));
  const said = noteToSay(notes, table);
  return {
    now,
    next,
    isNow: now === table,
    isFirst: now === null && next === table,
    hasSpoken: spoken.includes(table),
    ahead: listed(ahead.filter((one) => one !== table).map(String), words),
    before: ahead.indexOf(table),
    isLast: order.at(-1) === table && order.length > 1,
    said: said?.id ?? null,
    more: said ? notesBelow(notes, said).length : 0,
  };
}

/** Messages of the facilitator to the hosts of this table, the latest alone. */
function messagesFor({ ctx, guest }: GuestVisit, table: number) {
  const all = guest.page.shared.live?.messages ?? [];
  const here = all.filter((one) => one.table === table && ctx.now().epochMilliseconds - one.at < 30 * 60_000);
  return here.slice(-1).map(({ key, text }) => ({ key, text }));
}
