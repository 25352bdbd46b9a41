// Faults that make an assignment impossible, seen without solving anything: one sentence for every fault, naming it.
import type { AssignWishes, Trend } from './wishes.ts';

/**
 * The faults of wishes: unknown and doubled ids, numbers and locks that contradict each other. Wishes without faults
 * may still contradict each other all together, which only `assignTrends` finds.
 */
export function faultsOf(wishes: AssignWishes): string[] {
  const basic = [...countFaults(wishes), ...doubledIds(wishes), ...unknownIds(wishes)];
  return basic.length > 0
    ? basic
    : [...roomFaults(wishes), ...lockFaults(wishes), ...pairFaults(wishes), ...softFaults(wishes)];
}

function countFaults({ agents, trends }: AssignWishes): string[] {
  const faults: string[] = [];
  if (agents.length === 0) faults.push('There is nobody to give a trend to.');
  if (trends.length === 0) faults.push('There is no trend.');
  return faults;
}

function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const id of ids) (seen.has(id) ? again : seen).add(id);
  return [...again];
}

function doubledIds({ agents, trends }: AssignWishes): string[] {
  return [
    ...twice(agents.map(({ id }) => id)).map((id) => `Two agents have the id ${id}.`),
    ...twice(trends.map(({ id }) => id)).map((id) => `Two trends have the id ${id}.`),
    ...agents.flatMap(({ id, ranks }) => twice(ranks.flat()).map((trend) => `${id} ranks ${trend} twice.`)),
  ];
}

function unknownIds({ agents, trends, apart, together, likes }: AssignWishes): string[] {
  const agentIds = new Set(agents.map(({ id }) => id));
  const trendIds = new Set(trends.map(({ id }) => id));
  const faults = agents.flatMap(({ id, ranks }) =>
    [...new Set(ranks.flat())]
      .filter((trend) => !trendIds.has(trend))
      .map((trend) => `${id} ranks ${trend}, which is not among the trends.`),
  );
  for (const { id, lock } of agents)
    if (lock !== undefined && !trendIds.has(lock))
      faults.push(`${id} is locked to ${lock}, which is not among the trends.`);
  for (const [where, pairs = []] of [
    ['apart', apart],
    ['together', together],
    ['likes', likes],
  ] as const)
    for (const id of new Set(pairs.flat()))
      if (!agentIds.has(id)) faults.push(`${where} names ${id}, who is not among the agents.`);
  return faults;
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

function roomFaults({ trends }: AssignWishes): string[] {
  return trends.flatMap(({ name, least = 0, most }) => {
    if (!isCount(least) || !isCount(most)) return [`${name} takes ${least} to ${most}: write whole numbers.`];
    return least > most ? [`${name} is to have at least ${least} and takes at most ${most}.`] : [];
  });
}

function lockFaults({ agents, trends }: AssignWishes): string[] {
  const lockedTo = ({ id }: Trend) => agents.filter(({ lock }) => lock === id);
  return trends.flatMap((trend) => {
    const locked = lockedTo(trend);
    if (locked.length <= trend.most) return [];
    const names = locked.map(({ name }) => name).join(', ');
    return [`${locked.length} are locked to ${trend.name}, which takes ${trend.most}: ${names}.`];
  });
}

function pairFaults({ agents, trends, apart, together }: AssignWishes): string[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const name = (id: string) => byId.get(id)!.name;
  const trend = (id: string) => trends.find((one) => one.id === id)!.name;
  const key = (a: string, b: string) => JSON.stringify([a, b].toSorted());
  const asked = new Set((apart ?? []).map(([a, b]) => key(a, b)));
  const faults: string[] = [];
  for (const [a, b] of together ?? []) {
    const [one, other] = [byId.get(a)!.lock, byId.get(b)!.lock];
    if (asked.has(key(a, b))) faults.push(`${name(a)} and ${name(b)} are to be apart and together.`);
    if (one !== undefined && other !== undefined && one !== other)
      faults.push(
        `${name(a)} and ${name(b)} are to be together, but are locked to ${trend(one)} and ${trend(other)}.`,
      );
  }
  for (const [a, b] of apart ?? []) {
    const { lock } = byId.get(a)!;
    if (a === b) faults.push(`${name(a)} cannot be apart from themselves.`);
    else if (lock !== undefined && lock === byId.get(b)!.lock)
      faults.push(`${name(a)} and ${name(b)} are to be apart, but are both locked to ${trend(lock)}.`);
  }
  return faults;
}

/** A last rank that is no rank, and people who like themselves. */
function softFaults({ agents, likes = [] }: AssignWishes): string[] {
  const name = (id: string) => agents.find((agent) => agent.id === id)!.name;
  return [
    ...agents
      .filter(({ lastRank = 'none' }) => lastRank !== 'none' && (!isCount(lastRank) || lastRank === 0))
      .map(
        (agent) =>
          `${agent.name} had rank ${agent.lastRank} last season: write a whole number from 1, or none.`,
      ),
    ...likes.filter(([a, b]) => a === b).map(([a]) => `${name(a)} is to like others, not themselves.`),
  ];
}
