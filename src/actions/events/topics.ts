import type { Tx } from '../../database/open.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as teams from '../../store/events/teams.ts';
import * as trends from '../../store/trends/trends.ts';
import type { EventPlan } from './plan.ts';

/** A trend that is parked or merged at this moment does not slip onto a table; one that is there already stays. */
export async function setTopics(
  tx: Tx,
  { id: eventId, programmeId }: Pick<events.Event, 'id' | 'programmeId'>,
  topics: EventPlan['topics'],
  now: Temporal.Instant,
): Promise<void> {
  const here = new Set((await events.topicsOf(tx, eventId)).map(({ trendId }) => trendId));
  const added = topics.flatMap(({ trendId }) => (here.has(trendId) ? [] : [trendId]));
  const gone = (await trends.lock(tx, added)).find(
    (trend) => !canBeGiven(trend) || trend.programmeId !== programmeId,
  );
  if (gone) {
    throw new Refusal(
      'invalid',
      '“{trend}” was parked or merged in the meantime. Choose the teams again.',
      { trend: gone.sentence },
      'teams',
    );
  }
  await events.setTopics(tx, eventId, topics, now);
}

/** Finds who hosts: the members of the teams. */
export function hostIds(tx: Tx, topics: EventPlan['topics']): Promise<number[]> {
  return teams.membersOf(
    tx,
    topics.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])),
  );
}
