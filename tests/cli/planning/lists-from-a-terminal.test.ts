// Trends, dates and pairs planned from lists at a terminal: the program reads the columns and answers with a plan.
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

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, answer: stdout ? JSON.parse(stdout) : undefined, stderr };
};
const write = (name: string, ...lines: string[]) =>
  fs.writeFileSync(path.join(folder, name), `\uFEFF${lines.join('\r\n')}\r\n`);

test('people who rank trends get the best assignment, named by e-mail address where they have one', () => {
  write('trends.csv', 'Trend;Name;Most', 'ai;Agents;1', 'en;Energy;1', 'hr;Work;1');
  write(
    'ranks.csv',
    'Name;E-mail;Rank 1;Rank 2;Rank 3',
    'Ada;ada@x.example;Agents;en;hr',
    'Bo;;ai;Work;en',
    'Cy;;ai;Energy;hr',
  );
  write('assign.json', '{"rule": "fairest"}');
  const { status, answer } = run(
    'assign',
    '--in',
    'ranks.csv',
    '--trends',
    'trends.csv',
    '--wishes',
    'assign.json',
  );
  expect(status).toBe(0);
  expect(answer).toMatchObject({ profile: [1, 2, 0], unassigned: [], rule: 'fairest', provenOptimal: true });
  expect(answer.assignment.Bo).not.toBe('en');
  expect(Object.keys(answer.assignment).toSorted()).toEqual(['Bo', 'Cy', 'ada@x.example']);
});

test('answers in columns get the date most can come to, with its quorum', () => {
  write('dates.csv', 'Date;Name;Seniors', 'mon;Monday;2', 'tue;Tuesday;1');
  write(
    'answers.csv',
    'Name;Side;Monday;Tuesday',
    'Ada;talent;yes;yes',
    'Bo;talent;yes;',
    'Cy;talent;yes;?',
    'Ines;senior;;yes',
    'Max;senior;yes;no',
  );
  const { status, answer } = run('dates', '--in', 'answers.csv', '--dates', 'dates.csv');
  expect(status).toBe(0);
  // Four could come on Monday, but only one senior: it needs two.
  expect(answer.dates).toMatchObject([{ id: 'tue', maybe: ['Cy'], talents: 2, seniors: 1 }]);
  expect(answer.provenOptimal).toBe(true);
});

test('topics in columns get pairs that share them, and nobody is paired with their boss', () => {
  write(
    'pairs.csv',
    'Name;Side;Manager;Wants;Offers',
    'Ines;senior;;robots | energy;',
    'Max;senior;;energy;',
    'Ada;talent;Ines;;robots | energy',
    'Bo;talent;;;energy | robots',
  );
  const { status, answer } = run('pairs', '--in', 'pairs.csv');
  expect(status).toBe(0);
  expect(
    answer.pairs.map(({ senior, talent }: { senior: string; talent: string }) => [senior, talent]).toSorted(),
  ).toEqual([
    ['Ines', 'Bo'],
    ['Max', 'Ada'],
  ]);
  expect(answer.provenOptimal).toBe(true);
});

test('a cell that says nothing a planner can use ends with 2 and the row', () => {
  write('wrong.csv', 'Name;Side;Wants;Most', 'Ada;talent;;many');
  expect(run('pairs', '--in', 'wrong.csv')).toEqual({
    status: 2,
    answer: undefined,
    stderr: 'Row 2: “many” is not a whole number from 0.\n',
  });
});
