import { fold } from '../../domain/people/words.ts';
import type { CsvFile } from '../../web/csv.ts';
import {
  count,
  finder,
  flag,
  idOfNamed,
  idsIn,
  type Named,
  nothingIfEmpty,
  pairsIn,
  readNamed,
  said,
} from './list-cells.ts';
import { idOf, type ReadList, readList } from './people-list.ts';
import { flagIn, parts } from './wish-columns.ts';
import { InputError } from './wrong.ts';

// Lists for assign, dates and pairs: one of people, and one of what they rank or answer. Fields that belong to nobody
// alone come from the file of --wishes.

/** The fields of a file, read from lists. */
export interface FromLists {
  data: Record<string, unknown>;
  notes: readonly string[];
  /** The list of people, a row for each. */
  file: CsvFile;
}

type Fields = Readonly<Record<string, unknown>>;

/** Pairs of a column after those of the file of wishes. */
const joined = (more: Fields, field: string, own: [string, string][]) =>
  Array.isArray(more[field]) || more[field] === undefined
    ? nothingIfEmpty([...((more[field] as [string, string][] | undefined) ?? []), ...own])
    : more[field];

const trendColumns = {
  id: 'trend, id, onderwerp, tendance',
  name: 'name, naam, nom',
  least: 'least, minimum, min, minstens, au moins',
  most: 'most, maximum, max, places, hoogstens, au plus',
  mayClose: 'may close, mag dicht, peut fermer',
  optional: 'optional, optioneel, facultatif',
  skills: 'skills, vaardigheden, competences',
} as const;

/** The trends in a list with the columns Trend, Name, Least, Most, May close, Optional and Skills. */
export const trendsFromCsv = (bytes: Uint8Array) =>
  readNamed(bytes, trendColumns, 'trend', (cell, line, faults) => ({
    least: count(cell('least'), line, faults),
    most: count(cell('most'), line, faults),
    mayClose: flag(cell('mayClose'), line, faults),
    optional: flag(cell('optional'), line, faults),
    skills: nothingIfEmpty(parts(cell('skills'))),
  }));

const agentColumns = {
  skills: trendColumns.skills,
  lock: 'lock, locked, locked to, vast, verrouille',
  lastRank: 'last rank, last season, vorige keer, rang precedent',
  apart: 'apart, not with, gescheiden, niet met, separe, pas avec',
  together: 'together, with, samen, samen met, ensemble, avec',
  likes: 'likes, likes to be with, liefst met, plutot avec',
} as const;

/** Ranks stand in columns called Rank 1, Rank 2, … (or 1st, 2nd), equals in one cell with ` | ` between them. */
const rankColumn = /^(?:rank|choice|keuze|rang|choix) (\d{1,2})$|^(\d{1,2})(?:st|nd|rd|th|e)$/;

/** People who rank trends, and pairs among them. */
export function assignFromCsv(bytes: Uint8Array, more: Fields): FromLists {
  const list = readList(bytes, agentColumns, { sides: false });
  const { rows, cellOf, faults, notes, file } = list;
  const trends = Array.isArray(more.trends) ? (more.trends as Named[]) : [];
  const ranks = file.header
    .map((cell, column) => {
      const [, after, before] = rankColumn.exec(fold(cell)) ?? [];
      return { column, rank: Number(after ?? before) };
    })
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => a.rank - b.rank);
  const agents = rows.map((row, index) => {
    const { line } = row;
    const lock = idsIn(trends, cellOf('lock', index), line, 'trend', faults);
    if (lock.length > 1) faults.push(`Row ${line}: a lock is one trend.`);
    return {
      id: idOf(row),
      name: row.name,
      ranks: ranks
        .map(({ column }) => idsIn(trends, file.rows[index]!.cells[column] ?? '', line, 'trend', faults))
        .filter((tier) => tier.length > 0),
      ...said({
        skills: nothingIfEmpty(parts(cellOf('skills', index))),
        lock: lock[0],
        department: row.department,
        lastRank: lastRankIn(cellOf('lastRank', index), line, faults),
      }),
    };
  });
  const pairs = {
    apart: joined(more, 'apart', pairsIn(list, 'apart')),
    together: joined(more, 'together', pairsIn(list, 'together')),
    likes: joined(more, 'likes', pairsIn(list, 'likes')),
  };
  if (faults.length > 0) throw new InputError(faults);
  return { data: { ...more, agents, ...said(pairs) }, notes, file };
}

function lastRankIn(cell: string, line: number, faults: string[]): number | 'none' | undefined {
  if (['none', 'nothing', 'geen', 'rien'].includes(fold(cell))) return 'none';
  const rank = count(cell, line, faults);
  if (rank === 0) faults.push(`Row ${line}: a rank counts from 1; write none for nothing.`);
  return rank;
}

const dateColumns = {
  id: 'date, day, id, datum, dag, jour',
  name: 'name, naam, nom',
  talents: 'talents, talents at least, talenten',
  seniors: 'seniors, seniors at least',
  least: trendColumns.least,
  most: trendColumns.most,
} as const;

/** The dates in a list with the columns Date, Name, Talents and Seniors (the fewest of each), Least and Most. */
export const datesOfCsv = (bytes: Uint8Array) =>
  readNamed(bytes, dateColumns, 'date', (cell, line, faults) => {
    const quorum = said({
      talent: count(cell('talents'), line, faults),
      senior: count(cell('seniors'), line, faults),
    });
    return {
      quorum: Object.keys(quorum).length > 0 ? quorum : undefined,
      least: count(cell('least'), line, faults),
      most: count(cell('most'), line, faults),
    };
  });

const eventColumns = {
  id: 'event, id, evenement',
  name: 'name, naam, nom',
  needs: 'needs, hosts, nodig, gastheren, besoin',
  dates: 'dates, days, data, dagen, jours',
} as const;

const inviteeColumns = {
  needed: 'needed, must come, nodig, moet komen, necessaire',
  team: 'team, in the team, shares hours, ploeg, equipe',
} as const;

const maybes = ['maybe', 'perhaps', 'if need be', 'misschien', 'peut etre', 'vielleicht', 'm'];

/** Cells of a date: yes, maybe or no; empty is a no. */
function answerIn(cell: string): 'yes' | 'maybe' | 'no' | undefined {
  if (/^\?+$/.test(cell)) return 'maybe';
  const flagged = flagIn(cell);
  if (flagged !== undefined) return flagged ? 'yes' : 'no';
  return maybes.includes(fold(cell)) ? 'maybe' : undefined;
}

/** People and their answers, in a column for each date, by its id or name; `events` is a list with hosts of their own. */
export function datesFromCsv(bytes: Uint8Array, more: Fields, events?: Uint8Array): FromLists {
  const list = readList(bytes, inviteeColumns, { sides: true });
  const { rows, cellOf, faults, notes, file } = list;
  const dates = Array.isArray(more.dates) ? (more.dates as Named[]) : datesInHeader(list);
  const columns = dates.map(({ id }) => ({
    id,
    column: file.header.findIndex((cell) => idOfNamed(dates, cell) === id),
  }));
  const people = rows.map((row, index) => ({
    id: idOf(row),
    name: row.name,
    side: row.side ?? 'talent',
    answers: Object.fromEntries(
      columns.map(({ id, column }) => {
        const cell = (file.rows[index]!.cells[column] ?? '').trim();
        const answer = answerIn(cell);
        if (answer === undefined) faults.push(`Row ${row.line}: “${cell}” is neither yes, maybe nor no.`);
        return [id, answer ?? 'no'];
      }),
    ),
    ...said({ needed: neededIn(cellOf('needed', index), row.line, faults) }),
  }));
  const team = rows.flatMap((row, index) =>
    flag(cellOf('team', index), row.line, faults) ? [idOf(row)] : [],
  );
  const find = finder(list);
  const several =
    events &&
    readNamed(events, eventColumns, 'event', (cell, line, wrong) => ({
      needs: nothingIfEmpty(parts(cell('needs')).flatMap((name) => find(name, line) ?? [])),
      dates: nothingIfEmpty(idsIn(dates, cell('dates'), line, 'date', wrong)),
    }));
  if (faults.length > 0) throw new InputError(faults);
  const own = said({ dates, group: nothingIfEmpty(team), events: several });
  return { data: { ...more, people, ...own }, notes, file };
}

/** Columns of which every cell is an answer; others that nobody knows are named and left out. */
function datesInHeader({
  unknown,
  file,
  notes,
}: Pick<ReadList<never>, 'unknown' | 'file' | 'notes'>): Named[] {
  return unknown.flatMap((header, column) => {
    const id = header.trim();
    if (id === '') return [];
    if (file.rows.every(({ cells }) => answerIn((cells[column] ?? '').trim()) !== undefined)) return [{ id }];
    notes.push(`The column ${id} was not read: not all of its cells are yes, maybe or no.`);
    return [];
  });
}

function neededIn(cell: string, line: number, faults: string[]): 'once' | 'always' | undefined {
  const asked = { once: 'once', always: 'always', '': undefined } as const;
  const key = fold(cell);
  if (key in asked) return asked[key as keyof typeof asked];
  faults.push(`Row ${line}: “${cell}” is neither once nor always.`);
  return undefined;
}

const partnerColumns = {
  wants: 'wants, wants to know, wil weten, veut savoir',
  offers: 'offers, can tell about, vertelt over, raconte',
  likes: 'likes, likes 1, liefst met, plutot avec',
  likesNext: 'likes 2, then likes',
  most: 'most, most pairs, at most, hoogstens, au plus',
  trio: 'trio, in a trio, en trio',
  apart: agentColumns.apart,
  lock: 'lock, locked, paired with, vast, verrouille',
} as const;

/** People with topics, and pairs among them: with `Trio` a senior may meet two talents together. */
export function pairsFromCsv(bytes: Uint8Array, more: Fields): FromLists {
  const list = readList(bytes, partnerColumns, { sides: true });
  const { rows, cellOf, bossOf, faults, notes, file } = list;
  const find = finder(list);
  const people = rows.map((row, index) => {
    const tier = (extra: 'likes' | 'likesNext') =>
      parts(cellOf(extra, index)).flatMap((name) => find(name, row.line) ?? []);
    const topics = (extra: 'wants' | 'offers') => nothingIfEmpty(parts(cellOf(extra, index)));
    return {
      id: idOf(row),
      name: row.name,
      side: row.side ?? 'talent',
      ...said({
        manager: bossOf(row),
        wants: topics('wants'),
        offers: topics('offers'),
        likes: nothingIfEmpty([tier('likes'), tier('likesNext')].filter((one) => one.length > 0)),
        most: count(cellOf('most', index), row.line, faults),
        trio: flag(cellOf('trio', index), row.line, faults),
      }),
    };
  });
  const apart = joined(more, 'apart', pairsIn(list, 'apart'));
  const locks = joined(more, 'locks', pairsIn(list, 'lock'));
  if (faults.length > 0) throw new InputError(faults);
  return { data: { ...more, people, ...said({ apart, locks }) }, notes, file };
}
