// Reads what waits for an organiser, all events together: each list by one query, however many events there are.
import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  isNotNull,
  isNull,
  lt,
  lte,
  not,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { type Addresses, isHeldBack } from '../letters/addresses.ts';
import { events, imports, letters } from '../schema/index.ts';

const columns = {
  id: events.id,
  name: events.name,
  state: events.state,
  startsAt: events.startsAt,
  timeZone: events.timeZone,
  decideOn: events.decideOn,
  decidedAt: events.decidedAt,
};

/** Published events whose go/no-go day may have come, from this wall time on; the nearest first. */
export async function toDecide(db: Db, { from, until }: { from: string; until: string }, limit: number) {
  return db
    .select(columns)
    .from(events)
    .where(
      and(
        eq(events.state, 'published'),
        gt(events.startsAt, from),
        isNotNull(events.decideOn),
        lte(events.decideOn, until),
        isNull(events.decidedAt),
      ),
    )
    .orderBy(asc(events.startsAt), asc(events.id))
    .limit(limit);
}

/** Drafts that begin before that day, the latest date first, so that those to come are among them. */
export async function nearDrafts(db: Db, until: string, limit: number) {
  return db
    .select(columns)
    .from(events)
    .where(and(eq(events.state, 'draft'), lt(events.startsAt, `${until}T24`)))
    .orderBy(desc(events.startsAt), asc(events.id))
    .limit(limit);
}

/** E-mails that did not arrive, by event; those about no event (null) since a moment. */
export async function undelivered(
  db: Db,
  addresses: Addresses,
  { from, since }: { from: string; since: Temporal.Instant },
  limit: number,
) {
  const n = sql<number>`count(*)::int`;
  return db
    .select({ eventId: letters.eventId, name: events.name, n })
    .from(letters)
    .leftJoin(events, eq(events.id, letters.eventId))
    .where(
      and(
        eq(letters.state, 'dead'),
        isNull(letters.settledAt),
        notInArray(letters.kind, ['sign-in', 'decoy', 'offer-confirm']),
        not(isHeldBack(addresses)),
        or(gt(events.startsAt, from), and(isNull(letters.eventId), gte(letters.createdAt, since))),
      ),
    )
    .groupBy(letters.eventId, events.name)
    .orderBy(desc(n), asc(letters.eventId))
    .limit(limit);
}

/** Files that were read and wait to be imported, since a moment; the newest first. */
export async function waitingImports(db: Db, since: Temporal.Instant, limit: number) {
  return db
    .select({ id: imports.id, kind: imports.kind, fileName: imports.fileName, total: imports.total })
    .from(imports)
    .where(and(eq(imports.state, 'preview'), isNotNull(imports.bytes), gte(imports.createdAt, since)))
    .orderBy(desc(imports.id))
    .limit(limit);
}
