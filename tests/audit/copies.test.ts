// One copy attacked by statistics, sequences and backups: on what a careless program leaves there each reader must find
// it.
import { expect, test } from 'vitest';
import { attacks, guesses } from './attacks.ts';
import { backedUpIn } from './readers/backups.ts';
import type { Knowledge, Row, Table } from './readers/rows.ts';
import { sequenceSights } from './readers/sequences.ts';
import { countedIn, sampledIn } from './readers/statistics.ts';
import type { Sign } from './signs.ts';

const [ada, bo] = [
  { id: 11, name: 'Ada Lund', email: 'ada@halden.example' },
  { id: 12, name: 'Bo Dahl', email: 'bo@halden.example' },
];
const known: Knowledge = {
  guests: [ada, bo],
  questions: [{ word: 'why', id: 'AAAAAAAAAAAAAAAAAAAAAA', at: 50 }],
  slips: [],
};
const answers: Table = { name: 'answers', oid: 1, file: 1, people: ['person_id'] };
const secrets: Table = { name: 'secrets', oid: 2, file: 2, people: [] };
const rowOf = (table: Table, values: Record<string, unknown>): [Row, Table] => [
  { table: table.name, ctid: '', xmin: 0, values, text: JSON.stringify(values) },
  table,
];
const named = [
  rowOf(answers, { id: 1, person_id: ada.id, at: '1970-01-01T00:00:00.020Z' }),
  rowOf(answers, { id: 3, person_id: bo.id, at: '1970-01-01T00:00:00.040Z' }),
];
const whose = (attack: string, signs: Sign[]) =>
  guesses(attacks[attack]!, signs, 'question').map(({ person }) => person);

test('a number that is missing between two answers was drawn by a question of whoever answered before', () => {
  const [sight] = sequenceSights([{ table: 'answers', column: 'id', last: 3 }], named, known, 60);
  expect(sight!.lens).toBe('sequence of answers');
  expect(whose('named before it moved', sight!.signs)).toEqual([ada.id]);
});

test('a number drawn after the last answer is seen in the sequence alone', () => {
  const [sight] = sequenceSights([{ table: 'answers', column: 'id', last: 4 }], named.slice(1), known, 60);
  expect(whose('named before it moved', sight!.signs)).toEqual([bo.id]);
});

test('a column that keeps persons and words side by side is found in its statistics', () => {
  const samples = [
    { table: 'answers', column: 'person_id', xmin: 5, values: ['12'] },
    { table: 'secrets', column: 'text', xmin: 5, values: ['Tell me why'] },
    { table: 'secrets', column: 'about', xmin: 6, values: ['Ada Lund'] },
  ];
  const signs = sampledIn(samples, named, known);
  expect(signs.map(({ person, item }) => person ?? item)).toEqual([bo.id, 'why', ada.id]);
  expect(whose('last named before', signs)).toEqual([bo.id]);
});

test('the time at which a table without names was used last lies right after a name', () => {
  const counters = [
    { table: 'secrets', times: [21] },
    { table: 'answers', times: [41] },
  ];
  const signs = countedIn(counters, [...named, rowOf(secrets, { text: 'why' })], known, 60);
  expect(
    whose(
      'named before it moved',
      signs.toSorted((a, b) => a.at - b.at),
    ),
  ).toEqual([ada.id]);
});

test('lines of a backup that stand in the order in which they came are read so', () => {
  const lines = [
    { table: 'answers', columns: ['id', 'person_id', 'at'] },
    '(1,11,"1970-01-01 00:00:00.02+00")',
    { table: 'secrets', columns: ['text'] },
    '("Tell me why")',
    '(12)',
  ];
  const backup = lines.map((line) => JSON.stringify(line)).join('\n');
  const signs = backedUpIn(backup, [answers, secrets], known);
  expect(signs.map(({ person, item }) => person ?? item)).toEqual([ada.id, 'why']);
  expect(whose('last named before', signs)).toEqual([ada.id]);
});

test('names and words are found in a backup of any other form too', () => {
  const signs = backedUpIn('COPY x\n7\tBo Dahl\nTell me why\n', [], known);
  expect(signs.map(({ person, item }) => person ?? item)).toEqual([bo.id, 'why']);
});
