// Why a programme has no solution: wishes that contradict each other, none of which can be left out.
// QuickXplain (Junker, AAAI 2004), on whole-numbered feasibility, which irreducible subsets of HiGHS do not look at.
import { type Limits, openSolver, type Programme } from './programme.ts';

/**
 * An irreducible set of wishes, by their sentences, that cannot be kept together; empty where rows without a wish
 * contradict each other by themselves. Where it was stopped, the set may still be too large.
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
  return (await explain([], false, wishes, fits)).toSorted((a, b) => wishes.indexOf(a) - wishes.indexOf(b));
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
