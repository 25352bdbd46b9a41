// Pairs: how many and of what weight by either rule, against taking the heaviest pair left until none is; by one seed.
import { pairEveryone } from '../src/planning/pairs/pair-everyone.ts';
import type { PairsRule, PairsWishes, Partner } from '../src/planning/pairs/wishes.ts';
import { randomFrom } from '../src/planning/random.ts';
import { measured, print } from './measured.ts';

const seed = 1;

/** Seniors want three of so many topics, talents offer two, one talent in four has room for two, some have a boss. */
function wishesOf(seniors: number, talents: number, topics: number): PairsWishes {
  const random = randomFrom(seniors);
  const some = (count: number) => [
    ...new Set(Array.from({ length: count }, () => `topic ${random.below(topics)}`)),
  ];
  const people: Partner[] = [];
  for (let index = 0; index < seniors; index += 1)
    people.push({ id: `s${index}`, name: `Senior ${index}`, side: 'senior', wants: some(3) });
  for (let index = 0; index < talents; index += 1)
    people.push({
      id: `t${index}`,
      name: `Talent ${index}`,
      side: 'talent',
      offers: some(2),
      most: random.below(4) === 0 ? 2 : 1,
      manager: `s${random.below(seniors)}`,
    });
  return { people };
}

/** The heaviest pair left, again and again; the weights are those of pairs of one each. */
function heaviestFirst({ people }: PairsWishes): [number, number] {
  const room = new Map(people.map(({ id, most = 1 }) => [id, most]));
  const points = (list: readonly string[] = [], topic: string) => Math.max(1, 5 - list.indexOf(topic));
  const all = people.flatMap(({ id, side, wants = [] }) =>
    side === 'talent'
      ? []
      : people.flatMap(({ id: talent, offers = [], manager }) => {
          const topics = wants.filter((topic) => offers.includes(topic));
          const weight = topics.reduce((sum, topic) => sum + points(wants, topic) + points(offers, topic), 0);
          return weight > 0 && manager !== id ? [{ id, talent, weight }] : [];
        }),
  );
  all.sort((a, b) => b.weight - a.weight);
  let [pairs, sum] = [0, 0];
  for (const { id, talent, weight } of all) {
    if (room.get(id) === 0 || room.get(talent) === 0) continue;
    room.set(id, room.get(id)! - 1).set(talent, room.get(talent)! - 1);
    pairs += 1;
    sum += weight;
  }
  return [pairs, sum];
}

const instances: [string, PairsWishes][] = [
  ['20 seniors, 16 talents, 10 topics', wishesOf(20, 16, 10)],
  ['100 seniors, 80 talents, 40 topics', wishesOf(100, 80, 40)],
  ['300 seniors, 240 talents, 80 topics', wishesOf(300, 240, 80)],
  ['600 seniors, 500 talents, 120 topics', wishesOf(600, 500, 120)],
];

const rows: (string | number)[][] = [];
for (const [name, wishes] of instances) {
  const peer = await measured(() => heaviestFirst(wishes));
  for (const rule of ['most', 'stable'] satisfies PairsRule[]) {
    const { answer, cpu } = await measured(() => pairEveryone({ ...wishes, rule }, { seed }));
    const bound = answer.goals.map((goal) => `${goal.name} ${goal.bound}`).join(', ');
    rows.push([
      name,
      rule,
      answer.pairs.length,
      answer.weight,
      answer.provenOptimal ? 'proven' : `at most ${bound}`,
      answer.blockingPairs.length,
      answer.iterations,
      ...peer.answer,
      cpu,
      peer.cpu,
    ]);
  }
}
print(
  [
    'who wants what',
    'rule',
    'pairs',
    'weight',
    'best, or bound',
    'would rather',
    'steps',
    'heaviest first: pairs',
    'weight',
    'CPU s',
    'heaviest first CPU s',
  ],
  rows,
);
