// The counts that triggers keep are what counting the interests gives, whatever is done to people, trends and interests.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merge } from '../../src/actions/trends/trends.ts';
import { people, trendCounts, trendInterests, trends } from '../../src/store/schema/index.ts';
import * as interests from '../../src/store/trends/interests.ts';
import { proposeTrend } from '../support/trends.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

const counted = () =>
  world.db.execute(sql`
    SELECT i.trend_id AS trend, count(*) FILTER (WHERE kind = 'want-to-know' AND side = 'senior')::int AS seniors,
      count(*) FILTER (WHERE kind = 'want-to-know' AND side = 'talent')::int AS talents, count(*) FILTER (WHERE kind = 'can-tell')::int AS tell
    FROM trend_interests i JOIN people p ON p.id = i.person_id AND p.disabled_at IS NULL GROUP BY i.trend_id ORDER BY i.trend_id`);
const kept = () =>
  world.db.execute(sql`
    SELECT trend_id AS trend, seniors, talents, tell FROM ${trendCounts} WHERE seniors + talents + tell <> 0 ORDER BY trend_id`);

const presses = fc.array(
  fc.record({
    what: fc.constantFrom(
      'say',
      'say',
      'say',
      'back',
      'deactivate',
      'reactivate',
      'side',
      'delete',
      'merge',
      'trend',
    ),
    person: fc.nat(5),
    trend: fc.nat(3),
    other: fc.nat(3),
    kind: fc.constantFrom('want-to-know' as const, 'can-tell' as const),
  }),
  { minLength: 5, maxLength: 30 },
);

test('counts of a trend follow votes, people who leave, change side or are deleted, and merges', {
  timeout: 60_000,
}, async () => {
  const noted = [0, 0];
  await fc.assert(
    fc.asyncProperty(presses, async (list) => {
      await world.db.delete(trendInterests);
      const who = await Promise.all(
        Array.from({ length: 6 }, (_, n) => world.addPerson({ side: n % 2 ? 'talent' : 'senior' })),
      );
      const about = await Promise.all(
        [1, 2, 3, 4].map((n) => proposeTrend(world, `Trend ${n} ${Math.random()}`)),
      );
      for (const { what, person, trend, other, kind } of list) {
        const id = who[person]!.id;
        const on = about[trend]!.id;
        const isThere = (await world.db.$count(people, sql`id = ${id}`)) === 1;
        if (what === 'say' && isThere && (await world.db.$count(trends, sql`id = ${on}`)) === 1)
          await interests.add(world.db, on, id, kind);
        if (what === 'back') await interests.remove(world.db, on, id, kind);
        if (what === 'deactivate')
          await world.db.execute(sql`UPDATE people SET disabled_at = now() WHERE id = ${id}`);
        if (what === 'reactivate')
          await world.db.execute(sql`UPDATE people SET disabled_at = NULL WHERE id = ${id}`);
        if (what === 'side')
          await world.db.execute(
            sql`UPDATE people SET side = CASE side WHEN 'talent' THEN 'senior' ELSE 'talent' END WHERE id = ${id}`,
          );
        if (what === 'delete') await world.db.execute(sql`DELETE FROM people WHERE id = ${id}`);
        if (what === 'trend') await world.db.execute(sql`DELETE FROM trends WHERE id = ${on}`);
        if (what === 'merge') await merge(world.ctx, on, about[other]!.id).catch(() => {});
      }
      const expected = [...(await counted())];
      noted[0]! += expected.length;
      noted[1]! += expected.filter((row) => row.tell).length;
      expect([...(await kept())]).toEqual(
        expected.filter((row) => Number(row.seniors) + Number(row.talents) + Number(row.tell) > 0),
      );
    }),
    { numRuns: 25 },
  );
  expect(Math.min(...noted)).toBeGreaterThan(5);
});
