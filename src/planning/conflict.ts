// Why a programme has no solution: wishes that contradict each other, none of which can be left out.
// QuickXplain (Junker, AAAI 2004), on whole-numbered feasibility, which irreducible subsets of HiGHS do not look at.
import { type Limits, openSolver, type Programme } from './programme.ts';

/** As many wishes as are still worth naming where there was no time to leave out more. */
const fewEnough = 8;

/**
 * An irreducible set of wishes, by their sentences, that cannot be kept together. Empty where rows without a wish
 * contradict each other by themselves, or where there was no time to find a small set.
 */
export async function leastConflict(programme: Programme, limits: Limits): Promise<string[]> {
  const wishes = [...new Set(programme.rows.flatMap(({ wish }) => (wish === undefined ? [] : [wish])))];
  const fits = async (kept: readonly string[]) => {
    const among = new Set(kept);
    const rows = programme.rows.filter(({ wish }) => wish === undefined || among.has(wish));
    const solver = await openSolver({ ...programme, rows }, { ...limits, start: undefined });
    try {
      return solver.maximise([]).state !== 'infeasible';
    } finally {
      solver.close();
    }
  };
  if (!(await fits([]))) return [];
  const found = await explain([], false, wishes, fits);
  if (limits.stop() && found.length > fewEnough) return [];
  return found.toSorted((a, b) => wishes.indexOf(a) - wishes.indexOf(b));
}

async function explain(
  kept: readonly string[],
  grown: boolean,
  open: readonly string[],
  fits: (kept: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  if (grown && !(await fits(kept))) return [];
  if (open.length === 1) return open;
  const half = open.length >> 1;
  const [one, other] = [open.slice(0, half), open.slice(half)];
  const second = await explain([...kept, ...one], true, other, fits);
  const first = await explain([...kept, ...second], second.length > 0, one, fits);
  return [...first, ...second];
}

/** The sentence about wishes that contradict each other. */
export function conflictInWords(wishes: readonly string[]): string {
  if (wishes.length === 0) return 'The wishes cannot all be kept; there was no time to find out which.';
  if (wishes.length === 1) return `This wish cannot be kept: ${wishes[0]}.`;
  return `These wishes cannot all be kept: ${wishes.join('; ')}.`;
}
