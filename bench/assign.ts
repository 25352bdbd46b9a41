// Trends: how many get their first, second, … choice by either rule, against first come, first served; all by one seed.
// NODES sets how many nodes of a search tree and shortest paths Flipside may open (20,000).
import { assignTrends } from '../src/planning/assign/assign-trends.ts';
import type { AssignWishes, Rule } from '../src/planning/assign/wishes.ts';
import { randomFrom, shuffle } from '../src/planning/random.ts';
import { measured, print } from './measured.ts';

const seed = 1;
const iterations = Number(process.env.NODES ?? 20_000);

/** People rank six trends; early trends are more popular; there is room for a quarter more than there are people. */
function roomOnly(agents: number, trends: number): AssignWishes {
  const random = randomFrom(agents);
  const most = Math.ceil((agents * 1.25) / trends);
  const drawn = () => Math.floor((random.below(trends) * (1 + random.below(trends))) / trends);
  const ranked = () => {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(6, trends)) chosen.add(drawn());
    return [...chosen].map((trend) => [`t${trend}`]);
  };
  return {
    agents: Array.from({ length: agents }, (_, index) => ({
      id: `a${index}`,
      name: `Person ${index}`,
      ranks: ranked(),
    })),
    trends: Array.from({ length: trends }, (_, index) => ({ id: `t${index}`, name: `Trend ${index}`, most })),
  };
}

/** The same with skills, trends that need some people or close, and pairs apart and together. */
function withWishes(agents: number, trends: number): AssignWishes {
  const wishes = roomOnly(agents, trends);
  const random = randomFrom(agents + 1);
  const skills = ['writing', 'data', 'speaking'];
  const some = shuffle([...wishes.agents], random).map(({ id }) => id);
  return {
    agents: wishes.agents.map((agent) => ({ ...agent, skills: [skills[random.below(3)]!] })),
    trends: wishes.trends.map((trend, index) => ({
      ...trend,
      least: Math.min(3, trend.most),
      most: trend.most + 1,
      mayClose: true,
      ...(index % 4 === 0 ? { skills: [skills[random.below(3)]!] } : {}),
    })),
    apart: Array.from({ length: Math.floor(agents / 40) }, (_, pair) => [
      some[2 * pair]!,
      some[2 * pair + 1]!,
    ]),
    together: Array.from({ length: Math.floor(agents / 40) }, (_, pair) => [
      some.at(-1 - 2 * pair)!,
      some.at(-2 - 2 * pair)!,
    ]),
  };
}

/** First come, first served, by chance: everybody in turn has the best of theirs with room; nothing else is looked at. */
function firstCome({ agents, trends }: AssignWishes): { profile: number[]; unassigned: number } {
  const room = new Map(trends.map(({ id, most }) => [id, most]));
  const profile: number[] = [];
  let unassigned = 0;
  for (const { ranks } of shuffle([...agents], randomFrom(seed))) {
    const tier = ranks.findIndex((ids) => ids.some((id) => room.get(id)! > 0));
    const trend = ranks[tier]?.find((id) => room.get(id)! > 0);
    if (trend === undefined) unassigned += 1;
    else {
      room.set(trend, room.get(trend)! - 1);
      profile[tier] = (profile[tier] ?? 0) + 1;
    }
  }
  return { profile: Array.from(profile, (count) => count ?? 0), unassigned };
}

const instances: [string, AssignWishes][] = [
  ['60 people, 20 trends', roomOnly(60, 20)],
  ['200 people, 40 trends', roomOnly(200, 40)],
  ['1,000 people, 150 trends', roomOnly(1000, 150)],
  ['5,000 people, 800 trends', roomOnly(5000, 800)],
  ['60 people, 20 trends, least, skills, with and without', withWishes(60, 20)],
  ['200 people, 40 trends, least, skills, with and without', withWishes(200, 40)],
];

const rows: (string | number)[][] = [];
const shown = (profile: readonly number[]) => profile.join(' ');
for (const [name, wishes] of instances) {
  const peer = await measured(() => firstCome(wishes));
  for (const rule of ['most-firsts', 'fairest'] satisfies Rule[]) {
    const { answer, cpu } = await measured(() =>
      assignTrends(wishes, rule, { seed, iterations }, { compares: false }),
    );
    rows.push([
      name,
      rule,
      shown(answer.profile),
      answer.unassigned.length,
      answer.provenOptimal ? 'proven' : answer.goals.map(({ value, bound }) => `${value}/${bound}`).join(' '),
      answer.method,
      answer.iterations,
      shown(peer.answer.profile),
      peer.answer.unassigned,
      cpu,
      peer.cpu,
    ]);
  }
}
print(
  [
    'who wants what',
    'rule',
    '1st 2nd …',
    'none',
    'best, or value/bound',
    'by',
    'steps',
    'first come: 1st 2nd …',
    'none',
    'CPU s',
    'first come CPU s',
  ],
  rows,
);
