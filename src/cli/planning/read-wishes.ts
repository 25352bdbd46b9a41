import fs from 'node:fs';
import type { Engine, WishesOf } from '../../planning/engines.ts';
import { type RoundLists, type TablesWishes, tablesOf } from '../../planning/tables/wishes.ts';
import type { CsvFile } from '../../web/csv.ts';
import { type Options, rules } from './options.ts';
import { type PeopleList, peopleFromCsv } from './people-csv.ts';
import { assignFromCsv, datesFromCsv, datesOfCsv, pairsFromCsv, trendsFromCsv } from './planner-lists.ts';
import { schemaFor, schemas } from './schemas.ts';
import { planIn } from './seats-csv.ts';
import { sentencesFor } from './sentences.ts';
import { tablesFromCsv } from './tables-csv.ts';
import { InputError } from './wrong.ts';

/** Question for a planner, and the data needed to write down its answer. */
export interface Asked {
  engine: Engine;
  wishes: WishesOf<Engine>;
  seed?: number | undefined;
  /** The list of people that was read, where it was one. */
  file?: CsvFile | undefined;
  /** Warnings that stop nothing. */
  notes: readonly string[];
}

/** The wishes in the file of the options; throws a Wrong with one sentence for every fault. */
export function readWishes(options: Options): Asked {
  const bytes = bytesOf(options.in);
  const isCsv = /\.(csv|tsv)$/i.test(options.in);
  const besides = options.past ?? options.wishes ?? options.trends ?? options.dates ?? options.events;
  if (!isCsv && besides !== undefined)
    throw new InputError(['Further files and --past go with a list of people; in JSON these are fields.']);
  const { file, data, notes } = isCsv ? listsIn(bytes, options) : { data: fromJson(bytes, options.in) };
  const asked = isRecord(data) ? { ...data, ...overridden(options) } : data;
  const schema = schemaFor(options.engine, asked);
  const { data: wishes, error } = schema.safeParse(asked);
  if (error) throw new InputError(sentencesFor(error.issues, asked, schema));
  const { seed, ...rest } = wishes;
  const planned = options.anyway ? { ...rest, anyway: true } : rest;
  return {
    engine: options.engine,
    wishes: planned as WishesOf<Engine>,
    seed,
    file,
    notes: notes ?? [],
  };
}

function bytesOf(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new InputError([`There is no ${file}.`]);
    throw new InputError([`${file} cannot be read (${code}).`]);
  }
}

function fromJson(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InputError([`${file} is not JSON: ${(error as Error).message}.`]);
  }
}

interface Read {
  file?: CsvFile;
  data: unknown;
  notes?: readonly string[];
}

/** A list of people, with the lists and the wishes beside it. */
function listsIn(bytes: Buffer, options: Options): Read {
  const { engine, trends, dates, events } = options;
  if (engine === 'tables') {
    const { list, data } = listIn(bytes, options);
    return { data, file: list.file, notes: list.notes };
  }
  const more: Record<string, unknown> = {
    ...(options.wishes === undefined ? {} : moreWishes(options.wishes)),
    ...(trends === undefined ? {} : { trends: trendsFromCsv(bytesOf(trends)) }),
    ...(dates === undefined ? {} : { dates: datesOfCsv(bytesOf(dates)) }),
  };
  if (engine === 'pairs') return pairsFromCsv(bytes, more);
  if (engine === 'dates')
    return datesFromCsv(bytes, more, events === undefined ? undefined : bytesOf(events));
  if (more.trends === undefined)
    throw new InputError(['A list of people does not say which trends there are: --trends FILE.csv.']);
  return assignFromCsv(bytes, more);
}

/** A list of people for tables, the wishes of the file beside it, and the plan it has. */
function listIn(bytes: Buffer, options: Options): { list: PeopleList; data: Record<string, unknown> } {
  const more: Record<string, unknown> = {
    ...(options.wishes === undefined ? {} : moreWishes(options.wishes)),
    ...(options.tablesFile === undefined ? {} : tablesFromCsv(bytesOf(options.tablesFile))),
  };
  const { tables = more.tables, rounds = more.rounds } = options;
  const faults = [
    ...(tables === undefined
      ? ['A list of people does not say how many tables there are: --tables N, or --tables FILE.csv.']
      : []),
    ...(rounds === undefined ? ['A list of people does not say how many rounds there are: --rounds N.'] : []),
  ];
  if (faults.length > 0) throw new InputError(faults);
  const { data: named } = schemas.tables.safeParse({ people: [], rounds: 1, tables });
  const all = named && named.tables !== 'fit' ? tablesOf({ ...named, tables: few(named.tables) }) : [];
  const list = peopleFromCsv(bytes, all, typeof more.balance === 'string' ? more.balance : undefined);
  const plan = planIn(list, all);
  return {
    list,
    data: { ...more, people: list.people, ...bothWishes(more, list), ...heldAndKnown(plan, options) },
  };
}

/** Caps the number of tables that are listed at 1,000: the planner refuses more. */
const few = (tables: TablesWishes['tables']) =>
  typeof tables === 'number' ? Math.min(tables, 1000) : tables;

function moreWishes(file: string): Record<string, unknown> {
  const more = fromJson(bytesOf(file), file);
  if (!isRecord(more)) throw new InputError([`${file} is not an object with fields.`]);
  if ('people' in more || 'agents' in more)
    throw new InputError([`${file} has people; these come from the list.`]);
  return more;
}

/** Pairs and locks of the file and of the list. */
function bothWishes(more: Record<string, unknown>, { wishes }: PeopleList) {
  const joined = <Field extends keyof PeopleList['wishes']>(field: Field) => {
    const own = more[field];
    return own === undefined || Array.isArray(own) ? [...(own ?? []), ...wishes[field]] : own;
  };
  return {
    apart: joined('apart'),
    together: joined('together'),
    locks: joined('locks'),
    prefers: joined('prefers'),
    rather: joined('rather'),
  };
}

/** The rounds that have been held, and the plan people know. */
function heldAndKnown(plan: RoundLists[] | undefined, { past = 0, rounds }: Options) {
  if (past > (plan?.length ?? 0))
    throw new InputError([`--past is ${past}, but the list has tables for ${plan?.length ?? 0} rounds.`]);
  return {
    ...(past > 0 ? { past: plan!.slice(0, past) } : {}),
    ...(plan && plan.length > past ? { previous: plan.slice(0, rounds) } : {}),
  };
}

const isRecord = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/** Returns the arguments that override what the file says. */
function overridden({ engine, rule, tables, rounds }: Options): Record<string, unknown> {
  return {
    ...(rule === undefined ? {} : { [rules[engine].field]: rule }),
    ...(tables === undefined ? {} : { tables }),
    ...(rounds === undefined ? {} : { rounds }),
  };
}
