import { describe, expect, test } from 'vitest';
import { readCsv } from '../../../src/web/csv.ts';
import {
  mostCells,
  mostCellsInLine,
  mostLines,
  tooMuchIn,
  withoutBlankEnd,
} from '../../../src/web/csv-limits.ts';

// files that hold more lines or cells than a list of people, however small a thing each of them is

const weight = 5 * 1024 * 1024;
const fileOf = (piece: string, start = '', end = '') =>
  Buffer.from(start + piece.repeat(Math.floor((weight - start.length - end.length) / piece.length)) + end);
const problemOf = (bytes: Buffer) => readCsv(bytes).problem;

describe('five megabytes of nearly nothing', () => {
  test('of blank lines, spaces or separators are an empty file', () => {
    for (const piece of ['\n', '\r\n', '\r', ' \n', ',', ';', ',,,,\r\n', '\t'])
      expect([piece, problemOf(fileOf(piece))]).toEqual([
        piece,
        expect.stringContaining('The file is empty'),
      ]);
  });

  test('behind a list are not seen at all: spreadsheets write thousands of such lines', () => {
    for (const piece of ['\n', ',,\r\n', ' ,\n']) {
      const file = readCsv(fileOf(piece, 'name,side,notes\nAda,senior,\n'));
      expect(file.rows).toEqual([{ line: 2, cells: ['Ada', 'senior', ''] }]);
    }
  });

  test('between two rows are more lines than are read', () => {
    const lines = (blank: number) => Buffer.from(`name\nAda${'\n'.repeat(blank)}Bo\n`);
    expect(readCsv(lines(mostLines - 3)).rows.map(({ line }) => line)).toEqual([2, mostLines - 1]);
    expect(problemOf(lines(mostLines))).toMatch(/^The file has more than 20,000 lines/);
    expect(problemOf(fileOf('\n', 'name\nAda', 'Bo'))).toMatch(/^The file has more than 20,000 lines/);
  });

  test('in one line are more cells than are read', () => {
    const wide = (cells: number) => Buffer.from(`name,side\nAda,senior${','.repeat(cells - 3)},x\n`);
    expect(readCsv(wide(mostCellsInLine)).rows[0]!.cells.length).toBe(mostCellsInLine);
    expect(problemOf(wide(mostCellsInLine + 1))).toMatch(/^The file has more than 200 columns/);
    expect(problemOf(fileOf(',', 'name\nAda', 'x'))).toMatch(/^The file has more than 200 columns/);
  });

  test('in many wide rows are more cells than are read, written out or filled up to the header’s width', () => {
    const rows = (many: number) => Buffer.from(`name\n${`${'x,'.repeat(99)}x\n`.repeat(many)}`);
    expect(readCsv(rows(mostCells / 100 - 1)).rows.length).toBe(mostCells / 100 - 1);
    expect(problemOf(rows(mostCells / 100 + 1))).toMatch(/^The file has more than 250,000 cells/);
    const padded = (many: number) =>
      Buffer.from(`${Array(100).fill('column').join()}\n${'x\n'.repeat(many)}`);
    expect(readCsv(padded(mostCells / 100)).rows.length).toBe(mostCells / 100);
    expect(problemOf(padded(mostCells / 100 + 1))).toMatch(/^The file has more than 250,000 cells/);
  });

  test('with each row in quotation marks is counted as it is read: by the cells inside', () => {
    const rows = Buffer.from(`"a,b"\n${`"${',x'.repeat(99)}"\n`.repeat(2600)}`);
    expect(problemOf(rows)).toMatch(/^The file has more than 250,000 cells/);
  });

  test('as rows of one letter are too many rows, and the sentence says which limit that is', () => {
    expect(problemOf(fileOf('x\n'))).toMatch(/^The file has more than 5,000 rows/);
  });
});

describe('what is counted before anything is read', () => {
  test('stops at the limit, wherever the file ends', () => {
    const begins = `name\nAda${'\n'.repeat(mostLines)}`;
    const guarded = new Proxy(Object(`${begins}${'\n'.repeat(1000)}Bo`), {
      get(text: string, key) {
        if (key === 'charCodeAt')
          return (at: number) => {
            expect(at).toBeLessThanOrEqual(begins.length);
            return String(text).charCodeAt(at);
          };
        return Reflect.get(Object(text), key, text);
      },
    }) as string;
    expect(tooMuchIn(guarded, ',')).toBe('lines');
  });

  test('takes separators and line breaks in quotation marks for what they are: part of a cell', () => {
    const long = `"${'a, b\n""c"" '.repeat(4000)}"`;
    expect(tooMuchIn(`name,notes\nAda,${long}\n`, ',')).toBe(null);
    expect(readCsv(Buffer.from(`name,notes\nAda,${long}\n`)).rows.length).toBe(1);
    expect(tooMuchIn(`name,notes\nAda,${long.slice(0, -1)}`, ',')).toBe(null);
  });

  test('leaves the last row as it is, with the blanks and separators it ends in', () => {
    expect(withoutBlankEnd('name,side\nAda , ,\n,,\n\n', ',')).toBe('name,side\nAda , ,');
    expect(withoutBlankEnd('name;side\nAda;\r\n;\r\n', ',')).toBe('name;side\nAda;\r\n;');
    expect(withoutBlankEnd('\n , \n', ',')).toBe('');
  });
});
