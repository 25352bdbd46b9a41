// Guesses whether a guest asked at all, from who was active between two publications. Stated, not bounded.
import { isTraced, type Plan } from '../plan.ts';
import { type Asked, nobody } from '../run.ts';
import type { Truth } from '../score.ts';

/** `out` says when a question came out; guests are numbered as in the plan. */
export function askedAtAll(
  plan: Plan,
  people: number[],
  begin: number,
  truths: readonly Truth[],
  out: Map<string, number>,
): Asked {
  const found = nobody();
  const questions = truths.filter(({ item, apart }) => out.has(item) && apart === null);
  const rounds = [...Map.groupBy(questions, ({ item }) => out.get(item)!)].toSorted(([a], [b]) => a - b);
  let since = begin;
  for (const [at, round] of rounds) {
    const isNamed = (guest: number) =>
      plan.visits.some(
        (one) => one.guest === guest && isTraced(one) && isWithin(begin + one.minute * 60_000, since, at),
      );
    for (const [guest, person] of people.entries()) {
      const hasAsked = round.some((one) => one.person === person);
      const [all, asked] = isNamed(guest)
        ? (['named', 'namedAsked'] as const)
        : (['others', 'othersAsked'] as const);
      found[all] += 1;
      found[asked] += Number(hasAsked);
    }
    since = at;
  }
  return found;
}

const isWithin = (at: number, since: number, until: number) => at > since && at <= until;
