// How much of a CSV file is read. One pass over the text counts lines and cells before any of them is made, so that a
// file of blank lines, separators or one endless line costs no more than a list of people.

/** Rows below the header; lines, blank ones included; cells of one line; cells of all lines. */
export const mostRows = 5_000;
export const mostLines = 20_000;
export const mostCellsInLine = 1_000;
export const mostCells = 250_000;

/** Limit that a file exceeds. */
export type TooMuch = 'rows' | 'lines' | 'cells-in-line' | 'cells';

const [quote, newline, carriageReturn] = [34, 10, 13];

/** Returns the text without the blank lines at its end: a spreadsheet writes thousands of them. */
export function withoutBlankEnd(text: string, delimiter: string): string {
  const isBlank = (code: number) => code === delimiter.charCodeAt(0) || code <= 32 || code === 0xa0;
  let last = text.length - 1;
  while (last >= 0 && isBlank(text.charCodeAt(last))) last -= 1;
  let end = last + 1;
  while (end < text.length && text.charCodeAt(end) !== newline && text.charCodeAt(end) !== carriageReturn)
    end += 1;
  return last < 0 ? '' : text.slice(0, end);
}

/** Returns what the text has too much of, as soon as that is known; null where it can be read as a whole. */
export function tooMuchIn(text: string, delimiter: string): TooMuch | null {
  const separator = delimiter.charCodeAt(0);
  const count = { rows: 0, lines: 1, cells: 1, cellsBefore: 0 };
  let [isCellStart, isFilled] = [true, false];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote && isCellStart) at = endOfQuoted(text, at);
    isCellStart = code === separator || code === newline || code === carriageReturn;
    isFilled ||= !isCellStart && code > 32;
    if (!isCellStart) continue;
    count.cells += 1;
    if (code !== separator && !(code === carriageReturn && text.charCodeAt(at + 1) === newline)) {
      count.rows += isFilled ? 1 : 0;
      count.lines += 1;
      count.cellsBefore = count.cells - 1;
      isFilled = false;
    }
    const much = beyond(count);
    if (much) return much;
  }
  return count.rows + (isFilled ? 1 : 0) > mostRows + 1 ? 'rows' : null;
}

/** The header is a row more. */
function beyond(count: { rows: number; lines: number; cells: number; cellsBefore: number }): TooMuch | null {
  if (count.rows > mostRows + 1) return 'rows';
  if (count.lines > mostLines) return 'lines';
  if (count.cells - count.cellsBefore > mostCellsInLine) return 'cells-in-line';
  return count.cells > mostCells ? 'cells' : null;
}

/** The place of the quotation mark that closes the cell; two in a row are one of its characters (RFC 4180 2.7). */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    if (text.charCodeAt(at + 1) !== quote) return at;
    at += 1;
  }
}
