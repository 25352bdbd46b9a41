// PostgreSQL itself crashes under a living process, with questions waiting.
import { sql } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { tick } from '../../src/actions/questions/nameless-tick.ts';
import * as envelope from '../../src/store/questions/envelope.ts';
import { openCluster } from '../support/databases/postgres-server.ts';
import { published } from '../support/events.ts';
import { askNameless, handsOf, publishNext } from '../support/nameless/slips.ts';
import { needs } from '../support/needs.ts';
import { useWorld } from '../support/world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

needs('postgresql')('PostgreSQL killed under a living process', () => {
  const cluster = openCluster();
  const world = useWorld({ url: cluster.start });
  afterAll(cluster.stop);

  test.skipIf(process.env.TEST_DATABASE_URL !== undefined)(
    'loses the table that is in no journal, and no question: each appears once',
    async () => {
      const guests = [];
      for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
      const event = await published(world, guests);
      const hands = await handsOf(world.ctx, event, guests, ['ask']);
      const ask = (n: number) => askNameless(world.ctx, event, hands[n]!.ask[0]!, `Question ${n}`);
      for (const n of [0, 1, 2]) await ask(n);
      await tick(world.ctx);
      const keys = async () => {
        const [row] = await world.db.execute<{ n: number }>(
          sql`SELECT count(*)::int AS n FROM nameless_keys`,
        );
        return row!.n;
      };
      expect(await keys()).toBe(1);
      const [backend] = await world.db.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
      // A process of the server that dies so makes it start anew from its journal, as after a crash.
      process.kill(backend!.pid, 'SIGKILL');
      for (const n of [3, 4]) await ask(n);
      await expect.poll(() => keys().catch(() => -1), { timeout: 60_000 }).toBe(0);
      await publishNext(world);
      const rows = await world.db.execute<{ text: string }>(
        sql`SELECT text FROM nameless_questions ORDER BY text`,
      );
      expect(rows.map(({ text }) => text)).toEqual([0, 1, 2, 3, 4].map((n) => `Question ${n}`));
      expect([await keys(), await envelope.daysOfLost(world.db)]).toEqual([1, []]);
    },
  );
});
