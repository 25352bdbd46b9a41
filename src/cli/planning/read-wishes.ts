import fs from 'node:fs';
import type { Engine, WishesOf } from '../../planning/engines.ts';
import { type Options, rules } from './options.ts';
import { type PeopleList, peopleFromCsv } from './people-csv.ts';
import { schemas } from './schemas.ts';
import { planIn } from './seats-csv.ts';
import { sentencesFor } from './sentences.ts';
import { Wrong } from './wrong.ts';

/** What a planner is asked, and what its answer needs to be written down. */
export interface Asked {
  engine: Engine;
  wishes: WishesOf<Engine>;
  seed?: number | undefined;
  /** The list that was read, where it was one. */
  list?: PeopleList | undefined;
  /** What a reader should know though it stops nothing. */
  notes: readonly string[];
}

/** The wishes in the file of the options; throws a Wrong with one sentence for every fault. */
export function readWishes(options: Options): Asked {
  const bytes = bytesOf(options.in);
  const isCsv = /\.(csv|tsv)$/i.test(options.in);
  if (isCsv && options.engine !== 'tables')
    throw new Wrong([`${options.in} is a CSV file; for ${options.engine} write JSON.`]);
  const list = isCsv ? listIn(bytes, options) : undefined;
  const data = list ? wishesIn(list, options) : fromJson(bytes, options.in);
  const asked = isRecord(data) ? { ...data, ...overridden(options) } : data;
  const schema = schemas[options.engine];
  const { data: wishes, error } = schema.safeParse(asked);
  if (error) throw new Wrong(sentencesFor(error.issues, asked, schema));
  const { seed, ...rest } = wishes;
  return { engine: options.engine, wishes: rest as WishesOf<Engine>, seed, list, notes: list?.notes ?? [] };
}

function bytesOf(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Wrong([`There is no ${file}.`]);
    throw new Wrong([`${file} cannot be read (${code}).`]);
  }
}

function fromJson(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Wrong([`${file} is not JSON: ${(error as Error).message}.`]);
  }
}

function listIn(bytes: Buffer, { tables, rounds }: Options): PeopleList {
  const faults = [
    ...(tables === undefined ? ['A list of people does not say how many tables there are: --tables N.'] : []),
    ...(rounds === undefined ? ['A list of people does not say how many rounds there are: --rounds N.'] : []),
  ];
  if (faults.length > 0) throw new Wrong(faults);
  return peopleFromCsv(bytes);
}

/** The people, and the plan they know where the list has one. */
function wishesIn(list: PeopleList, { tables = 0, rounds }: Options) {
  const previous = planIn(list, tables)?.slice(0, rounds);
  return { people: list.people, ...(previous ? { previous } : {}) };
}

const isRecord = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/** What the arguments say goes before what the file says. */
function overridden({ engine, rule, tables, rounds }: Options): Record<string, unknown> {
  return {
    ...(rule === undefined ? {} : { [rules[engine].field]: rule }),
    ...(tables === undefined ? {} : { tables }),
    ...(rounds === undefined ? {} : { rounds }),
  };
}
