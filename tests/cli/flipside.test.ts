// The planners from a terminal: files in, files out, a sentence for whatever cannot be.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineNames } from '../../src/cli/planning/options.ts';
import { progressOn } from '../../src/cli/planning/progress.ts';
import { check } from '../planning/tables/checker.ts';
import { realLife } from '../planning/tables/real-life.ts';
import { needs } from '../support/needs.ts';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'src/cli/flipside.ts');
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
  return { status, stdout, stderr };
};
const write = (name: string, content: unknown) => {
  fs.writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};
const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

const people = [
  { id: 'ada', name: 'Ada', side: 'talent' },
  { id: 'bo', name: 'Bo', side: 'talent', manager: 'ines' },
  { id: 'ines', name: 'Ines', side: 'senior' },
  { id: 'max', name: 'Max', side: 'senior' },
];

describe('flipside tables', () => {
  test('reads what is asked, writes the plan, and says nothing in a pipe', () => {
    const wishes = realLife(34, 5, 3, 1);
    write('wishes.json', wishes);
    const said = run(
      'tables',
      '--in',
      'wishes.json',
      '--out',
      'plan.json',
      '--seed',
      '3',
      '--iterations',
      '3000',
    );
    expect(said).toEqual({ status: 0, stdout: '', stderr: '' });
    const plan = JSON.parse(read('plan.json'));
    const found = check(wishes, plan.rounds);
    expect(found).toMatchObject({
      broken: [],
      repeats: plan.repeats,
      repeatedMeetings: plan.repeatedMeetings,
    });
    expect(plan).toMatchObject({ seed: 3, apartBroken: [], seconds: expect.any(Number) });
    run('tables', '--in', 'wishes.json', '--out', 'again.json', '--seed', '3', '--iterations', '3000');
    expect({ ...JSON.parse(read('again.json')), seconds: plan.seconds }).toEqual(plan);
  });

  test('without a file to write to, the plan is printed', () => {
    write('four.json', { people, tables: 2, rounds: 1 });
    const { status, stdout, stderr } = run('tables', '--in', 'four.json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).rounds.flat(2).sort()).toEqual(['ada', 'bo', 'ines', 'max']);
  });

  test('takes a list of people as organisers have it, and gives it back with the table of each round', () => {
    write(
      'people.csv',
      'Naam;E-mail;Kant;Afdeling;Leidinggevende;Gastheer;Vanaf\r\n' +
        '"Berg, Ada";ada@halden.example;talent;IT;Ines Falk;ja;\r\nBo Roos;bo@halden.example;talent;HR;;ja;\r\n' +
        'Cas Smit;;talent;IT;ines@halden.example;;2\r\nInes Falk;ines@halden.example;senior;IT;Olga Niet;;\r\n' +
        'Max Dorn;max@halden.example;senior;HR;;;\r\n',
    );
    expect(
      run('tables', '--in', 'people.csv', '--out', 'seats.csv', '--tables', '2', '--rounds', '2'),
    ).toEqual({ status: 0, stdout: '', stderr: '' });
    const [header, ...rows] = read('seats.csv').replace('\uFEFF', '').trim().split('\r\n');
    expect(header).toBe('Naam;E-mail;Kant;Afdeling;Leidinggevende;Gastheer;Vanaf;Round 1;Round 2');
    const cells = rows.map((row) => row.split(';'));
    expect(cells.map((row) => row[0])).toEqual([
      '"Berg, Ada"',
      'Bo Roos',
      'Cas Smit',
      'Ines Falk',
      'Max Dorn',
    ]);
    const [ada, bo, cas, ines] = cells.map((row) => row.slice(7));
    expect(ada![0]).toBe(ada![1]);
    expect(bo![0]).not.toBe(ada![0]);
    expect(cas![0]).toBe('');
    for (const round of [0, 1]) expect(ines![round]).not.toBe(ada![round]);
    expect(cas![1]).not.toBe(ines![1]);
  });

  test('a list that has a plan already is planned anew with as few people moved as can be', () => {
    const names = [...'ABCDEFGHIJKL'];
    const list = (round: (index: number) => number | '') =>
      [
        'Name,Side,Round 1',
        ...names.map((name, i) => `${name},${i < 4 ? 'senior' : 'talent'},${round(i)}`),
      ].join('\n');
    write(
      'known.csv',
      list((index) => (index === 11 ? '' : (index % 4) + 1)),
    );
    const args = ['--in', 'known.csv', '--tables', '4', '--rounds', '1'];
    expect(run('tables', ...args, '--out', 'moved.json').status).toBe(0);
    expect(JSON.parse(read('moved.json'))).toMatchObject({ moved: 0, movedBound: 0 });
    run('tables', ...args, '--out', 'moved.csv');
    const [header, ...seats] = list((i) => (i % 4) + 1).split('\n');
    expect(read('moved.csv').replace('\uFEFF', '').trim().split('\r\n')).toEqual([
      `${header},Seat changes`,
      ...seats.map((row, index) => `${row},${index === 11 ? 'Round 1: not there to 4' : ''}`),
    ]);
    // Read again, the column is written anew.
    run('tables', '--in', 'moved.csv', '--tables', '4', '--rounds', '1', '--out', 'again.csv');
    expect(read('again.csv').replace('\uFEFF', '').split('\r\n')[0]).toBe(`${header},Seat changes`);
    expect(read('again.csv')).not.toContain('not there');
    expect(run('tables', ...args.with(-3, '3'), '--out', 'moved.csv').stderr.split('\n')[0]).toBe(
      'Row 5: there is no table 4 among 3. Empty the cell, or leave the column out.',
    );
  });

  test('a report beside the boss is not seated in silence; with --anyway the best plan comes, with a sentence', () => {
    write(
      'boss.csv',
      'Name;Side;Manager\nInes;senior;\nAda;talent;Ines\nBo;talent;Ines\nCas;talent;Ines\nDora;talent;Ines\nMax;senior;\n',
    );
    const args = ['tables', '--in', 'boss.csv', '--tables', '2', '--rounds', '2'];
    const why = [1, 2].map(
      (round) => `No plan can keep Ines apart from Ada, Bo, Cas and Dora at two tables in round ${round}.`,
    );
    expect(run(...args, '--out', 'boss-out.csv')).toEqual({
      status: 2,
      stdout: '',
      stderr: `${why.join('\n')}\nThe best plan there is comes with --anyway.\n`,
    });
    expect(fs.existsSync(path.join(folder, 'boss-out.csv'))).toBe(false);
    expect(run(...args, '--out', 'boss-out.csv', '--anyway')).toEqual({
      status: 0,
      stdout: '',
      stderr: `${why.join('\n')}\n`,
    });
    expect(read('boss-out.csv')).toContain('Round 2');
    const { status, stdout, stderr } = run(...args, '--anyway');
    expect([status, stderr]).toEqual([0, `${why.join('\n')}\n`]);
    expect(JSON.parse(stdout).broken).toHaveLength(2);
  });

  test('a list says who hosts which table with whom, who sits apart, together and where; another file says the rest', () => {
    write(
      'evening.csv',
      'Name;Side;Host;Apart;Together;Lock;Round 1\n' +
        'Ada;talent;Window;;;;Window\nBo;talent;window;;;;Window\nCas;talent;t2;Dora | Fay;;;t2\n' +
        'Dora;talent;;;Fay;;Window\nEli;talent;;;;;Window\nFay;senior;;;;;Window\nGus;senior;;;;t2: 2, 3;t2\nHal;senior;;;;;t2\n',
    );
    write('more.json', {
      tables: [{ id: 't1', name: 'Window', seats: 5 }, { id: 't2' }],
      rounds: 3,
      apart: [['Ada', 'Hal']],
    });
    const args = ['tables', '--in', 'evening.csv', '--wishes', 'more.json', '--past', '1'];
    const { status, stdout } = run(...args);
    const plan = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(plan.rounds[0]).toEqual([
      ['Ada', 'Bo', 'Dora', 'Eli', 'Fay'],
      ['Cas', 'Gus', 'Hal'],
    ]);
    for (const [window, other] of plan.rounds.slice(1)) {
      expect(window).toEqual(['Ada', 'Bo', 'Dora', 'Fay']);
      expect(other).toEqual(['Cas', 'Eli', 'Gus', 'Hal']);
    }
    run(...args, '--out', 'evening-out.csv');
    expect(read('evening-out.csv')).toMatch(/Ada;talent;Window;;;;Window;Window;Window/);
  });

  test('what columns and the other file say wrongly is said row by row', () => {
    write('odd.csv', 'Name,Side,Host,Apart,Lock,Round 1\nAda,talent,t9,Zoe,t1: x,1\nBo,senior,2,,,\n');
    const args = ['tables', '--in', 'odd.csv', '--tables', '2'];
    expect(run(...args, '--rounds', '2').stderr).toBe(
      'Row 2: “t9” is neither yes nor no nor a table.\nRow 2: Zoe is not in the list.\n' +
        'Row 2: “t1: x” is no lock. Write a table, or a table and rounds as in “t2: 1, 3”.\n',
    );
    write('good.csv', 'Name,Side,Round 1\nAda,talent,1\nBo,senior,2\n');
    const good = ['tables', '--in', 'good.csv', '--tables', '2', '--rounds', '2'];
    expect(run(...good, '--past', '2').stderr).toBe('--past is 2, but the list has tables for 1 rounds.\n');
    write('people.json', { people: [] });
    expect(run(...good, '--wishes', 'people.json').stderr).toBe(
      'people.json has people; these come from the list.\n',
    );
  });

  test('of JSON a list with everybody’s tables is written, too', () => {
    write('four.json', { people, tables: 2, rounds: 1 });
    run('tables', '--in', 'four.json', '--out', 'four.csv');
    const [header, ...rows] = read('four.csv').replace('\uFEFF', '').trim().split('\r\n');
    expect(header).toBe('Id,Name,Side,Department,Round 1');
    expect(rows.map((row) => row.replace(/[12]$/, ''))).toEqual(
      people.map(({ id, name, side }) => `${id},${name},${side},,`),
    );
  });

  test('a list of people with faults is refused row by row', () => {
    write(
      'faulty.csv',
      'Name,Side,Manager,Host,From\nAda,talent,Bo,perhaps,\nBo,senior,,,soon\nBo,boss,,,\n,talent,,,\n',
    );
    expect(run('tables', '--in', 'faulty.csv')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'A list of people does not say how many tables there are: --tables N, or --tables FILE.csv.\n' +
        'A list of people does not say how many rounds there are: --rounds N.\n',
    });
    expect(run('tables', '--in', 'faulty.csv', '--tables', '2', '--rounds', '2').stderr).toBe(
      'Row 4: Bo is in row 3 already. E-mail addresses tell people of one name apart.\n' +
        'Row 4: “boss” is not a side. Write talent or senior.\n' +
        'Row 5: There is no name. Write the first and the last name.\n' +
        'Row 2: “perhaps” is neither yes nor no nor a table.\n' +
        'Row 3: “soon” is not a round.\n',
    );
    write('empty.csv', 'Who,What\nAda,talent\n');
    expect(run('tables', '--in', 'empty.csv', '--tables', '2', '--rounds', '2').stderr).toBe(
      'No column is the name. Call one Name.\nNo column is the side. Call one Side, with talent or senior in it.\n',
    );
  });
});

describe('what cannot be', () => {
  const asked = { people, tables: 2, rounds: 2 };
  const refused = (engine: string, wishes: unknown, ...more: string[]) => {
    write('wrong.json', wishes);
    const { status, stdout, stderr } = run(engine, '--in', 'wrong.json', '--out', 'none.json', ...more);
    expect({ status, stdout, isThere: fs.existsSync(path.join(folder, 'none.json')) }).toEqual({
      status: 2,
      stdout: '',
      isThere: false,
    });
    return stderr.trim().split('\n');
  };

  test('is the planner’s own refusal, with exit code 2', () => {
    const hosts = Array.from({ length: 7 }, (_, index) => ({ id: `h${index}`, side: 'talent', host: true }));
    expect(refused('tables', { people: hosts, tables: 6, rounds: 2 })).toEqual([
      '7 hosts are locked to 6 tables: every host keeps a table of their own.',
    ]);
    expect(refused('tables', { ...asked, apart: [['ada', 'eve']], together: [['eva', 'bo']] })).toEqual([
      'apart names eve, who is not among the people.',
      'together names eva, who is not among the people.',
    ]);
    const together: [string, string][] = [['ines', 'max']];
    const locks = ['bo', 'ines'].map((person) => ({ person, table: '1' }));
    expect(refused('tables', { ...asked, rounds: 1, together, locks })).toEqual([
      'No plan can keep Bo and Ines apart at two tables in round 1, with Bo at table 1 and Ines at table 1.',
      'No plan can keep Ines and Max together in round 1, with hosts and locks as they are.',
      'The best plan there is comes with --anyway.',
    ]);
    expect(refused('pairs', { people, locks: [['ines', 'bo']] })).toEqual([
      'Ines and Bo are locked as a pair, but are in one reporting line.',
    ]);
  });

  test('is said of each field that is wrong, missing or unknown, at its place', () => {
    expect(
      refused('tables', {
        people: [
          { id: 'ada', side: 'boss' },
          { name: 'Bo', side: 'talent', boss: 'ada', hosts: true },
          'Cas',
        ],
        tables: [{ id: 'a' }, { seats: 4.5, id: '' }],
        apart: [['ada']],
        round: 3,
      }),
    ).toEqual([
      'people 1 (ada): side is "boss"; write talent or senior.',
      'people 2 (Bo): id is missing.',
      'people 2 (Bo): there is no field “boss”; there is id, name, side, department, manager, host, stays, from, until, years.',
      'people 2 (Bo): there is no field “hosts”; is host meant?',
      'people: number 3 is "Cas"; write an object with fields.',
      'tables 2: id is ""; it may not be empty.',
      'tables 2: seats is 4.5; write a whole number.',
      'rounds is missing.',
      'apart: number 1 is ["ada"]; it needs 2 entries.',
      'there is no field “round”; is rounds meant?',
    ]);
    expect(refused('tables', { ...asked, tables: 'five', rounds: 0 })).toEqual([
      'tables is "five"; write a number, fit or a list.',
      'rounds is 0; write a whole number from 1.',
    ]);
    expect(
      refused('pairs', { people: [{ id: 'ada', side: 'talent', most: -1 }], weights: [['a', 'b']] }),
    ).toEqual([
      'people 1 (ada): most is -1; write a whole number from 0.',
      'weights: number 1 is ["a","b"]; it needs 3 entries.',
    ]);
    expect(refused('tables', [])).toEqual(['the file is []; write an object with fields.']);
    expect(refused('tables', '{"people": [')[0]).toMatch(/^wrong\.json is not JSON: .+\.$/);
  });

  test('is said of the command itself', () => {
    const said = (...args: string[]) => {
      const { status, stderr } = run(...args);
      expect(status).toBe(2);
      return stderr.trim();
    };
    write('four.json', asked);
    expect(said('seats', '--in', 'four.json')).toBe(
      `Say what to plan: ${engineNames.slice(0, -1).join(', ')} or ${engineNames.at(-1)}. flipside --help shows how.`,
    );
    expect(said('tables')).toBe('Say what to read: --in FILE.');
    expect(said('tables', '--in', 'nowhere.json')).toBe('There is no nowhere.json.');
    expect(said('tables', '--in', 'four.json', '--out', 'no/where.json')).toBe('There is no folder no.');
    expect(said('tables', '--in', 'four.json', 'out.json')).toBe(
      '“out.json” stands alone. Files follow --in and --out.',
    );
    expect(said('tables', '--file', 'four.json')).toBe(
      "Unknown option '--file'. flipside --help shows what there is.",
    );
    expect(said('tables', '--in', 'four.json', '--seed', 'x', '--seconds=-1')).toContain(
      '--seed is “x”; write a whole number from 0.\n',
    );
    expect(said('tables', '--in', 'four.json', '--seconds', '3', '--iterations', '5')).toBe(
      'Choose one of --seconds and --iterations.',
    );
    expect(said('pairs', '--in', 'four.json', '--rule', 'fair')).toBe(
      '--rule is “fair”; for pairs write most or stable.',
    );
    expect(said('pairs', '--in', 'four.json', '--wishes', 'more.json')).toBe(
      'Further files and --past go with a list of people; in JSON these are fields.',
    );
    expect(said('pairs', '--in', 'four.json', '--trends', 'trends.csv')).toBe(
      '--trends goes with assign only.',
    );
    expect(said('assign', '--in', 'people.csv')).toBe(
      'A list of people does not say which trends there are: --trends FILE.csv.',
    );
  });
});

describe('flipside assign, dates and pairs', () => {
  test('follow the rule of the command, which goes before that of the file', () => {
    const { stdout } = run(
      'pairs',
      '--in',
      write('pairs.json', { people, rule: 'most' }),
      '--rule',
      'stable',
    );
    expect(JSON.parse(stdout)).toMatchObject({ rule: 'stable', blockingPairs: [] });
    const agents = [{ id: 'ada', ranks: [['ai']] }];
    const trends = [{ id: 'ai', most: 1 }];
    const answer = run(
      'assign',
      '--in',
      write('agents.json', { agents, trends, seed: 5 }),
      '--rule',
      'fairest',
    );
    expect(JSON.parse(answer.stdout)).toMatchObject({ rule: 'fairest', assignment: { ada: 'ai' }, seed: 5 });
    const invited = people.map((person, index) => ({
      ...person,
      manager: undefined,
      answers: index < 2 ? { mon: 'yes' } : index === 2 ? { tue: 'yes' } : {},
    }));
    const dates = [{ id: 'mon' }, { id: 'tue' }];
    const wishes = write('dates.json', { people: invited, dates });
    const chosen = (...more: string[]) =>
      JSON.parse(run('dates', '--in', wishes, ...more).stdout).dates[0].id;
    expect(chosen()).toBe('mon');
    expect(chosen('--rule', 'seniors')).toBe('tue');
  });
});

test('flipside assign: last season, departments, likes, even sizes and optional trends are read, and explained', () => {
  const agents = [
    { id: 'ada', ranks: [['ai'], ['law']], lastRank: 2, department: 'it' },
    { id: 'bo', ranks: [['ai'], ['law']], lastRank: 'none', department: 'it' },
    { id: 'cy', ranks: [] },
  ];
  const trends = [
    { id: 'ai', most: 1, optional: true },
    { id: 'law', most: 2 },
    { id: 'art', most: 1, least: 1, mayClose: true },
  ];
  const more = { mix: 'departments', likes: [['ada', 'cy']], even: true };
  const { stdout, status } = run('assign', '--in', write('season.json', { agents, trends, ...more }));
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    assignment: { ada: 'law', bo: 'ai', cy: 'law' },
    closed: ['art'],
    closedReasons: { art: 'art stays closed; opening it would come to the same numbers.' },
    without: { ai: { profile: [0, 2], unassigned: 0 } },
  });
  expect(JSON.parse(stdout).reasons.bo).toContain('Between equals bo goes before ada');
  const wrong = write('wrong.json', { agents: [{ ...agents[0], lastRank: 'worst' }], trends, ...more });
  expect(run('assign', '--in', wrong)).toMatchObject({ status: 2 });
});

test('flipside dates: two events have a date each, and a team looks for hours it shares', () => {
  const answers = { mon: 'yes', tue: 'yes' };
  const asked = ['ada', 'bo'].map((id) => ({ id, side: 'talent', answers }));
  const dates = [{ id: 'mon' }, { id: 'tue' }];
  const events = [{ id: 'lunch', needs: ['ada'], dates: ['tue'] }, { id: 'panel' }];
  const file = write('events.json', { people: asked, dates, events, once: true, group: ['bo'] });
  const { stdout, status } = run('dates', '--in', file);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    chosen: { lunch: 'tue', panel: 'mon' },
    attendees: 2,
    goals: [{ name: 'group', value: 1 }, { name: 'groupYes', value: 1 }, {}, {}],
    tallies: [{ group: 1 }, { group: 1 }],
  });
  const both = write('both.json', { people: asked, dates, events, choose: 1 });
  const refusal = run('dates', '--in', both);
  expect(refusal.status).toBe(2);
  expect(refusal.stderr).toContain('choose goes without events');
});

test('flipside pairs: two talents meet one senior together where trios are asked for', () => {
  const three = [
    { id: 'ines', side: 'senior' },
    { id: 'bo', side: 'talent' },
    { id: 'cas', side: 'talent' },
  ];
  const file = write('trios.json', { people: three, trios: true });
  expect(JSON.parse(run('pairs', '--in', file).stdout)).toMatchObject({
    pairs: [{ senior: 'ines', talents: ['bo', 'cas'] }],
    unpaired: [],
  });
  const refusal = run('pairs', '--in', file, '--rule', 'stable');
  expect([refusal.status, refusal.stderr]).toEqual([2, 'The rule stable knows no trios.\n']);
});

describe('flipside --help', () => {
  test.each(['', ...engineNames])('%s: the example runs as it is printed', (engine) => {
    const help = run(...(engine ? [engine] : []), '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    const example = help.stdout.split('An example:\n\n')[1]!;
    expect(example).toContain('npx flipside ');
    // The package’s own command instead of npx’s way to it, which may ask a registry.
    const script = example.replace(
      'npx flipside ',
      `${JSON.stringify(process.execPath)} ${JSON.stringify(program)} `,
    );
    const answer = execFileSync('sh', ['-ec', script], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(answer)).toMatchObject({ provenOptimal: true });
  });

  test('is there in short for somebody who just types flipside', () => {
    expect(run().stdout).toBe(run('--help').stdout);
  });
});

describe('the command of the package', () => {
  const bin = path.join(
    root,
    JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).bin.flipside,
  );

  test('plans, and hands on the exit code', () => {
    write('four.json', { people, tables: 2, rounds: 1 });
    const ran = (...args: string[]) =>
      spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(ran('tables', '--in', 'four.json').stdout).rounds).toHaveLength(1);
    expect(ran('tables', '--in', 'four.json', '--rounds', '0')).toMatchObject({
      status: 2,
      stderr: '--rounds is “0”; write a whole number from 1.\n',
    });
  });

  test('runs on the Node of the package where the machine’s own is older', () => {
    write('four.json', { people, tables: 2, rounds: 1 });
    const [node, ...options] = olderNode();
    const ran = (...args: string[]) =>
      spawnSync(node, [...options, bin, ...args], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(ran('tables', '--in', 'four.json').stdout).rounds).toHaveLength(1);
    expect(ran('tables', '--in', 'nowhere.json')).toMatchObject({
      status: 2,
      stderr: 'There is no nowhere.json.\n',
    });
  });
});

/** A Node of this machine that is older than 26; where there is none, ours that says it is. */
function olderNode(): [string, ...string[]] {
  const older = ['/usr/bin/node', '/usr/local/bin/node'].find((file) => {
    const version = spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout ?? '';
    return Number(/^v(\d+)/.exec(version)?.[1] ?? 99) < 26;
  });
  const pretend =
    "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.0.0'}})";
  return older ? [older] : [process.execPath, '--import', pretend];
}

describe('progress', () => {
  test('is one line that changes on a terminal, and nothing at all in a pipe', () => {
    const shown = (isTTY: boolean) => {
      let text = '';
      const write = (more: string) => {
        text += more;
      };
      const progress = progressOn({ isTTY, columns: 20, write });
      progress.show('3 meetings are not new; looking for fewer.');
      progress.show('2 meetings');
      progress.end();
      progress.note('plan.json has the answer.');
      return text;
    };
    expect(shown(true)).toBe('3 meetings are not \r\u001b[K2 meetings\r\u001b[Kplan.json has the answer.\n');
    expect(shown(false)).toBe('');
  });
});

/** Runs a command on a terminal of its own and presses Ctrl-C at the first sign of progress. */
const onTerminal = `
import json, os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen, pressed = b'', False
while True:
    try:
        more = os.read(terminal, 4096)
    except OSError:
        break
    if not more:
        break
    seen += more
    if not pressed and b'not new' in seen:
        os.write(terminal, b'\x03')
        pressed = True
print(json.dumps({'code': os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 'seen': seen.decode()}))
`;

needs('python')('on a terminal', () => {
  test('one sees how far it is, and Ctrl-C gives the best plan so far', () => {
    // Euler's thirty-six officers meet anew for three rounds and never for five, however long one looks.
    const officers = Array.from({ length: 36 }, (_, index) => ({ id: `p${index}`, side: 'talent' }));
    write('endless.json', { people: officers, tables: 6, rounds: 5, mix: 'none' });
    const args = ['tables', '--in', 'endless.json', '--out', 'best.json', '--seconds', '600'];
    const command = ['-c', onTerminal, process.execPath, program, ...args];
    const said = JSON.parse(execFileSync('/usr/bin/python3', command, { cwd: folder, encoding: 'utf8' }));
    expect(said.code).toBe(0);
    expect(said.seen).toMatch(
      /^.*\d+ meetings are not new; looking for fewer\..*best\.json has the answer\.\s+$/s,
    );
    expect(JSON.parse(read('best.json'))).toMatchObject({ provenOptimal: false });
    expect(JSON.parse(read('best.json')).rounds).toHaveLength(5);
  });
});
