// Agents who went first between equals because last season served them worse: seen where two could change places, at
// the same numbers and with every wish kept, and the one who was better off last season would have the better rank.
import { keepsWishes } from './keeps-wishes.ts';
import { type Assignment, outside, tierOf } from './options.ts';
import { hardship, lastSeasonWords } from './parts.ts';
import type { Question } from './question.ts';

/** Sentences for every agent, by number. */
export function tieReasons(question: Question, assignment: Assignment): string[][] {
  const told = question.agents.map((): string[] => []);
  const numberOf = new Map(question.trends.map(({ id }, index) => [id, index]));
  if (question.agents.every(({ lastRank }) => lastRank === undefined)) return told;
  const having = new Map<number, number[]>();
  for (const [agent, trend] of assignment.entries()) having.set(trend, [...(having.get(trend) ?? []), agent]);
  for (const [loser, trend] of assignment.entries()) {
    const own = tierOf(question, loser, trend);
    const { ranks, lock, id } = question.agents[loser]!;
    if (lock !== undefined || question.fillers.has(id)) continue;
    const dearer = ranks.slice(0, trend < 0 ? ranks.length : own).flat();
    const winner = dearer
      .flatMap((wanted) => having.get(numberOf.get(wanted)!) ?? [])
      .find((other) => isWorseOff(question, other, loser) && couldSwap(question, assignment, other, loser));
    if (winner === undefined) continue;
    const sentence = inWords(question, winner, loser);
    told[loser]!.push(sentence);
    if (told[winner]!.length === 0) told[winner]!.push(sentence);
  }
  return told;
}

/** Whether last season served one agent worse than another. */
function isWorseOff({ agents }: Question, one: number, other: number): boolean {
  const [a, b] = [agents[one]!.lastRank, agents[other]!.lastRank];
  return a !== undefined && (b === undefined || hardship(a) > hardship(b));
}

/** Whether two could change places so that the ranks they have stay the same, changed between them. */
function couldSwap(question: Question, assignment: Assignment, one: number, other: number): boolean {
  const [a, b] = [assignment[one]!, assignment[other]!];
  if (question.agents[one]!.lock !== undefined || question.fillers.has(question.agents[one]!.id))
    return false;
  const rank = (agent: number, trend: number) =>
    trend < 0 ? Number.POSITIVE_INFINITY : tierOf(question, agent, trend);
  if (rank(one, b) === outside || rank(other, a) === outside) return false;
  if (rank(one, a) !== rank(other, a) || rank(one, b) !== rank(other, b)) return false;
  // A swap leaves sizes as they are, so it keeps every wish if only room decides.
  const { trends, apart = [], together = [] } = question;
  if (apart.length + together.length === 0 && trends.every(({ skills = [] }) => skills.length === 0))
    return true;
  const swapped = Int32Array.from(assignment);
  [swapped[one], swapped[other]] = [b, a];
  return keepsWishes(question, swapped);
}

function inWords({ agents }: Question, winner: number, loser: number): string {
  const [one, other] = [agents[winner]!, agents[loser]!];
  const also = other.lastRank === undefined ? '' : ` and ${other.name} ${lastSeasonWords(other.lastRank)}`;
  return `Between equals ${one.name} goes before ${other.name}: last season ${one.name} had ${lastSeasonWords(one.lastRank!)}${also}.`;
}
