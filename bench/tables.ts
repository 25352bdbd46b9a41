// Tables: what Flipside finds, the bound, and what the method of good-enough-golfers finds, all by one seed. ITERATIONS
// sets how many swaps Flipside may make (20,000). Then 2,000 people in a thread of its own, with SECONDS of clock (5) from the
// begin of the search to the answer: processor seconds show what the machine gave in that time.
import { seatEveryone } from '../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../src/planning/tables/wishes.ts';
import { planInWorker } from '../src/planning/worker.ts';
import { measured, print } from './measured.ts';
import { byGenerations } from './peers/generations.ts';
import { captains, golfers, realLife, sides } from './tables-events.ts';

const seed = 1;
const iterations = Number(process.env.ITERATIONS ?? 20_000);
/** With some hundred more the peer needs more memory than a process has. */
const mostForPeer = 120;

const events: [string, TablesWishes][] = [
  ...(
    [
      [5, 4, 4],
      [5, 3, 7],
      [6, 4, 7],
      [7, 4, 9],
      [8, 4, 6],
      [8, 4, 9],
      [8, 4, 10],
      [6, 6, 5],
      [10, 6, 7],
      [4, 8, 4],
      [20, 6, 6],
      [84, 6, 5],
    ] as const
  ).map(([t, s, r]): [string, TablesWishes] => [`${t} tables of ${s}, ${r} rounds`, golfers(t, s, r)]),
  ['32 people, 16 seniors, 8 tables, 8 rounds', sides(32, 16, 8, 8, 0)],
  ['32 people, 16 seniors, 8 tables, 10 rounds', sides(32, 16, 8, 10, 0)],
  ['60 people, 24 with their boss, 10 tables, 7 rounds', sides(60, 20, 10, 7, 24)],
  ['120 people, 48 with their boss, 20 tables, 8 rounds', sides(120, 40, 20, 8, 48)],
  ['50 people, 5 captains who stay, 5 rounds', captains(50, 5, 5)],
  ['as in life: 34 people, 5 tables, 3 rounds', realLife(34, 5, 3, 1)],
  ['as in life: 60 people, 10 tables, 5 rounds', realLife(60, 10, 5, 1)],
  ['as in life: 120 people, 20 tables, 5 rounds', realLife(120, 20, 5, 1)],
  ['as in life: 600 people, 84 tables, 5 rounds', realLife(600, 84, 5, 1)],
];

/** Counted from the lists alone: meetings that are not new, meetings with the boss, tables with too many of a side. */
function counted(
  wishes: TablesWishes,
  rounds: readonly (readonly (readonly string[])[])[],
): [number, number, number] {
  const byId = new Map(wishes.people.map((person) => [person.id, person]));
  const met = new Set<string>();
  let [repeats, bosses, unmixed] = [0, 0, 0];
  for (const tables of rounds) {
    const room = tables.flat().length;
    const seniors = tables.flat().filter((id) => byId.get(id)!.side === 'senior').length;
    for (const table of tables) {
      const here = table.filter((id) => byId.get(id)!.side === 'senior').length;
      if (Math.abs(here - (seniors * table.length) / room) >= 1) unmixed += 1;
      for (const [index, a] of table.entries())
        for (const b of table.slice(index + 1)) {
          const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
          if (met.has(pair)) repeats += 1;
          met.add(pair);
          if (byId.get(a)!.manager === b || byId.get(b)!.manager === a) bosses += 1;
        }
    }
  }
  return [repeats, bosses, wishes.mix === 'none' ? 0 : unmixed];
}

/** The peer knows nobody who comes late, leaves early or hosts: it seats everybody in every round. */
function peerPlan({ people, tables, rounds }: TablesWishes): string[][][] {
  const count = Number(tables);
  const sizes = Array.from({ length: count }, (_, table) => Math.floor((people.length + table) / count));
  const at = new Map(people.map(({ id }, index) => [id, index]));
  const apart = people.flatMap(({ id, manager }) =>
    manager === undefined ? [] : [[at.get(id)!, at.get(manager)!] as const],
  );
  return byGenerations(sizes, rounds, apart, seed).map((round) =>
    round.map((table) => table.map((index) => people[index]!.id)),
  );
}

const rows: (string | number)[][] = [];
for (const [name, wishes] of events) {
  const own = await measured(() => seatEveryone(wishes, { seed, iterations }));
  const { answer } = own;
  const peer = wishes.people.length > mostForPeer ? undefined : await measured(() => peerPlan(wishes));
  rows.push([
    name,
    ...counted(wishes, answer.rounds),
    `${answer.repeatedMeetings} ≥ ${answer.bound}`,
    answer.provenOptimal ? 'proven' : '',
    answer.method,
    answer.iterations,
    ...(peer ? counted(wishes, peer.answer) : ['–', '–', '–']),
    own.cpu,
    peer?.cpu ?? '–',
  ]);
}
print(
  [
    'event',
    'not new',
    'with boss',
    'not mixed',
    'value ≥ bound',
    'best',
    'by',
    'swaps',
    'peer: not new',
    'with boss',
    'not mixed',
    'CPU s',
    'peer CPU s',
  ],
  rows,
);

const seconds = Number(process.env.SECONDS ?? 5);
const large: [string, TablesWishes][] = [
  ['2,000 people, 667 seniors', sides(2000, 667, 200, 10, 0)],
  ['2,000 people, 400 with their boss', sides(2000, 667, 200, 10, 400)],
  ['as in life: 2,000 people', realLife(2000, 200, 10, 1)],
];
const timed: (string | number)[][] = [];
for (const [name, wishes] of large) {
  const began = performance.now();
  const { answer, cpu } = await measured(() => planInWorker('tables', wishes, { seed, seconds }));
  timed.push([
    `${name}, 200 tables, 10 rounds`,
    ...counted(wishes, answer.rounds),
    `${answer.repeatedMeetings} ≥ ${answer.bound}`,
    answer.provenOptimal ? 'proven' : '',
    ((performance.now() - began) / 1000).toFixed(2),
    cpu,
  ]);
}
console.log(`\nWithin ${seconds} s asked for, with the start of the thread:\n`);
print(['event', 'not new', 'with boss', 'not mixed', 'value ≥ bound', 'best', 's', 'CPU s'], timed);
