// Differences on the day, as organisers and facilitators report it on a phone.
import { canUndo, hereWithoutSeat } from '../../actions/tables/day.ts';
import { changesToPrepare } from '../../actions/tables/repairs.ts';
import type { Situation } from '../../actions/tables/situation.ts';
import { startOf } from '../../domain/events/times.ts';
import { doorHours } from '../../domain/guests/door-hours.ts';
import type { Attendee } from '../../domain/tables/attendance.ts';
import { comesYet, keyOf, nextRoundAt } from '../../domain/tables/day.ts';
import { factsOf, tablesOf } from '../../domain/tables/facts.ts';
import type { Invitee } from '../../store/guests/rsvps.ts';
import type { SeatProposal } from '../../store/tables/day.ts';
import { addressWith, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { listed, type Words } from '../../words.ts';
import { shortNamesOnPaper } from './room-view.ts';

/** People on one page of a list; the search looks at all. */
const pageSize = 50;

export interface DayLook {
  situation: Situation;
  /** Keys of the changes whose new seats are ready. */
  ready: ReadonlySet<string>;
  guests: readonly Invitee[];
  accepted: SeatProposal | null;
  look: { q: string; page: number };
  now: Temporal.Instant;
}

/** Returns everything the page shows. */
export function dayData(words: Words, { situation, ready, guests, accepted, look, now }: DayLook) {
  const { event, tables, known } = situation;
  const base = `/events/${event.id}/tables/day`;
  const facts = factsOf(tables, known);
  const expected = tables.people.filter((one) => comesYet(one, tables));
  const missing = missingOf(words, situation, ready, look.q);
  const at = pageOf(look.page, missing.length, pageSize);
  const next = nextRoundAt(tables.schedule, startOf(event), tables.held);
  const unseated = unseatedOf(words, situation, guests);
  return {
    base,
    q: look.q,
    here: tables.people.filter(({ isHere }) => isHere).length,
    of: expected.length,
    nextRound: nextText(words, situation, next),
    isOver: next === null,
    isEarly: Temporal.Instant.compare(now, doorHours(event).opens) < 0,
    ready: readyText(words, situation, ready),
    missing: rowsOn(missing, at),
    missingCount: missing.length,
    pager: pagerFor(at, (page) => addressWith(base, { q: look.q, page })),
    unseated,
    found: foundAmong(words, situation, guests, look.q),
    canSeat: tables.people.some((one) => one.isHere === true) && missing.length + unseated.length > 1,
    hostless: facts.hasHosts ? facts.hostless : [],
    tables: openTables(situation),
    rounds: tables.schedule.slice(tables.held).map(({ number }) => number),
    last: accepted && {
      id: accepted.id,
      canUndo: canUndo(accepted, situation),
      text: lastText(words, accepted),
    },
    seats: seatsShown(words, situation),
  };
}

function nextText({ t }: Words, { event, tables }: Situation, next: Temporal.Instant | null): string {
  const round = tables.schedule[tables.held];
  if (!next || !round) return t('All rounds have begun.');
  const time = next.toZonedDateTimeISO(event.timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
  return t('{round} at {time}.', { round: round.title || t('Round {n}', { n: round.number }), time });
}

const rowOf = ({ t }: Words, one: Attendee, table = 0) => ({
  id: one.id,
  name: one.name,
  side: one.side,
  note: [
    one.host !== null
      ? t('Hosts table {n}', { n: one.host })
      : table > 0
        ? t('Next at table {n}', { n: table })
        : '',
    one.mayNotCome ? t('May not come') : '',
  ]
    .filter(Boolean)
    .join(', '),
});

/** People who are here and have no seat: taken off before, or on the waiting list, or they had said no. */
function unseatedOf(words: Words, situation: Situation, guests: readonly Invitee[]) {
  const known = new Set(situation.tables.people.map(({ id }) => id));
  return [
    ...hereWithoutSeat(situation).map((one) => rowOf(words, one)),
    ...guests
      .filter(({ personId, cameAt }) => cameAt !== null && !known.has(personId))
      .map(({ personId, name, side }) => ({ id: personId, name, side, note: words.t('Was not expected') })),
  ];
}

/** People with a seat to come who were not seen at the door: hosts first. */
function missingOf(words: Words, situation: Situation, ready: ReadonlySet<string>, q: string) {
  const { tables, known } = situation;
  const wanted = q.toLocaleLowerCase();
  const isReady = (person: number) => ready.has(keyOf({ kind: 'missing', person, back: null }));
  const someAre = tables.people.some(({ id }) => isReady(id));
  return tables.people
    .filter((one) => one.isHere !== true && comesYet(one, tables))
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.host !== null) - Number(a.host !== null))
    .map((one) => {
      const row = rowOf(words, one, known.get(one.id)?.[tables.held] ?? 0);
      // Said of the few only: where nothing is ready the sentence above the list says so.
      const slow = someAre && !isReady(one.id) ? words.t('new seats take a few seconds') : '';
      return { ...row, note: [row.note, slow].filter(Boolean).join(', ') };
    });
}

/** Says how many of the changes that are likely have their new seats ready. */
function readyText({ t, tn }: Words, situation: Situation, ready: ReadonlySet<string>): string {
  const likely = changesToPrepare(situation);
  const there = likely.filter((change) => ready.has(keyOf(change))).length;
  if (likely.length === 0) return '';
  if (there === 0) return t('No new seats are ready beforehand yet: they take a few seconds when you press.');
  if (there < likely.length)
    return t(
      'New seats are ready for {there} of the {all} likeliest changes; others take a few seconds when you press.',
      { there, all: likely.length },
    );
  return tn(
    there,
    'New seats are ready for the one likeliest change.',
    'New seats are ready for the {n} likeliest changes.',
  );
}

/** Most people found by a name at once. */
const mostFound = 8;

/** People on the list by a part of their name who have no seat to come: they said no, wait, or were taken off. */
function foundAmong(
  { t }: Words,
  { tables }: Situation,
  guests: readonly Invitee[],
  q: string,
): { id: number; name: string; side: Attendee['side']; note: string }[] {
  if (q === '') return [];
  const wanted = q.toLocaleLowerCase();
  const seated = new Set(tables.people.filter((one) => comesYet(one, tables)).map(({ id }) => id));
  const notes: Record<string, string> = {
    declined: t('Had said: I can’t come'),
    waiting: t('On the waiting list'),
    invited: t('Has not answered'),
    maybe: t('Was not sure yet'),
    coming: t('Was taken off the tables'),
  };
  return guests
    .filter(({ personId, name }) => !seated.has(personId) && name.toLocaleLowerCase().includes(wanted))
    .slice(0, mostFound)
    .map(({ personId, name, side, state }) => ({ id: personId, name, side, note: notes[state] ?? '' }));
}

function openTables({ tables }: Situation): number[] {
  const gone = new Set(tables.day.facts.dropped.map(({ table }) => table));
  return Array.from({ length: tables.tables }, (_, index) => index + 1).filter((table) => !gone.has(table));
}

function lastText({ tn, t }: Words, { undo }: SeatProposal): string {
  const movers = new Set((undo?.hops ?? []).map(({ id }) => id)).size;
  return movers === 0
    ? t('Nobody had to move.')
    : tn(movers, '{n} person has a new table.', '{n} people have a new table.');
}

/** Most tables whose people are listed. */
const mostTablesShown = 30;

/** The next round: who sits at each table. */
function seatsShown(words: Words, { tables, known }: Situation) {
  const round = Math.min(tables.held, tables.rounds - 1);
  const { title, number } = tables.schedule[round]!;
  const short = shortNamesOnPaper(tables.people);
  const room = tablesOf(tables, known)[round]!;
  const rows = [...room].toSorted(([a], [b]) => a - b);
  return {
    title: title || words.t('Round {n}', { n: number }),
    tables: rows.slice(0, mostTablesShown).map(([table, people]) => ({
      number: table,
      names: listed(
        [...people]
          .toSorted((a, b) => Number(b.host !== null) - Number(a.host !== null))
          .map(({ id }) => short.get(id)!),
        words,
      ),
    })),
    more: Math.max(0, rows.length - mostTablesShown),
  };
}
