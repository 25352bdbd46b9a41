import { z } from 'zod';
import type { Engine, WishesOf } from '../../planning/engines.ts';

// The JSON files of the command line; what their fields mean is said where each planner's wishes are declared.

const id = z.string().min(1);
const ids = z.array(id);
const pair = z.tuple([id, id]);
const pairs = z.array(pair).optional();
const count = z.int().min(0);
const round = z.int().min(1);
const side = z.enum(['talent', 'senior']);
const rounds = z.array(z.array(ids)).optional();
const seed = count.optional();

/** People who have no name are called by their id. */
const called = <One extends { id: string; name?: string | undefined }>(one: One) => ({
  ...one,
  name: one.name ?? one.id,
});
const name = z.string().min(1).optional();

const attendee = {
  id,
  name,
  side,
  department: z.string().optional(),
  manager: id.optional(),
  host: z.union([z.boolean(), id]).optional(),
  stays: z.boolean().optional(),
  from: round.optional(),
  until: round.optional(),
  years: z.number().optional(),
};

const tables = z.strictObject({
  people: z.array(z.strictObject(attendee).transform(called)),
  tables: z.union([round, z.literal('fit'), z.array(z.strictObject({ id, name, seats: count.optional() }))]),
  rounds: round,
  apart: pairs,
  together: pairs,
  locks: z.array(z.strictObject({ person: id, table: id, rounds: z.array(round).optional() })).optional(),
  seatsPerTable: z.tuple([count, count]).optional(),
  absence: z.union([z.number(), z.record(z.string(), z.number())]).optional(),
  closed: z.array(z.strictObject({ table: id, from: round.optional() })).optional(),
  met: z.array(z.tuple([id, id, count])).optional(),
  past: rounds,
  previous: rounds,
  keep: z.enum(['seats', 'meetings']).optional(),
  prefers: z.array(z.strictObject({ person: id, table: id })).optional(),
  rather: pairs,
  balance: id.optional(),
  sitOut: z.boolean().optional(),
  mix: z.enum(['sides', 'none']).optional(),
  seed,
});

const assign = z.strictObject({
  agents: z.array(
    z
      .strictObject({
        id,
        name,
        ranks: z.array(ids),
        skills: ids.optional(),
        lock: id.optional(),
        lastRank: z.union([round, z.literal('none')]).optional(),
        department: z.string().optional(),
      })
      .transform(called),
  ),
  trends: z.array(
    z
      .strictObject({
        id,
        name,
        least: count.optional(),
        most: count,
        mayClose: z.boolean().optional(),
        optional: z.boolean().optional(),
        skills: ids.optional(),
      })
      .transform(called),
  ),
  apart: pairs,
  together: pairs,
  mix: z.literal('departments').optional(),
  likes: pairs,
  even: z.boolean().optional(),
  rule: z.enum(['most-firsts', 'fairest', 'firsts-fair']).optional(),
  seed,
});

const quorum = z.strictObject({ talent: count.optional(), senior: count.optional() }).optional();

const dates = z.strictObject({
  people: z.array(
    z
      .strictObject({
        id,
        name,
        side,
        answers: z.record(id, z.enum(['yes', 'maybe', 'no'])),
        needed: z.enum(['once', 'always']).optional(),
      })
      .transform(called),
  ),
  dates: z.array(z.strictObject({ id, name, quorum, least: count.optional(), most: count.optional() })),
  choose: round.optional(),
  quorum,
  least: count.optional(),
  most: count.optional(),
  first: z.enum(['everyone', 'seniors']).optional(),
  group: ids.optional(),
  events: z.array(z.strictObject({ id, name, needs: ids.optional(), dates: ids.optional() })).optional(),
  once: z.boolean().optional(),
  seed,
});

const pairsOf = z.strictObject({
  people: z.array(
    z
      .strictObject({
        id,
        name,
        side,
        manager: id.optional(),
        wants: ids.optional(),
        offers: ids.optional(),
        likes: z.array(ids).optional(),
        most: count.optional(),
        trio: z.boolean().optional(),
      })
      .transform(called),
  ),
  trios: z.boolean().optional(),
  apart: pairs,
  locks: pairs,
  weights: z.array(z.tuple([id, id, count])).optional(),
  strangers: z.boolean().optional(),
  rule: z.enum(['most', 'stable']).optional(),
  seed,
});

/** Tables whose people carry one more number: the field that `balance` names. */
const tablesWith = (field: string) =>
  tables.extend({
    people: z.array(z.strictObject({ ...attendee, [field]: z.number().optional() }).transform(called)),
  });

/** The schema of a file for one planner: a field that `balance` names is known among its people. */
export function schemaFor<Name extends Engine>(engine: Name, data: unknown): (typeof schemas)[Name] {
  const { balance } = (data ?? {}) as { balance?: unknown };
  const isNew = typeof balance === 'string' && balance !== '' && !(balance in attendee);
  return engine === 'tables' && isNew
    ? (tablesWith(balance) as z.ZodType as (typeof schemas)[Name])
    : schemas[engine];
}

/** Schema of each planner's file; a seed in it is one for the effort. */
export const schemas: { [Name in Engine]: z.ZodType<WishesOf<Name> & { seed?: number | undefined }> } = {
  tables,
  assign,
  dates,
  pairs: pairsOf,
};
