// Several questions about one evening, answered one after another in one thread: the repairs of a day.
import { isRefusal } from '../cannot.ts';
import type { Effort } from '../effort.ts';
import { seatEveryone } from './seat-everyone.ts';
import type { AskedTables, RoundLists } from './wishes.ts';

/** The plan that answers one question, or why there is none; null where the time was over before its turn. */
export type RepairAnswer = { rounds: RoundLists[] } | { cannot: string[] } | null;

/** Swaps in the search for one repair; see the README for what that finds. */
const usualSteps = 400;

/** Answers each question as `seatEveryone` does, within the same budget of steps each. */
export function seatEach(
  { questions }: { questions: readonly AskedTables[] },
  effort: Effort,
): RepairAnswer[] {
  const isOver = () => effort.signal?.aborted === true || effort.isOver?.() === true;
  const iterations = effort.iterations ?? usualSteps;
  return questions.map((question) => {
    if (isOver()) return null;
    try {
      const { rounds } = seatEveryone({ ...question, absence: undefined }, { seed: effort.seed, iterations });
      return { rounds };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { cannot: error.message.split('\n') };
    }
  });
}
