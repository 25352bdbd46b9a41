import { expect, test } from 'vitest';
import { seatsInList } from '../../../src/domain/tables/list.ts';

const people = [
  { id: 1, name: 'Ada Berg', email: 'ada@x.example' },
  { id: 2, name: 'Bo Dahl', email: 'bo@x.example' },
  { id: 3, name: 'Bo Dahl', email: 'bo2@x.example' },
];
const size = { rounds: 2, tables: 3 };
const rows = (...cells: string[][]) => cells.map((row, index) => ({ line: index + 2, cells: row }));

test('seats are read by address, else by name, in any order of columns; an empty cell is no seat', () => {
  const header = ['Round 2', 'Name', 'E-mail', 'Ronde 1'];
  const read = seatsInList(
    { header, rows: rows(['3', 'Ada Berg', '', '1'], ['', 'Somebody', 'BO2@x.example', '2']) },
    people,
    size,
  );
  expect(read.faults).toEqual([]);
  expect([...read.seats]).toEqual([
    [1, [1, 3]],
    [3, [2, 0]],
  ]);
});

test('each mistake is named with its row', () => {
  const header = ['Name', 'Round 1', 'Round 3'];
  const list = rows(['Zoe', '1', ''], ['Bo Dahl', '1', ''], ['Ada Berg', '9', '1'], ['Ada Berg', '1', '']);
  const { faults } = seatsInList({ header, rows: list }, people, size);
  expect(faults).toEqual([
    { sentence: 'Row {line}: {who} is not among the people who come.', params: { line: 2, who: 'Zoe' } },
    {
      sentence: 'Row {line}: several people are called {who}. Write the e-mail address.',
      params: { line: 3, who: 'Bo Dahl' },
    },
    { sentence: 'Row {line}: there is no table {table}.', params: { line: 4, table: '9' } },
    { sentence: 'Row {line}: there is no round {round}.', params: { line: 4, round: 3 } },
    { sentence: 'Row {line}: {who} is in the list twice.', params: { line: 5, who: 'Ada Berg' } },
  ]);
  expect(seatsInList({ header: ['Who'], rows: [] }, people, size).faults).toHaveLength(2);
});

test('of two people behind one address the name says which', () => {
  const two = [
    { id: 1, name: 'Ada Berg', email: 'desk@x.example' },
    { id: 2, name: 'Bo Dahl', email: 'desk@x.example' },
  ];
  const header = ['Name', 'E-mail', 'Round 1'];
  const read = (...cells: string[][]) => seatsInList({ header, rows: rows(...cells) }, two, size);
  expect([...read(['Bo Dahl', 'desk@x.example', '2']).seats]).toEqual([[2, [2, 0]]]);
  expect(read(['Zoe', 'desk@x.example', '2']).faults).toHaveLength(1);
});
