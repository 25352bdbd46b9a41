import type { Needs, Tally, Voice } from '../../domain/dates/tally.ts';
import { boardOf } from '../../planning/dates/board.ts';
import { bestDate } from '../../planning/dates/one-date.ts';
import { randomFrom } from '../../planning/random.ts';

/**
 * Chooses the date most people can come on, seniors first, among those that every host can and that have enough of each
 * side; null where there is none. One date is chosen by looking at each, which needs no solver and no thread of its own.
 */
export function bestOf(voices: readonly Voice[], counted: readonly Tally[], needs: Needs): Tally | null {
  const enough = counted.filter(({ isEnough, seniors, talents }) => isEnough && seniors + talents > 0);
  if (enough.length === 0) return null;
  const dates = enough.map(({ dateId }) => ({ id: String(dateId) }));
  const people = voices.map(({ personId, name, side, isHost, said }) => ({
    id: String(personId),
    name,
    side,
    answers: Object.fromEntries(
      enough.flatMap(({ dateId }) => (said.has(dateId) ? [[String(dateId), said.get(dateId)!]] : [])),
    ),
    ...(isHost && { needed: 'always' as const }),
  }));
  const quorum = { senior: needs.seniors, talent: needs.talents };
  const best = bestDate(boardOf({ people, dates, quorum, first: 'seniors' }), randomFrom(1));
  return best ? enough[best.chosen[0]!]! : null;
}
