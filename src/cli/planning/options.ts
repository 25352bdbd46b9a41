import { parseArgs } from 'node:util';
import type { Engine } from '../../planning/engines.ts';
import { InputError } from './wrong.ts';

/** Parsed arguments. */
export interface Options {
  engine: Engine;
  in: string;
  /** Path to write to; without it the answer is printed. */
  out?: string | undefined;
  seed?: number | undefined;
  iterations?: number | undefined;
  seconds?: number | undefined;
  rule?: string | undefined;
  tables?: number | undefined;
  /** A list of the tables, with their names and seats, in place of their number. */
  tablesFile?: string | undefined;
  rounds?: number | undefined;
  /** Plan also where wishes must be broken, and say which. */
  anyway?: boolean | undefined;
  /** How many rounds of the list have been held. */
  past?: number | undefined;
  /** A file with more wishes for a list of people. */
  wishes?: string | undefined;
  /** Lists beside a list of people: trends for assign, dates and events for dates. */
  trends?: string | undefined;
  dates?: string | undefined;
  events?: string | undefined;
}

/** The rules of each planner, and the field of its wishes that says which; the first is the usual one. */
export const rules: Record<Engine, { field: string; names: readonly string[] }> = {
  tables: { field: 'mix', names: ['sides', 'none'] },
  assign: { field: 'rule', names: ['most-firsts', 'fairest', 'firsts-fair'] },
  dates: { field: 'first', names: ['everyone', 'seniors'] },
  pairs: { field: 'rule', names: ['most', 'stable'] },
};

export const engineNames = Object.keys(rules) as Engine[];

/** Names with "or" before the last. */
export const oneOf = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

const known = {
  in: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string' },
  iterations: { type: 'string' },
  seconds: { type: 'string' },
  rule: { type: 'string' },
  tables: { type: 'string' },
  rounds: { type: 'string' },
  anyway: { type: 'boolean' },
  past: { type: 'string' },
  wishes: { type: 'string' },
  trends: { type: 'string' },
  dates: { type: 'string' },
  events: { type: 'string' },
} as const;

/** The options in the arguments; throws a Wrong for any that cannot be. */
export function optionsFrom(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  const [name, ...more] = positionals;
  const engine = engineNames.find((one) => one === name);
  if (!engine) throw new InputError([`Say what to plan: ${oneOf(engineNames)}. flipside --help shows how.`]);
  const faults = more.map((word) => `“${word}” stands alone. Files follow --in and --out.`);
  const whole = (option: 'seed' | 'iterations' | 'tables' | 'rounds' | 'past', least: number) =>
    numberIn(values[option], option, least, faults);
  const options: Options = {
    engine,
    in: values.in ?? '',
    out: values.out,
    seed: whole('seed', 0),
    iterations: whole('iterations', 0),
    seconds: secondsIn(values.seconds, faults),
    rule: values.rule,
    tables: isList(values.tables) ? undefined : whole('tables', 1),
    tablesFile: isList(values.tables) ? values.tables : undefined,
    rounds: whole('rounds', 1),
    anyway: values.anyway,
    past: whole('past', 0),
    wishes: values.wishes,
    trends: values.trends,
    dates: values.dates,
    events: values.events,
  };
  const wrong = [...faults, ...togetherFaults(options)];
  if (wrong.length > 0) throw new InputError(wrong);
  return options;
}

const isList = (text: string | undefined) => /\.(csv|tsv)$/i.test(text ?? '');

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw new InputError([
      `${message.split(/\.\s/)[0]!.replace(/\.$/, '')}. flipside --help shows what there is.`,
    ]);
  }
}

function numberIn(
  text: string | undefined,
  option: string,
  least: number,
  faults: string[],
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
  faults.push(`--${option} is “${text}”; write a whole number from ${least}.`);
  return undefined;
}

/** A timer cannot wait longer than this. */
const mostSeconds = 2_000_000;

function secondsIn(text: string | undefined, faults: string[]): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= mostSeconds) return value;
  faults.push(`--seconds is “${text}”; write a number above 0, ${mostSeconds} at most.`);
  return undefined;
}

function togetherFaults(options: Options): string[] {
  const { engine, in: file, seconds, iterations, rule, tables, rounds } = options;
  const faults: string[] = [];
  if (file === '') faults.push('Say what to read: --in FILE.');
  if (seconds !== undefined && iterations !== undefined)
    faults.push('Choose one of --seconds and --iterations.');
  const { names } = rules[engine];
  if (rule !== undefined && !names.includes(rule))
    faults.push(`--rule is “${rule}”; for ${engine} write ${oneOf(names)}.`);
  if (engine !== 'tables' && (tables ?? options.tablesFile ?? rounds) !== undefined)
    faults.push('--tables and --rounds go with tables only.');
  if (engine !== 'tables' && (options.anyway ?? options.past) !== undefined)
    faults.push('--anyway and --past go with tables only.');
  if (engine !== 'assign' && options.trends !== undefined) faults.push('--trends goes with assign only.');
  if (engine !== 'dates' && (options.dates ?? options.events) !== undefined)
    faults.push('--dates and --events go with dates only.');
  return faults;
}
