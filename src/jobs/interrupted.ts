import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { giveUpImport } from '../actions/people/import.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database/open.ts';
import * as imports from '../store/people/imports.ts';

/** Jobs, each tried three times, after which an import that ends the process each time is taken back. */
const mostJobs = 3;

const isLive = ({ state }: { state: string }) => ['created', 'retry', 'active'].includes(state);

/**
 * Queues again imports that are not over and have no job: their process was killed too often, or a backup was restored,
 * which holds no jobs. Letters have `sendStrandedLetters`; what comes round by the clock comes again. Returns how many.
 */
export async function resumeInterrupted(ctx: Context, boss: PgBoss): Promise<number> {
  let resumed = 0;
  for (const importId of await imports.unfinished(ctx.db)) {
    const became = await ctx.db.transaction(async (tx) => {
      // Held, so that of two processes only one finds that there is no job.
      if (!(await imports.lockUnfinished(tx, importId))) return 'over';
      const db = fromDrizzle(tx, sql);
      const jobs = await boss.findJobs('import-people', { data: { importId }, db });
      if (jobs.some(isLive)) return 'at work';
      if (jobs.filter(({ state }) => state === 'failed').length >= mostJobs) return 'hopeless';
      await ctx.queue(tx, 'import-people', { importId });
      return 'resumed';
    });
    if (became === 'hopeless') await giveUpImport(ctx, importId);
    if (became === 'resumed') resumed++;
  }
  return resumed;
}

/**
 * Ends jobs that a killed process has left as if they were at work, so that they are tried again at once: on the embedded
 * home nobody else can be doing them. On a server they are known by their missing heartbeats.
 */
export async function releaseJobsOfTheDead(boss: PgBoss, { home, jobsSql }: Database): Promise<void> {
  if (home !== 'embedded') return;
  const jobs = (await jobsSql.unsafe(`select name, id::text from pgboss.job where state = 'active'`)) as {
    name: string;
    id: string;
  }[];
  const byQueue = Map.groupBy(jobs, ({ name }) => name);
  for (const [name, ofQueue] of byQueue)
    await boss.fail(
      name,
      ofQueue.map(({ id }) => id),
      { message: 'Flipside was killed meanwhile.' },
    );
}
