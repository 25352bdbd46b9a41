import { describe, expect, test } from 'vitest';
import type { Column } from '../../../src/domain/people/columns.ts';
import { readRows } from '../../../src/domain/people/rows.ts';

const columns: Column[] = ['name', 'email', 'side', 'department', 'manager', 'jobTitle', 'language'];
const read = (...cells: string[]) => readRows([{ line: 2, cells }], columns)[0]!;
const why = (...cells: string[]) =>
  read(...cells).why.map(({ sentence, params }) =>
    sentence.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key])),
  );

test('a row says what its cells say, on one line each', () => {
  expect(
    read(
      ' Zoë\r\nBerg ',
      'zoe@halden.example',
      'Jong talent',
      'Sales',
      'Bo@halden.example',
      'Lead',
      'Nederlands',
    ),
  ).toEqual({
    line: 2,
    name: 'Zoë Berg',
    email: 'zoe@halden.example',
    side: 'talent',
    sideText: 'Jong talent',
    department: 'Sales',
    manager: 'Bo@halden.example',
    jobTitle: 'Lead',
    language: 'nl',
    why: [],
  });
});

test('an empty cell and a missing column say nothing', () => {
  expect(read('Zoë Berg', 'zoe@halden.example', 'talent', ' ', '', '', '')).toEqual({
    line: 2,
    name: 'Zoë Berg',
    email: 'zoe@halden.example',
    side: 'talent',
    sideText: 'talent',
    why: [],
  });
});

test('what spreadsheets write in place of nothing is nothing', () => {
  for (const sign of ['#N/A', '#NV', 'NULL', '-', '–', 'N/A', '(null)', '\u200b', '\u3164'])
    expect(read('Zoë Berg', 'zoe@halden.example', 'talent', sign, sign, sign, sign)).not.toHaveProperty(
      'department',
    );
  expect(why('#N/A', 'zoe@halden.example', 'talent')).toEqual([
    'There is no name. Write the first and the last name.',
  ]);
  expect(read('Kim Null', 'kim@halden.example', 'talent', 'Research & Development').department).toBe(
    'Research & Development',
  );
});

test('accents that the wrong encoding broke are named with what was probably meant', () => {
  expect(why('SÃ©bastien Dupont', 's@x.example', 'talent')).toEqual([
    '“SÃ©bastien Dupont” was probably meant to be “Sébastien Dupont”. Choose another encoding above, or correct the file.',
  ]);
  expect(why('S\ufffdbastien', 's@x.example', 'talent')).toEqual([
    'A letter of “S\ufffdbastien” was lost. Choose another encoding above, or correct the file.',
  ]);
  expect(why('Sébastien Dupont', 's@x.example', 'talent', 'Études')).toEqual([]);
});

test('an accent written as a letter and a sign is the same letter', () => {
  expect(read('Zoe\u0308 Berg', 'z@x.example', 'talent').name).toBe('Zo\u00eb Berg');
});

test('the name is put together from its parts, and turned round where the last name stands first', () => {
  const parts: Column[] = ['firstName', 'infix', 'lastName', 'email', 'side'];
  const named = (...cells: string[]) => readRows([{ line: 2, cells }], parts)[0]!.name;
  expect(named('Sanne', 'de', 'Wit', 's@x.example', 'talent')).toBe('Sanne de Wit');
  expect(named('Sanne', '', 'Wit', 's@x.example', 'talent')).toBe('Sanne Wit');
  expect(read('Berg, Jonas', 'j@x.example', 'talent').name).toBe('Jonas Berg');
  expect(read('Jonas Berg, PhD', 'j@x.example', 'talent').name).toBe('Jonas Berg, PhD');
});

describe('what is wrong with a row by itself', () => {
  test.each<[string[], string[]]>([
    [['Lieke Bos', 'l@x.example', 'expert'], ['“expert” is not a side. Write talent or senior.']],
    [['Lieke Bos', 'l@x.example', ''], ['There is no side. Write talent or senior.']],
    [['', 'l@x.example', 'senior'], ['There is no name. Write the first and the last name.']],
    [
      ['n'.repeat(201), 'l@x.example', 'senior'],
      ['The name is too long: 201 characters, 200 is the most. Shorten it.'],
    ],
    [
      ['L', 'l@x.example', 'senior', 'd'.repeat(101)],
      ['The department is too long: 101 characters, 100 is the most. Shorten it.'],
    ],
    [
      ['L', 'l@x.example', 'senior', '', '', 't'.repeat(201)],
      ['The title is too long: 201 characters, 200 is the most. Shorten it.'],
    ],
    [
      ['L', 'l@x.example', 'senior', '', '', '', 'Klingon'],
      ['“Klingon” is not a language we know. Write for example English, Dutch or fr, or leave it empty.'],
    ],
    [
      ['L', 'l@x.example', 'senior', '', '', '', '', 'one more'],
      ['The row has more cells than the first row. Put the cell with a separator in it in quotation marks.'],
    ],
    [
      ['Bilal Aksoy', '', 'boss'],
      [
        'There is no address. Without one Bilal cannot be invited.',
        '“boss” is not a side. Write talent or senior.',
      ],
    ],
  ])('%j', (cells, sentences) => {
    expect(why(...cells)).toEqual(sentences);
  });

  test('200 characters are a name, counted as people count them', () => {
    expect(why('ë'.repeat(200), 'l@x.example', 'senior')).toEqual([]);
    expect(why('👩'.repeat(200), 'l@x.example', 'senior')).toEqual([]);
  });

  test('the example address has the domain most colleagues have', () => {
    const rows = ['a@north.example', 'b@halden.example', 'c@halden.example', 'femke@halden', 'no'].map(
      (email, i) => ({
        line: i + 2,
        cells: ['Femke', email, 'talent'],
      }),
    );
    const examples = readRows(rows, columns).flatMap((row) => row.why.map(({ params }) => params.example));
    expect(examples).toEqual(['femke@halden.example', 'femke@halden.example']);
  });
});
