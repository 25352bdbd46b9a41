// A wish that is not kept is said, and named with what makes it impossible, wherever that can be proved.
import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { byLength } from '../../support/length.ts';
import { bestOf } from './exhaustive.ts';
import { oddEvent } from './odd-events.ts';

const effort = { seed: 1, iterations: 3000 };
const people = (count: number): Attendee[] =>
  Array.from({ length: count }, (_, index) => ({ id: `p${index}`, name: `P${index}`, side: 'talent' }));
const sentences = (wishes: TablesWishes) => [
  ...new Set(seatEveryone(wishes, effort).broken.map(({ sentence }) => sentence)),
];

describe('what cannot be kept is named', () => {
  test('four people who are to be apart at three tables, and six in a row who are to share one of four', () => {
    const apart = [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 2, 3].filter((b) => a < b).map((b) => [`p${a}`, `p${b}`] as const),
    );
    const together = [5, 6, 7, 8, 9].map((a) => [`p${a}`, `p${a + 1}`] as const);
    expect(sentences({ people: people(12), tables: 3, rounds: 1, apart })).toEqual([
      'No plan can keep P0, P1, P2 and P3 apart at three tables in round 1.',
    ]);
    const [sentence] = sentences({ people: people(12), tables: 3, rounds: 1, together });
    expect(sentence).toMatch(
      /^No plan can keep (P\d+(, | and )){4}P\d+ together in round 1, where no table has more than 4 people\.$/,
    );
  });

  test('somebody with four reports among six people at two tables', () => {
    const seniors = ['Ines', 'Max'].map((name): Attendee => ({ id: name, name, side: 'senior' }));
    const reports = ['Ada', 'Bo', 'Cas', 'Dora'].map((name): Attendee => {
      return { id: name, name, side: 'talent', manager: 'Ines' };
    });
    const answer = seatEveryone({ people: [...seniors, ...reports], tables: 2, rounds: 2 }, effort);
    expect(answer.broken.length).toBeGreaterThan(0);
    for (const { wish, people: pair, proven, sentence } of answer.broken) {
      expect([wish, pair.includes('Ines'), proven]).toEqual(['apart', true, true]);
      expect(sentence).toMatch(
        /^No plan can keep Ines apart from Ada, Bo, Cas and Dora at two tables in round \d\.$/,
      );
    }
  });

  test('a pair that locks hold at one table', () => {
    const boss = people(6).map((person, index) => (index === 1 ? { ...person, manager: 'p0' } : person));
    const locks = ['p0', 'p1'].map((person) => ({ person, table: '1', rounds: [1] }));
    expect(sentences({ people: boss, tables: 2, rounds: 1, locks })).toEqual([
      'No plan can keep P0 and P1 apart at two tables in round 1, with P0 at table 1 and P1 at table 1.',
    ]);
  });
});

test('with anyway, hosts and locks that exclude each other are dropped one by one, and said', () => {
  const hosts = people(6).map((person, index) => (index < 3 ? { ...person, host: true } : person));
  const wishes: TablesWishes = {
    people: hosts,
    tables: 2,
    rounds: 2,
    locks: [
      { person: 'p5', table: '1', rounds: [1] },
      { person: 'p5', table: '2', rounds: [1] },
    ],
  };
  expect(faultsOf(wishes)).not.toEqual([]);
  const answer = seatEveryone({ ...wishes, anyway: true }, effort);
  expect(answer.broken).toEqual([
    {
      wish: 'host',
      people: ['p2'],
      rounds: [1, 2],
      proven: true,
      sentence: '3 hosts are locked to 2 tables: every host keeps a table of their own.',
    },
    {
      wish: 'lock',
      people: ['p5'],
      table: '2',
      rounds: [1],
      proven: true,
      sentence: 'P5 is locked to table 1 and to table 2 in round 1.',
    },
  ]);
  expect(answer.rounds.flat(2)).toHaveLength(12);
});

describe('with anyway the best plan comes without what contradicts itself', () => {
  const plan = (wishes: TablesWishes) => seatEveryone({ ...wishes, anyway: true }, effort);

  test('a host keeps their table where they are to be with the host of another one', () => {
    const some = people(8).map((person, index) =>
      index < 2 ? { ...person, host: String(index + 1) } : person,
    );
    const answer = plan({
      people: some,
      tables: 2,
      rounds: 2,
      together: [
        ['p0', 'p1'],
        ['p2', 'p3'],
      ],
    });
    expect(answer.broken).toEqual([
      {
        wish: 'together',
        people: ['p0', 'p1'],
        rounds: [1, 2],
        proven: true,
        sentence: 'P0 and P1 are to host together, but at tables 1 and 2.',
      },
    ]);
    for (const [one, two] of answer.rounds)
      expect([one!.includes('p0'), two!.includes('p1')]).toEqual([true, true]);
  });

  test('of locks as many are kept as can be: one is given up for two', () => {
    const locks = [
      { person: 'p0', table: '1' },
      { person: 'p0', table: '2', rounds: [1] },
      { person: 'p0', table: '2', rounds: [2] },
      { person: 'p1', table: '1' },
    ];
    const answer = plan({ people: people(6), tables: 2, rounds: 2, locks });
    expect(answer.broken.map(({ wish, people: who, table }) => [wish, who, table])).toEqual([
      ['lock', ['p0'], '1'],
    ]);
    expect(answer.rounds.map(([, two]) => two!.includes('p0'))).toEqual([true, true]);
  });

  test('one bad lock among seven hundred is found, and costs no other', () => {
    const some = people(600);
    const locks = Array.from({ length: 700 }, (_, n) => ({
      person: `p${n % 600}`,
      table: String(((n % 600) % 60) + 1),
      rounds: [n < 600 ? 1 : 2],
    }));
    const bad = { person: 'p599', table: '1', rounds: [1] };
    const answer = seatEveryone(
      { people: some, tables: 60, rounds: 2, locks: [...locks, bad], anyway: true },
      { seed: 1, iterations: 10 },
    );
    expect(answer.broken.map(({ sentence }) => sentence)).toEqual([
      'P599 is locked to table 60 and to table 1 in round 1.',
    ]);
  });
});

test('a wish is only said to be impossible where every plan breaks one', () => {
  const events = byLength(150, 3000);
  const seen = { broken: 0, proven: 0 };
  for (let seed = 1; seed <= events; seed += 1) {
    const wishes = oddEvent(300_000 + seed, 8);
    if (faultsOf(wishes).length > 0) continue;
    const { broken } = seatEveryone(wishes, { seed, iterations: 400 });
    if (broken.length === 0) continue;
    seen.broken += 1;
    if (!broken.some(({ proven }) => proven)) continue;
    seen.proven += 1;
    expect(bestOf(wishes)![0], `event ${seed}`).toBeGreaterThan(0);
  }
  expect(seen.proven).toBeGreaterThan(5);
  expect(seen.proven).toBeGreaterThan(seen.broken * 0.9);
});

test('a large room with bosses has its first plan and its answer at once, however many wishes are broken', () => {
  const people = Array.from({ length: 400 }, (_, index) => ({
    id: `p${index}`,
    name: `P${index}`,
    side: index % 3 === 0 ? ('senior' as const) : ('talent' as const),
    ...(index % 3 > 0 && index > 40 ? { manager: `p${(index * 7) % 400}` } : {}),
  }));
  let plans = 0;
  let looks = 0;
  // The clock stands still until the first plan is there; then the time is up.
  const isOver = () => {
    looks += 1;
    return plans > 0;
  };
  const onPlan = () => {
    plans += 1;
  };
  const answer = seatEveryone({ people, tables: 40, rounds: 10, anyway: true }, { seed: 1, isOver, onPlan });
  expect(plans).toBeGreaterThan(0);
  expect(answer.broken.length).toBeGreaterThan(5);
  // Each look for a reason costs a walk over the whole room.
  expect(looks).toBeLessThan(200);
});
