// The evening as it goes to the printer, in words; and what of it has changed since it was printed.
import { createHash } from 'node:crypto';
import { formatDay } from '../../domain/events/wall-time.ts';
import { runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import { type GroundRule, usualRules } from '../../domain/settings/programme.ts';
import { tablesOf as atTables } from '../../domain/tables/facts.ts';
import type { Printed } from '../../domain/tables/prints.ts';
import type { PaperEvening, SheetName } from '../../paper/sheets.ts';
import { canDraw } from '../../paper/text.ts';
import type { Block, Event } from '../../store/events/events.ts';
import { localeOf, type Words } from '../../words.ts';
import { cardsOf, finderOf, type OnPaper, sheetsOf } from './print-view.ts';

/** Names of the sheets: sentences of the catalogue. */
export const sheetTitles: Record<SheetName, string> = {
  'place-cards': 'Place cards',
  cards: 'One card per person',
  tables: 'One sheet per table',
  finder: 'Finder from A to Z',
  wall: 'Plan for the wall',
  evening: 'Everything for the evening',
};

/** 'Monday 30 November 2026, 05:41': on paper no day is "today". */
export const wallMoment = (words: Words, wall: string) =>
  `${formatDay(wall, localeOf(words))}, ${wall.slice(11, 16)}`;

interface Around {
  event: Event;
  blocks: readonly Block[];
  rules: readonly GroundRule[] | null;
  /** The moment of printing on the wall of the event. */
  printedAt: string;
}

/** Puts a published plan into everything that is printed of it. */
export function paperEvening(plan: OnPaper, { event, blocks, rules, printedAt }: Around): PaperEvening {
  const { words, tables, starts } = plan;
  const { t } = words;
  return {
    title: event.name,
    when: wallMoment(words, event.startsAt),
    printed: t('Printed {moment}', { moment: printedAt }),
    labels: {
      rules: t('Ground rules'),
      contents: t('In this file'),
      runOfShow: t('Run of show'),
      open: t('Still open:'),
      name: t('Name'),
    },
    contents: inFile.map((sheet) => t(sheetTitles[sheet])),
    open: openLines(plan),
    rules: rules ? [...rules] : usualRules.map(({ rule, why }) => ({ rule: t(rule), why: t(why) })),
    runOfShow: runOfShow(blocks, { start: event.startsAt, timeZone: event.timeZone }).blocks.map(
      ({ at = '', title, minutes }) => ({ at, title, minutes: t('{n} min', { n: minutes }) }),
    ),
    people: cardsOf(plan),
    tables: paperTables(plan),
    finder: finderOf(plan),
    rounds: tables.schedule.map(({ number, title }, round) => ({
      title: title || t('Round {n}', { n: number }),
      at: starts[round] ?? '',
    })),
  };
}

/** Sheets of a whole evening in the order in which they lie in its file. */
const inFile: readonly SheetName[] = ['finder', 'wall', 'tables', 'cards', 'place-cards'];

function openLines(plan: OnPaper): string[] {
  const { tn } = plan.words;
  const { length: unseated } = plan.tables.people.filter(
    ({ id }) => !plan.seats.get(id)?.some((table) => table > 0),
  );
  const { length: byHand } = namesByHand(plan);
  const seat = tn(unseated, '{n} person has no seat yet', '{n} people have no seat yet');
  const hand = tn(byHand, '{n} name is to be written by hand', '{n} names are to be written by hand');
  return [...(unseated > 0 ? [seat] : []), ...(byHand > 0 ? [hand] : [])];
}

function paperTables(plan: OnPaper): PaperEvening['tables'] {
  const first = atTables(plan.tables, plan.seats)[0];
  return sheetsOf(plan).map((table) => {
    const here = first?.get(table.number) ?? [];
    const talents = here.filter(({ side }) => side === 'talent').length;
    return {
      ...table,
      label: plan.words.t('Table {n}', { n: table.number }),
      seats: { talents, seniors: here.length - talents },
    };
  });
}

/** Full names with signs that no font here draws: they are to be written by hand. */
export function namesByHand({ tables, seats }: OnPaper): string[] {
  return tables.people.filter(({ id, name }) => seats.has(id) && !canDraw(name)).map(({ name }) => name);
}

const fingerprint = (part: unknown) =>
  createHash('sha256').update(JSON.stringify(part)).digest('base64url').slice(0, 16);

/** Fingerprints of every card and sheet, so that the next print can leave out what is the same. */
export function printedOf({ people, tables }: PaperEvening): Printed {
  return Object.fromEntries([
    ...people.map(({ id, ...card }) => [`p${id}`, fingerprint(card)]),
    ...tables.map((table) => [`t${table.number}`, fingerprint(table)]),
  ]);
}

/** Leaves cards and sheets that are in the hands of people already. Finder and plan for the wall are whole. */
export function onlyParts(evening: PaperEvening, parts: ReadonlySet<string>): PaperEvening {
  return {
    ...evening,
    people: evening.people.filter(({ id }) => parts.has(`p${id}`)),
    tables: evening.tables.filter(({ number }) => parts.has(`t${number}`)),
  };
}
