// Lists of people and of tables from a terminal: soft wishes in columns, names and seats of tables, what changed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const program = path.resolve(import.meta.dirname, '../../../src/cli/flipside.ts');
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-test-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [program, 'tables', ...args], { cwd: folder, encoding: 'utf8' });
const write = (name: string, content: string) => fs.writeFileSync(path.join(folder, name), content);
const lines = (name: string) =>
  fs.readFileSync(path.join(folder, name), 'utf8').replace('\uFEFF', '').trim().split('\r\n');

const rows = [
  'Name;Side;Prefers;Rather;Years',
  'Ada;talent;Window;Eli;2,5',
  'Bo;talent;Window | b;;1',
  'Cas;talent;;;7',
  'Dora;senior;Window;;20',
  'Eli;senior;;;30',
  'Fay;senior;;;',
].join('\n');

test('soft wishes stand in columns, tables in a list of their own, and what is not met is said', () => {
  write('people.csv', rows);
  write('tables.csv', 'Table;Name;Seats;Closed from\na;Window;2;\nb;;2;\nc;Door;2;\nd;;2;1\n');
  write('more.json', '{"balance": "years", "mix": "none"}');
  const args = ['--in', 'people.csv', '--tables', 'tables.csv', '--rounds', '2', '--wishes', 'more.json'];
  const { status, stdout } = run(...args);
  const plan = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(plan.rounds.map((tables: string[][]) => tables.map((table) => table.length))).toEqual([
    [2, 2, 2, 0],
    [2, 2, 2, 0],
  ]);
  // Two people fill the window, and each meets somebody new: one of the two is elsewhere once.
  expect(plan.repeats).toBe(0);
  expect(plan.soft).toMatchObject({ prefers: 1, rather: 0 });
  expect(plan.unmet.map(({ wish }: { wish: string }) => wish)).toEqual(['prefers', 'balance', 'balance']);
  const { stderr } = run(...args, '--out', 'plan.csv');
  expect(stderr.split('\n')[0]).toMatch(
    /^(Ada|Dora) would rather sit at table Window, but sits elsewhere in round [12]\.$/,
  );
  expect(stderr).toMatch(
    /In round 2 the mean of years is [\d.]+ at table \w+ and [\d.]+ at table \w+, the lowest/,
  );
  const [header, ...people] = lines('plan.csv');
  expect(header).toBe('Name;Side;Prefers;Rather;Years;Round 1;Round 2');
  expect(people.join().match(/Window/g)!.length).toBe(4 + 3);
});

test('what a column says wrongly is said row by row', () => {
  write('odd.csv', 'Name;Side;Prefers;Rather;Years\nAda;talent;t9;Zoe;many\nBo;senior;;;3\n');
  write('odd.json', '{"balance": "years"}');
  write('odd-tables.csv', 'Table;Seats\na;few\n;2\n');
  const args = ['--in', 'odd.csv', '--rounds', '1', '--wishes', 'odd.json'];
  expect(run(...args, '--tables', '2').stderr).toBe(
    'Row 2: “many” is not a number.\nRow 2: Zoe is not in the list.\nRow 2: there is no table t9.\n',
  );
  expect(run(...args, '--tables', 'odd-tables.csv').stderr).toBe(
    'Row 2 of the tables: “few” is not a number of seats.\nRow 3 of the tables has no table.\n',
  );
});
