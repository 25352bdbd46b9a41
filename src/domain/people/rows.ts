// One row of a list of people, read by its columns: what it says, and what in it cannot be right by itself.

import { finish, mapInSteps, type Steps } from '../steps.ts';
import { unbroken } from '../visible-text.ts';
import { addressProblem, bareAddress } from './address.ts';
import type { Column, Field } from './columns.ts';
import { inSpokenOrder } from './names.ts';
import { languageOf, oneLine, type Sentence, type Side, sentenceWith, sideOf, truncated } from './words.ts';

export interface ListRow {
  /** The row as a spreadsheet numbers it. */
  line: number;
  cells: readonly string[];
}

/** Fields of a row. A missing column or an empty cell says nothing, and the person keeps what they have. */
export interface ReadRow {
  line: number;
  name: string;
  email: string;
  side: Side | null;
  /** The cell as it was written. */
  sideText: string;
  /** How we greet them. */
  greeting?: string;
  department?: string;
  jobTitle?: string;
  /** ISO 639-1 code. */
  language?: string;
  /** The manager's address or name. */
  manager?: string;
  /** Faults of the row alone, one sentence each. */
  why: Sentence[];
}

/** The most characters there is room for. */
export const longest = { name: 200, greeting: 60, department: 100, jobTitle: 200 } as const;

/** Reads each row by its columns; `width` is how many columns the header has. */
export const readRows = (rows: readonly ListRow[], columns: readonly Column[]): ReadRow[] =>
  finish(readingRows(rows, columns));

/** Does the same in steps, so that pages are answered in between. */
export function* readingRows(rows: readonly ListRow[], columns: readonly Column[]): Steps<ReadRow[]> {
  const email = columns.indexOf('email');
  const domains = commonDomains(rows.map((row) => row.cells[email] ?? ''));
  yield;
  return yield* mapInSteps(rows, (row) => readRow(row, columns, domains));
}

/** Domains of whole addresses, the most frequent first. */
function commonDomains(addresses: string[]): string[] {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    const domain = /^\S+@(\S+\.[a-z]{2,})$/i.exec(bareAddress(address))?.[1]?.toLowerCase();
    if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([domain]) => domain);
}

function readRow(row: ListRow, columns: readonly Column[], domains: string[]): ReadRow {
  const cell = (field: Field) => cellText(row.cells[columns.indexOf(field)] ?? '');
  const [name, email, sideText, languageText] = [
    nameIn(cell),
    bareAddress(cell('email')),
    cell('side'),
    cell('language'),
  ];
  const said = {
    greeting: cell('greeting'),
    department: cell('department'),
    jobTitle: cell('jobTitle'),
    language: languageOf(languageText) ?? '',
    manager: cell('manager'),
  };
  const read = { line: row.line, name, email, side: sideOf(sideText), sideText, ...filled(said) };
  const why = [
    tooManyCells(row, columns),
    nameProblem(name),
    brokenAccents(row, columns),
    addressProblem(email, { name, domains }),
    sideProblem(sideText),
    tooLong('greeting', said.greeting),
    tooLong('department', said.department),
    tooLong('jobTitle', said.jobTitle),
    languageProblem(languageText),
  ];
  return { ...read, why: why.filter((each) => each !== null) };
}

function filled<Said extends Record<string, string>>(said: Said): Partial<Said> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')) as Partial<Said>;
}

/** "Berg, Jonas" is how HR systems write Jonas Berg. */
function nameIn(cell: (field: Field) => string): string {
  const parts = [cell('firstName'), cell('infix'), cell('lastName')].filter((part) => part !== '');
  const whole = cell('name') || parts.join(' ');
  return inSpokenOrder(whole);
}

/** Signs that spreadsheets and HR systems write in place of nothing. */
const signsOfNothing =
  /^(#N\/?A|#NV|#REF!|#VALUE!|#NAME\?|#DIV\/0!|#NULL!|NULL|\(null\)|NaN|n\/a|N\/A|[-–—_.?/]+)$/;

/** A cell on one line; '' where a sign stands for nothing. */
function cellText(cell: string): string {
  const text = oneLine(cell);
  return signsOfNothing.test(text) ? '' : text;
}

const readAsText: readonly Column[] = [
  'name',
  'firstName',
  'infix',
  'lastName',
  'greeting',
  'department',
  'jobTitle',
];

/** Names the first cell whose accents were broken, with what it was probably meant to say. */
function brokenAccents({ cells }: ListRow, columns: readonly Column[]): Sentence | null {
  for (const column of readAsText) {
    const cell = cells[columns.indexOf(column)] ?? '';
    const meant = unbroken(cell);
    if (meant !== null)
      return sentenceWith(
        '“{cell}” was probably meant to be “{meant}”. Choose another encoding above, or correct the file.',
        {
          cell: truncated(oneLine(cell)),
          meant: truncated(oneLine(meant)),
        },
      );
    if (cell.includes('\ufffd'))
      return sentenceWith(
        'A letter of “{cell}” was lost. Choose another encoding above, or correct the file.',
        {
          cell: truncated(oneLine(cell)),
        },
      );
  }
  return null;
}

function tooManyCells(row: ListRow, columns: readonly Column[]): Sentence | null {
  if (row.cells.length <= columns.length) return null;
  return sentenceWith(
    'The row has more cells than the first row. Put the cell with a separator in it in quotation marks.',
  );
}

function nameProblem(name: string): Sentence | null {
  if (name === '') return sentenceWith('There is no name. Write the first and the last name.');
  const length = [...name].length;
  if (length <= longest.name) return null;
  return sentenceWith('The name is too long: {n} characters, {most} is the most. Shorten it.', {
    n: length,
    most: longest.name,
  });
}

function sideProblem(text: string): Sentence | null {
  if (text === '') return sentenceWith('There is no side. Write talent or senior.');
  return sideOf(text) === null
    ? sentenceWith('“{side}” is not a side. Write talent or senior.', { side: truncated(text) })
    : null;
}

function tooLong(field: 'greeting' | 'department' | 'jobTitle', text: string): Sentence | null {
  const length = [...text].length;
  if (length <= longest[field]) return null;
  const params = { n: length, most: longest[field] };
  if (field === 'greeting')
    return sentenceWith('The greeting is too long: {n} characters, {most} is the most. Shorten it.', params);
  if (field === 'department')
    return sentenceWith(
      'The department is too long: {n} characters, {most} is the most. Shorten it.',
      params,
    );
  return sentenceWith('The title is too long: {n} characters, {most} is the most. Shorten it.', params);
}

function languageProblem(text: string): Sentence | null {
  if (text === '' || languageOf(text) !== null) return null;
  return sentenceWith(
    '“{language}” is not a language we know. Write for example English, Dutch or fr, or leave it empty.',
    {
      language: truncated(text),
    },
  );
}
