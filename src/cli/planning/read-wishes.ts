import fs from 'node:fs';
import type { Engine, WishesOf } from '../../planning/engines.ts';
import { type Options, rules } from './options.ts';
import { peopleFromCsv } from './people-csv.ts';
import { schemas } from './schemas.ts';
import { sentencesFor } from './sentences.ts';
import { Wrong } from './wrong.ts';

/** What a planner is asked, and what its answer needs to be written down. */
export interface Asked {
  engine: Engine;
  wishes: WishesOf<Engine>;
  seed?: number | undefined;
  /** What a reader should know though it stops nothing. */
  notes: string[];
}

/** The wishes in the file of the options; throws a Wrong with one sentence for every fault. */
export function readWishes(options: Options): Asked {
  const bytes = bytesOf(options.in);
  const isCsv = /\.(csv|tsv)$/i.test(options.in);
  if (isCsv && options.engine !== 'tables')
    throw new Wrong([`${options.in} is a CSV file; for ${options.engine} write JSON.`]);
  const { data, notes } = isCsv ? fromCsv(bytes, options) : { data: fromJson(bytes, options.in), notes: [] };
  const asked = isRecord(data) ? { ...data, ...overridden(options) } : data;
  const schema = schemas[options.engine];
  const { data: wishes, error } = schema.safeParse(asked);
  if (error) throw new Wrong(sentencesFor(error.issues, asked, schema));
  const { seed, ...rest } = wishes;
  return { engine: options.engine, wishes: rest as WishesOf<Engine>, seed, notes };
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

function fromCsv(bytes: Buffer, { tables, rounds }: Options) {
  const faults = [
    ...(tables === undefined ? ['A list of people does not say how many tables there are: --tables N.'] : []),
    ...(rounds === undefined ? ['A list of people does not say how many rounds there are: --rounds N.'] : []),
  ];
  if (faults.length > 0) throw new Wrong(faults);
  const { people, notes } = peopleFromCsv(bytes);
  return { data: { people }, notes };
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
