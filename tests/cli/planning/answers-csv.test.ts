// Answers of assign, dates and pairs as lists: what each person got stands beside what the list says already.
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

const write = (name: string, ...lines: string[]) => {
  fs.writeFileSync(path.join(folder, name), lines.join('\n'));
  return name;
};
/** Plans from a list and gives the rows that are written, without their last cell: the reason. */
function planned(engine: string, ...args: string[]): { header: string; rows: string[]; reasons: string[] } {
  const run = spawnSync(
    process.execPath,
    [program, engine, ...args, '--iterations', '500', '--out', 'out.csv'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  expect(run.status, run.stderr).toBe(0);
  const text = fs.readFileSync(path.join(folder, 'out.csv'), 'utf8').replace('\uFEFF', '').trim();
  const [header = '', ...lines] = text.split('\r\n');
  const cut = (line: string) =>
    /^((?:"[^"]*"|[^;,"]*)(?:[;,](?:"[^"]*"|[^;,"]*))*)[;,]("[^"]*"|[^;,"]*)$/.exec(line)!;
  return { header, rows: lines.map((line) => cut(line)[1]!), reasons: lines.map((line) => cut(line)[2]!) };
}

test('trends: each person has theirs by name, and planned again the columns are replaced', () => {
  write('trends.csv', 'Trend;Name;Most', 'ai;Agents;1', 'en;Energy;2');
  write('people.csv', 'Name;Rank 1;Rank 2', '=Ada;ai;en', 'Bo;en;ai', 'Cy;en;');
  const first = planned('assign', '--in', 'people.csv', '--trends', 'trends.csv');
  expect(first.header).toBe('Name;Rank 1;Rank 2;Trend;Why');
  expect(first.rows).toEqual(["'=Ada;ai;en;Agents", 'Bo;en;ai;Energy', 'Cy;en;;Energy']);
  expect(first.reasons.every((reason) => reason !== '')).toBe(true);
  fs.renameSync(path.join(folder, 'out.csv'), path.join(folder, 'again.csv'));
  expect(planned('assign', '--in', 'again.csv', '--trends', 'trends.csv')).toEqual(first);
});

test('dates: each person has the one they come to; from JSON the list is made', () => {
  write(
    'people.csv',
    'Name;Side;Mon 5;Tue 6',
    'Ada;talent;yes;yes',
    'Ines;senior;no;yes',
    'Max;senior;yes;no',
  );
  const { header, rows } = planned('dates', '--in', 'people.csv');
  expect(header).toBe('Name;Side;Mon 5;Tue 6;Date;Why');
  expect(rows.map((row) => row.split(';').at(-1)).filter((date) => date !== '')).toHaveLength(2);
  const events = write('events.csv', 'Event;Name;Needs;Dates', 'e1;Lunch;Max;', 'e2;Panel;Ines;');
  expect(planned('dates', '--in', 'people.csv', '--events', events).rows).toEqual([
    'Ada;talent;yes;yes;Lunch: Mon 5 | Panel: Tue 6',
    'Ines;senior;no;yes;Panel: Tue 6',
    'Max;senior;yes;no;Lunch: Mon 5',
  ]);
  const answers = (id: string, side: string) => ({ id, side, answers: { mon: 'yes' } });
  write(
    'dates.json',
    JSON.stringify({
      people: [answers('ada', 'talent'), answers('ines', 'senior')],
      dates: [{ id: 'mon', name: 'Monday' }],
    }),
  );
  const made = planned('dates', '--in', 'dates.json');
  expect([made.header, ...made.rows]).toEqual(['Id,Name,Date,Why', 'ada,ada,Monday', 'ines,ines,Monday']);
});

test('pairs and trios: each person has their partners, with the topics', () => {
  write(
    'people.csv',
    'Name;Side;Wants;Offers;Trio',
    'Ines;senior;ai | energy;;yes',
    'Max;senior;health;;',
    'Bo;talent;;ai;',
    'Cy;talent;;energy;',
  );
  const { header, rows, reasons } = planned('pairs', '--in', 'people.csv');
  expect(header).toBe('Name;Side;Wants;Offers;Trio;Partner;Topics;Why');
  expect(rows).toEqual([
    'Ines;senior;ai | energy;;yes;"Bo, Cy";ai | energy',
    'Max;senior;health;;;;',
    'Bo;talent;;ai;;"Ines, Cy";ai | energy',
    'Cy;talent;;energy;;"Ines, Bo";ai | energy',
  ]);
  expect(reasons[1]).not.toBe('');
});
