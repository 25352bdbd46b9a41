import type { Database } from './database.ts';

/** Records that the server writes besides the tables, and the settings that make it do so. */
export interface ServerRecords {
  words: boolean;
  moments: boolean;
  settings: string[];
}

type Settings = Record<string, string>;

/** Settings that bring statements, and with them their values, into the server's log. */
const logsStatements: Record<string, (value: string, all: Settings) => boolean> = {
  log_statement: (value) => value === 'mod' || value === 'all',
  log_min_duration_statement: (value) => Number(value) >= 0,
  log_min_duration_sample: (value, all) => Number(value) >= 0 && Number(all.log_statement_sample_rate) > 0,
  log_transaction_sample_rate: (value) => Number(value) > 0,
  log_duration: (value) => value === 'on',
  'auto_explain.log_min_duration': (value) => Number(value) >= 0,
};

/** A statement that fails is in the log anyway; this says whether its values are. */
const onError = 'log_parameter_max_length_on_error';

/** Without values a statement has no words of a guest: only that and when it was made. */
const logsValues = (settings: Settings) => settings.log_parameter_max_length !== '0';

/** Reads from a server's settings what its log and its commit timestamps would keep of a question without a name. */
export function recordsOf(settings: Settings): ServerRecords {
  const found = Object.entries(logsStatements)
    .filter(([name, isOn]) => settings[name] !== undefined && isOn(settings[name], settings))
    .map(([name]) => name);
  const failed = settings[onError] !== undefined && settings[onError] !== '0';
  const words = failed || (found.some((name) => name !== 'log_duration') && logsValues(settings));
  if (failed) found.push(onError);
  if (settings.track_commit_timestamp === 'on') found.push('track_commit_timestamp');
  return { words, moments: found.length > 0, settings: found.map((name) => `${name} = ${settings[name]}`) };
}

/** Asks the server; the embedded database has no log. */
export async function readServerRecords({ home, sql }: Database): Promise<ServerRecords> {
  if (home === 'embedded') return { words: false, moments: false, settings: [] };
  const rows =
    await sql`select name, setting from pg_settings where name like 'log%' or name like 'auto_explain%'
    or name = 'track_commit_timestamp'`;
  return recordsOf(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])));
}
