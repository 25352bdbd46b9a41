// The question that a round of pairs puts to the planner.
import type { Db } from '../../database/open.ts';
import {
  linesOf,
  type Match,
  type MatchRule,
  type Obstacle,
  obstacles,
} from '../../domain/pairs/matching.ts';
import { mutualLikes, topicKey, type Wisher } from '../../domain/pairs/wishes.ts';
import type { Pair, PairsAnswer, PairsWishes, Partner, TriosAnswer } from '../../planning/pairs/wishes.ts';
import * as likes from '../../store/pairs/likes.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import type { Round } from '../../store/pairs/rounds.ts';
import * as wishes from '../../store/pairs/wishes.ts';

/** Everything a matching stands on. One-sided wishes are not in it, nor mutual ones before both were told. */
export interface Question {
  everyone: Wisher[];
  managers: Map<number, number | null>;
  apart: [number, number][];
  mutual: [number, number][];
  /** Pairs of the draft that are kept. */
  locked: pairs.Pair[];
  between: Obstacle;
}

/** Reads the question as it is now; people in a pair that was published or is kept have so much less room. */
export async function questionNow(db: Db, round: Round): Promise<Question> {
  const existing = await pairs.all(db, round.id);
  const locked = existing.filter((pair) => pair.state === 'draft' && pair.isLocked);
  const standing = existing.filter(({ state }) => state === 'asked' || state === 'running');
  const taken = takenBy([...standing, ...locked]);
  const everyone = (await wishes.wishers(db, round.id)).map((one) => ({
    ...one,
    most: Math.max(0, one.most - (taken.get(one.id) ?? 0)),
  }));
  const ids = everyone.map(({ id }) => id);
  const managers = await wishes.managersOf(db, ids);
  const known = new Set(ids);
  const written = (await wishes.apart(db, round.id)).map(({ personId, otherId }): [number, number] => [
    personId,
    otherId,
  ]);
  // Nobody is proposed again whom they have, had or declined.
  const others = existing.filter((pair) => pair.state !== 'draft' || pair.isLocked).flatMap(membersOf);
  const apart = [...written, ...others].filter(([a, b]) => known.has(a) && known.has(b));
  const mutual = mutualLikes(await likes.toldAmong(db, ids));
  return { everyone, managers, apart, mutual, locked, between: obstacles(linesOf(managers), apart, mutual) };
}

function takenBy(matches: readonly Match[]): Map<number, number> {
  const taken = new Map<number, number>();
  for (const { seniorId, talentId, secondTalentId } of matches)
    for (const id of [seniorId, talentId, secondTalentId])
      if (id !== null) taken.set(id, (taken.get(id) ?? 0) + 1);
  return taken;
}

const membersOf = ({ seniorId, talentId, secondTalentId }: Match): [number, number][] =>
  [talentId, secondTalentId].flatMap((id) => (id === null ? [] : [[seniorId, id] as [number, number]]));

/** The planner's input: bosses who take no part hand the reporting line on. */
export function plannerWishes(
  { everyone, managers, apart, mutual }: Question,
  { rule, trios }: { rule: MatchRule; trios: boolean },
): PairsWishes {
  const inRound = new Map(everyone.map((one) => [one.id, one]));
  const liked = new Map<number, number[]>();
  for (const [a, b] of mutual) {
    liked.set(a, [...(liked.get(a) ?? []), b]);
    liked.set(b, [...(liked.get(b) ?? []), a]);
  }
  const people = [...managers].map(([id, managerId]): Partner => {
    const one = inRound.get(id);
    // Somebody above the line, or one who takes no part, hands the line on.
    const manager = managerId === null ? undefined : String(managerId);
    if (!one) return { id: String(id), name: String(id), side: 'senior', manager, most: 0 };
    const topics = one.topics.map(topicKey);
    const likes = liked.get(id)?.map(String);
    return {
      id: String(id),
      name: one.name,
      side: one.side,
      manager,
      ...(topics.length > 0 && { [one.side === 'senior' ? 'wants' : 'offers']: topics }),
      ...(likes && { likes: [likes] }),
      most: one.most,
    };
  });
  return {
    people,
    apart: apart.map(([a, b]) => [String(a), String(b)] as const),
    rule,
    ...(trios && { trios: true }),
  };
}

/** The answer's pairs, in numbers. */
export function matchesOf({ pairs: made }: PairsAnswer | TriosAnswer): Match[] {
  return made.map((one) => {
    const { senior } = one;
    const talents = 'talents' in one ? one.talents : [(one as Pair).talent];
    return {
      seniorId: Number(senior),
      talentId: Number(talents[0]),
      secondTalentId: talents[1] === undefined ? null : Number(talents[1]),
    };
  });
}
