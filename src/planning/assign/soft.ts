// Soft goals, counted after the ranks: pairs of one department with one trend, and pairs who like to be together.
import type { Assignment } from './options.ts';
import type { AssignWishes } from './wishes.ts';

/** Counts pairs of one department with the same trend. */
export function departmentPairs({ agents }: AssignWishes, assignment: Assignment): number {
  const sizes = new Map<string, number>();
  let pairs = 0;
  for (const [agent, { department }] of agents.entries()) {
    if (department === undefined || assignment[agent]! < 0) continue;
    const key = `${assignment[agent]} ${department}`;
    const before = sizes.get(key) ?? 0;
    pairs += before;
    sizes.set(key, before + 1);
  }
  return pairs;
}

/** The pairs who like to be together, by number. */
export function likedPairs({ agents, likes = [] }: AssignWishes): [number, number][] {
  const numberOf = new Map(agents.map(({ id }, index) => [id, index]));
  return likes.map(([a, b]) => [numberOf.get(a)!, numberOf.get(b)!]);
}

/** Counts pairs who like to be together and have the same trend. */
export const likesKept = (wishes: AssignWishes, assignment: Assignment) =>
  likedPairs(wishes).filter(([a, b]) => assignment[a]! >= 0 && assignment[a] === assignment[b]).length;
