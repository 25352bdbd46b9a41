// Reads and writes CSV for everyone: as Excel saves it in Belgium or the US, and so that a spreadsheet runs no cell.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { decode, type Encoding, notCells, otherKind } from './csv-bytes.ts';
import { mostCells, mostRows, type TooMuch, tooMuchIn, withoutBlankEnd } from './csv-limits.ts';

export { type Encoding, encodings } from './csv-bytes.ts';

export const delimiters = [';', ',', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

export interface CsvRow {
  /** The row as a spreadsheet numbers it: the header is row 1. */
  line: number;
  /** At least as many as the header has. */
  cells: string[];
}

export interface CsvFile {
  encoding: Encoding;
  delimiter: Delimiter;
  header: string[];
  rows: CsvRow[];
  /** Why it cannot be read and what to do; then there are no rows. A key of the catalogue. */
  problem?: string;
}

export interface CsvOptions {
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
}

const mostBytes = 5 * 1024 * 1024;
const mostColumns = 200;
const longestRow = 200_000;

const problems = {
  weight: 'The file is larger than 5 MB. Split it, or leave out columns that are not needed.',
  empty: 'The file is empty. Choose one whose first row names the columns, with one row each below.',
  headerOnly: 'The file has a first row and nothing below it. Add the rows, save it and choose it again.',
  rows: 'The file has more than 5,000 rows. Split it and import the parts one after the other.',
  columns: 'The file has more than 200 columns. Leave out those that are not needed and choose it again.',
  cells: 'The file has more than 250,000 cells. Leave out columns that are not needed, or split it.',
  lines: 'The file has more than 20,000 lines. Delete the blank ones, or split it, and choose it again.',
  quotes:
    'A quotation mark (") is opened and never closed, so the rows run into each other. Save the file from Excel as “CSV UTF-8” and choose it again.',
};

/** Reads any bytes: the rows below the header, or the problem in a sentence. Never throws. */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): CsvFile {
  const { encoding, text } = decode(bytes.length > mostBytes ? new Uint8Array() : bytes, options.encoding);
  const { body, declared } = withoutSepLine(text);
  const delimiter = options.delimiter ?? declared ?? likelyDelimiter(body);
  const file: CsvFile = { encoding, delimiter, header: [], rows: [] };
  if (bytes.length > mostBytes) return { ...file, problem: problems.weight };
  const problem = otherKind(bytes) ?? notCells(text);
  if (problem) return { ...file, problem };
  try {
    return tidy(file, parseRows(withoutBlankEnd(body, delimiter), delimiter));
  } catch (error) {
    return { ...file, problem: error instanceof TooMany ? error.message : problems.quotes };
  }
}

/** Excel writes and obeys a first line `sep=;` that belongs to no row. */
function withoutSepLine(text: string): { body: string; declared: Delimiter | undefined } {
  const match = /^"?sep=([;,\t])"?(\r\n|\n|\r|$)/i.exec(text);
  return { body: text.slice(match?.[0].length ?? 0), declared: match?.[1] as Delimiter | undefined };
}

class TooMany extends Error {}

const sentenceFor: Record<TooMuch, string> = {
  rows: problems.rows,
  lines: problems.lines,
  'cells-in-line': problems.columns,
  cells: problems.cells,
};

function refuseTooMuch(text: string, delimiter: Delimiter): void {
  const much = tooMuchIn(text, delimiter);
  if (much) throw new TooMany(sentenceFor[much]);
}

function parseRows(text: string, delimiter: Delimiter): CsvRow[] {
  refuseTooMuch(text, delimiter);
  let line = 0;
  const rows: CsvRow[] = [];
  parse(text, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: longestRow,
    on_record: (cells: string[]) => {
      line += 1;
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells: cells.map(original) });
      if (rows.length > mostRows + 1) throw new TooMany(problems.rows);
      return null;
    },
  });
  return rows;
}

function tidy(file: CsvFile, found: CsvRow[]): CsvFile {
  const [top, ...below] = unwrapped(file, found);
  if (!top) return { ...file, problem: problems.empty };
  const header = top.cells.map((cell) => cell.trim());
  while (header.at(-1) === '') header.pop();
  if (header.length > mostColumns) return { ...file, problem: problems.columns };
  if (below.length === 0) return { ...file, header, problem: problems.headerOnly };
  if (header.length * below.length > mostCells) return { ...file, problem: problems.cells };
  return { ...file, header, rows: below.map((row) => ({ ...row, cells: fitted(row.cells, header.length) })) };
}

/** Empty cells are added up to the header's width; cells beyond it stay where they say something. */
function fitted(cells: string[], width: number): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  const kept = cells.slice(0, Math.max(width, last + 1));
  return kept.concat(Array(Math.max(0, width - kept.length)).fill(''));
}

/** A file opened with the wrong separator and saved again has each whole row in quotation marks: one cell a row. */
function unwrapped(file: CsvFile, rows: CsvRow[]): CsvRow[] {
  const inner = likelyDelimiter(rows[0]?.cells[0] ?? '');
  const isWrapped =
    rows.length > 1 && rows.every(({ cells }) => cells.length === 1 && cells[0]!.includes(inner));
  if (!isWrapped) return rows;
  file.delimiter = inner;
  refuseTooMuch(rows.map(({ cells }) => cells[0]).join('\n'), inner);
  return rows.map(({ line, cells }) => ({ line, cells: parseRows(cells[0]!, inner)[0]?.cells ?? [] }));
}

/** The separator that cuts most of the first rows into as many cells as the header has. */
function likelyDelimiter(text: string): Delimiter {
  const counts = countedPerRow(text.slice(0, 50_000));
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const [header = 0, ...rows] = counts.map((row) => row[delimiter]);
    const agreeing = rows.filter((count) => count === header).length;
    const score = header === 0 ? 0 : 1 + agreeing + header / 1000;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** How often each separator stands outside quotation marks in each of the first rows that are not blank. */
function countedPerRow(text: string): Record<Delimiter, number>[] {
  const none = () => ({ ';': 0, ',': 0, '\t': 0 });
  const rows: Record<Delimiter, number>[] = [];
  let [row, quoted, blank] = [none(), false, true];
  for (const character of `${text}\n`) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (!blank) rows.push(row);
      if (rows.length === 20) break;
      [row, blank] = [none(), true];
    } else if (!quoted && character in row) row[character as Delimiter] += 1;
    blank &&= character.trim() === '' && !(character in row);
  }
  return rows;
}

/** Matches text that a spreadsheet would run as a formula: = + - @, tab or line break first (OWASP, CSV injection). */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

function neutral(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

function original(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/**
 * A file Excel opens with its accents right (UTF-8 with a mark), and in which no cell runs as a formula: an
 * apostrophe comes before it, and `readCsv` takes it off again. Send it as `text/csv; charset=utf-8`.
 */
export function writeCsv(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  options: { delimiter?: Delimiter | undefined } = {},
): string {
  const cells = [header, ...rows].map((row) => row.map(neutral));
  return stringify(cells, {
    delimiter: options.delimiter ?? ',',
    record_delimiter: '\r\n',
    bom: true,
    quoted_match: /[;,\t\r\n]/,
  });
}
