import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { type Delimiter, delimiters, type Encoding, readCsv, writeCsv } from '../../../src/web/csv.ts';

const list = [
  ['Voornaam', 'Naam', 'E-mailadres', 'Kant'],
  ['Zoë', 'Van den Berg', 'zoe@halden.example', 'talent'],
  ['François', 'Lemaire', 'francois@halden.example', 'senior'],
];
const rowsOfList = [
  { line: 2, cells: list[1]! },
  { line: 3, cells: list[2]! },
];

/** Writes cells as Excel does: no quotation marks unless needed, CR LF. */
function asExcelSaves(
  delimiter: Delimiter,
  codec: string,
  options: { mark?: boolean; sep?: boolean } = {},
): Buffer {
  const text = list.map((cells) => `${cells.join(delimiter)}\r\n`).join('');
  return iconv.encode((options.sep ? `sep=${delimiter}\r\n` : '') + text, codec, {
    addBOM: options.mark ?? false,
  });
}

describe('a list saved by a spreadsheet is read with its accents', () => {
  const ways: [name: string, encoding: Encoding, delimiter: Delimiter, bytes: Buffer][] = [
    ['Excel in Belgium, CSV', 'Windows-1252', ';', asExcelSaves(';', 'win1252')],
    ['Excel in Belgium, CSV UTF-8', 'UTF-8', ';', asExcelSaves(';', 'utf8', { mark: true })],
    ['Excel in the US, CSV', 'Windows-1252', ',', asExcelSaves(',', 'win1252')],
    ['Excel in the US, CSV UTF-8', 'UTF-8', ',', asExcelSaves(',', 'utf8', { mark: true })],
    ['Excel, Unicode text', 'UTF-16 LE', '\t', asExcelSaves('\t', 'utf16le', { mark: true })],
    ['UTF-16 with the high byte first', 'UTF-16 BE', ';', asExcelSaves(';', 'utf16be', { mark: true })],
    ['UTF-16 without a mark', 'UTF-16 LE', ',', asExcelSaves(',', 'utf16le')],
    ['UTF-16 BE without a mark', 'UTF-16 BE', ',', asExcelSaves(',', 'utf16be')],
    ['Numbers, UTF-8 without a mark', 'UTF-8', ';', asExcelSaves(';', 'utf8')],
    ['tabs in UTF-8', 'UTF-8', '\t', asExcelSaves('\t', 'utf8')],
    ['a first line sep=;', 'Windows-1252', ';', asExcelSaves(';', 'win1252', { sep: true })],
    ['a first line sep=, after the mark', 'UTF-8', ',', asExcelSaves(',', 'utf8', { sep: true, mark: true })],
  ];
  test.each(ways)('%s', (_name, encoding, delimiter, bytes) => {
    expect(readCsv(bytes)).toEqual({ encoding, delimiter, header: list[0], rows: rowsOfList });
  });

  test('as Mac Roman when the organiser says so', () => {
    const bytes = asExcelSaves(';', 'macroman');
    expect(readCsv(bytes).rows).not.toEqual(rowsOfList);
    expect(readCsv(bytes, { encoding: 'Mac Roman' }).rows).toEqual(rowsOfList);
  });

  test('with another separator when the organiser says so', () => {
    const bytes = Buffer.from('name,title;side\nAda,Lead;talent\n');
    expect(readCsv(bytes).header).toEqual(['name,title', 'side']);
    expect(readCsv(bytes, { delimiter: ',' }).header).toEqual(['name', 'title;side']);
  });
});

describe('rows are numbered as the spreadsheet numbers them', () => {
  test('a line break inside a cell does not count, an empty row does', () => {
    const file = readCsv(
      Buffer.from('name;title\r\n"Ada\r\nLovelace";Lead\r\n;\r\n\r\nBo;"Said ""yes"""\r\n'),
    );
    expect(file.rows).toEqual([
      { line: 2, cells: ['Ada\r\nLovelace', 'Lead'] },
      { line: 5, cells: ['Bo', 'Said "yes"'] },
    ]);
  });

  test('line breaks of old Macs are line breaks too', () => {
    expect(readCsv(Buffer.from('name,side\rAda,talent\rBo,senior\r')).rows).toEqual([
      { line: 2, cells: ['Ada', 'talent'] },
      { line: 3, cells: ['Bo', 'senior'] },
    ]);
  });

  test('short rows are filled up, cells beyond the header are kept where they say something', () => {
    const file = readCsv(Buffer.from('name,side,title\nAda\nBo,talent,Lead,,\nCy,senior,Head,of,Tax\n'));
    expect(file.rows.map((row) => row.cells)).toEqual([
      ['Ada', '', ''],
      ['Bo', 'talent', 'Lead'],
      ['Cy', 'senior', 'Head', 'of', 'Tax'],
    ]);
  });
});

describe('separators are told apart', () => {
  test('a comma in the names does not beat the semicolon', () => {
    const file = readCsv(
      Buffer.from('Name, first name;E-mail\nBerg, Jonas;j@x.example\nChen, Mei;m@x.example\n'),
    );
    expect(file.header).toEqual(['Name, first name', 'E-mail']);
  });

  test('a separator inside quotation marks does not count', () => {
    const file = readCsv(Buffer.from('"a;b;c",side\n"d;e;f",talent\n'));
    expect([file.delimiter, file.header]).toEqual([',', ['a;b;c', 'side']]);
  });

  test('rows that were saved as one quoted cell each are opened', () => {
    const file = readCsv(Buffer.from('"name,title"\r\n"Ada,""Lead, Ops"""\r\n"Bo,Trainee"\r\n'));
    expect(file.header).toEqual(['name', 'title']);
    expect(file.rows.map((row) => row.cells)).toEqual([
      ['Ada', 'Lead, Ops'],
      ['Bo', 'Trainee'],
    ]);
  });
});

describe('what cannot be read says what to do', () => {
  const saveAs = /choose File, Save as, “CSV UTF-8”, and choose the new file here\.$/;
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
  test.each([
    ['an Excel workbook', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), /^This is an Excel workbook/],
    ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /^This is an Excel workbook/],
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), /^This is a PDF/],
    ['a picture', png, /^This is not a CSV file/],
    ['a web page named .csv', Buffer.from('<html><table><tr><td>name'), /^This is not a CSV file/],
  ])('%s', (_name, bytes, start) => {
    const file = readCsv(bytes);
    expect(file.problem).toMatch(start);
    expect(file.problem).toMatch(saveAs);
    expect(file.rows).toEqual([]);
  });

  test.each([
    ['nothing at all', Buffer.alloc(0), /^The file is empty\./],
    ['a mark and blank rows', Buffer.from('\ufeff\r\n;;;\r\n \r\n'), /^The file is empty\./],
    ['a header alone', Buffer.from('name;side\r\n'), /nothing below it/],
    ['an open quotation mark', Buffer.from('name;side\r\n"Ada;talent\r\nBo;senior\r\n'), /never closed/],
    ['more than 200 columns', Buffer.from(`${'x;'.repeat(201)}y\r\n1\r\n`), /more than 200 columns/],
    ['more than 5 MB', Buffer.alloc(5 * 1024 * 1024 + 1, 'a;b\n'), /larger than 5 MB/],
  ])('%s', (_name, bytes, sentence) => {
    expect(readCsv(bytes).problem).toMatch(sentence);
  });

  test('5,000 rows are read, one more is not', () => {
    const rows = (count: number) => Buffer.from(`name;side\r\n${'Ada;talent\r\n'.repeat(count)}`);
    expect(readCsv(rows(5000)).rows.length).toBe(5000);
    expect(readCsv(rows(5001))).toMatchObject({
      rows: [],
      problem: expect.stringMatching(/^The file has more than 5,000 rows/),
    });
  });

  test('any bytes get rows or a problem, and never an exception', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (any) => {
        const file = readCsv(any);
        return file.problem === undefined ? file.rows.length > 0 : file.rows.length === 0;
      }),
      { numRuns: 1000 },
    );
  });

  test('what is read can be stored: no NUL and no half characters', () => {
    const file = readCsv(Buffer.from([0xff, 0xfe, 0x61, 0, 0x0a, 0, 0x00, 0xd8, 0x62, 0]));
    expect(file.rows).toEqual([{ line: 2, cells: ['\ufffdb'] }]);
  });
});

describe('what goes out', () => {
  test('no cell runs as a formula in a spreadsheet', () => {
    const text = writeCsv(
      ['name', 'note'],
      [
        ['=HYPERLINK("http://evil")', '+1'],
        ['-2', '@SUM(A1)'],
        ['\t=1', "'=1"],
      ],
    );
    expect(text).toBe(
      '\ufeffname,note\r\n"\'=HYPERLINK(""http://evil"")",\'+1\r\n\'-2,\'@SUM(A1)\r\n"\'\t=1",\'\'=1\r\n',
    );
  });

  test('it is read again exactly as it was, whatever the cells hold', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.stringMatching(/^['"=+\-@;,\t\r\n a]{0,6}$/),
    );
    const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
      fc.tuple(
        fc.array(
          cell.map((text) => `h${text.trim()}h`),
          { minLength: width, maxLength: width },
        ),
        fc.array(fc.tuple(fc.constant('x'), fc.array(cell, { minLength: width - 1, maxLength: width - 1 })), {
          minLength: 1,
          maxLength: 6,
        }),
      ),
    );
    fc.assert(
      fc.property(table, fc.constantFrom(...delimiters), ([header, found], delimiter) => {
        const rows = found.map(([first, others]) => [first, ...others]);
        const file = readCsv(Buffer.from(writeCsv(header, rows, { delimiter })), { encoding: 'UTF-8' });
        expect(file).toEqual({
          encoding: 'UTF-8',
          delimiter,
          header,
          rows: rows.map((cells, i) => ({ line: i + 2, cells })),
        });
      }),
      { numRuns: 500 },
    );
  });
});
