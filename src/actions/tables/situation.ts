// The evening as it is under way: the published plan, what differs on the day, and a mark by which a change is noticed.
import type { Db } from '../../database/open.ts';
import { doorHours } from '../../domain/guests/door-hours.ts';
import { Refusal } from '../../refusal.ts';
import type * as events from '../../store/events/events.ts';
import type * as plans from '../../store/tables/plans.ts';
import { type PlannedTables, plansOf, refuseWithoutTables, tablesOf, withMet } from './evening.ts';

export interface Situation {
  event: events.Event;
  tables: PlannedTables;
  published: plans.Plan;
  draft: plans.Plan | null;
  known: Map<number, number[]>;
  /** Differs once the plan, the day, the rounds begun or the wishes do. */
  mark: string;
}

/** Reads an evening under way; refuses ('conflict') while no plan is published, and once no round is to come. */
export async function situationOf(db: Db, event: events.Event, now: Temporal.Instant): Promise<Situation> {
  refuseWithoutTables(event);
  const tables = await withMet(db, event, await tablesOf(db, event, now));
  const { published, draft, publishedSeats } = await plansOf(db, event.id, tables);
  if (!published)
    throw new Refusal('conflict', 'No tables are published yet. Publish them, then change them on the day.');
  return { event, tables, published, draft, known: publishedSeats, mark: markOf(published, tables) };
}

function markOf({ id, revision }: plans.Plan, tables: PlannedTables): string {
  const { day, held, wishes, people, settings } = tables;
  const wished = `${wishes.length}-${wishes.at(-1)?.id ?? 0}`;
  const list = people.map(({ id: person }) => person).join();
  return [id, revision, day.revision, held, tables.tables, settings.mostSeats, wished, hashOfText(list)].join(
    '.',
  );
}

/** A short number for a long text (FNV-1a, 32 bits). */
function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Refuses ('conflict') changes outside the hours around the event, and once all rounds have begun. */
export function refuseNotNow({ event, tables }: Situation, now: Temporal.Instant): void {
  const { opens, closes } = doorHours(event);
  if (Temporal.Instant.compare(now, opens) < 0)
    throw new Refusal(
      'conflict',
      'This page is for the day of the event. Until then change the plan itself.',
    );
  if (tables.held >= tables.rounds || Temporal.Instant.compare(now, closes) > 0)
    throw new Refusal('conflict', 'All rounds have begun, so nobody moves any more.');
}
