import fs from 'node:fs';
import readline from 'node:readline';
import { CannotRestore, type EndLine, type Header, type Line, version } from '../dump.ts';
import { knownMigrations } from '../migrate.ts';
import { damaged, firstBytes, formOf, incomplete, linesInParts } from './parts.ts';

// Reads a backup through from its first to its last line before anything is done with it.

/** A backup that was read through and is whole. */
export interface CheckedBackup {
  file: string;
  header: Header;
  rows: number;
  /** Reads it again, line by line; throws `CannotRestore` where it is no longer whole. */
  lines(): AsyncGenerator<Line, undefined>;
}

/** Reads a backup through, of this version or the one before. Throws `CannotRestore` with a sentence where it is no good. */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  const lines = () => linesOf(file);
  let header: Header | undefined;
  const counted = { tables: 0, rows: 0 };
  let end: EndLine['end'] | undefined;
  for await (const line of lines()) {
    if (end) throw damaged(file);
    if (header === undefined) header = headerFrom(line, file);
    else if (typeof line === 'string') counted.rows++;
    else if ('table' in line) counted.tables++;
    else if ('end' in line) end = line.end;
  }
  if (!header) throw foreign(file);
  if (!end) throw incomplete(file);
  if (end.rows !== counted.rows || end.tables !== counted.tables) throw damaged(file);
  return { file, header, rows: end.rows, lines };
}

async function* linesOf(file: string): AsyncGenerator<Line, undefined> {
  for await (const text of textsOf(file)) {
    const line = lineFrom(text);
    if (line === undefined) throw damaged(file);
    yield line;
  }
}

function textsOf(file: string): AsyncGenerator<string, undefined> {
  const form = formOf(beginningOf(file));
  if (form === 'foreign') throw foreign(file);
  if (form === 'newer') throw newer();
  return form === 'parts' ? linesInParts(file) : plainLines(file);
}

function beginningOf(file: string): Buffer {
  if (fs.statSync(file).isDirectory())
    throw new CannotRestore(`${file} is a folder. Name the file of a backup.`);
  const descriptor = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(firstBytes);
    return bytes.subarray(0, fs.readSync(descriptor, bytes));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Lines as Flipside wrote them until November 2026: plain JSON, without checksums. */
async function* plainLines(file: string): AsyncGenerator<string, undefined> {
  const input = fs.createReadStream(file);
  try {
    yield* readline.createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } finally {
    input.destroy();
  }
}

const isText = (value: unknown) => typeof value === 'string';
const isWholeNumber = (value: unknown) => isText(value) && /^-?\d+$/.test(value as string);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf = (is: (value: unknown) => boolean, value: unknown) => Array.isArray(value) && value.every(is);

/** A row, or an object of one of the four kinds with what belongs to it; undefined for anything else. */
function lineFrom(text: string): Line | undefined {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isText(line)) return line as string;
  if (typeof line !== 'object' || line === null) return undefined;
  const { flipside, migrations, table, columns, sequence, last, called, end } = line as Record<
    string,
    unknown
  >;
  const isWhole =
    (flipside === 'backup' && isListOf(isCount, migrations)) ||
    (isText(table) && isListOf(isText, columns)) ||
    (isText(sequence) && isWholeNumber(last) && typeof called === 'boolean') ||
    (end && isCount((end as EndLine['end']).tables) && isCount((end as EndLine['end']).rows));
  return isWhole ? (line as Line) : undefined;
}

function headerFrom(line: Line, file: string): Header {
  if (typeof line === 'string' || !('flipside' in line)) throw foreign(file);
  if (line.version > version) throw newer();
  const known = new Set(knownMigrations().map(({ folderMillis }) => folderMillis));
  if (line.migrations.some((migration) => !known.has(migration))) throw newer();
  return line;
}

const foreign = (file: string) => new CannotRestore(`${file} is not a backup of Flipside.`);

const newer = () =>
  new CannotRestore('This backup was written by a newer Flipside. Update Flipside, then restore it.');
