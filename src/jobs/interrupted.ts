import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { giveUpImport } from '../actions/people/import.ts';
import { failRun } from '../actions/teams/draft-runs.ts';
import type { Context, JobName } from '../context.ts';
import type { Database, Tx } from '../database/open.ts';
import * as imports from '../store/people/imports.ts';
import * as runs from '../store/teams/runs.ts';

/** Jobs, each tried three times, after which an import that ends the process each time is taken back. */
const mostJobs = 3;

const isLive = ({ state }: { state: string }) => ['created', 'retry', 'active'].includes(state);

/** Long work whose state is stored: the ids of what is not over, and what is done with them. */
interface StoredWork {
  job: Extract<JobName, 'import-people' | 'assign-trends'>;
  dataOf: (id: number) => Record<string, unknown>;
  unfinished: (db: Context['db']) => Promise<number[]>;
  /** Held, so that of two processes only one finds that there is no job. */
  lock: (tx: Tx, id: number) => Promise<boolean>;
  giveUp: (ctx: Context, id: number) => Promise<void>;
}

const storedWorks: readonly StoredWork[] = [
  {
    job: 'import-people',
    dataOf: (importId) => ({ importId }),
    unfinished: imports.unfinished,
    lock: imports.lockUnfinished,
    giveUp: giveUpImport,
  },
  {
    job: 'assign-trends',
    dataOf: (runId) => ({ runId }),
    unfinished: runs.unfinished,
    lock: runs.lockUnfinished,
    giveUp: failRun,
  },
];

/**
 * Queues again stored work that is not over and has no job: its process was killed too often, or a backup was restored,
 * which holds no jobs. Letters have `sendStrandedLetters`; what comes round by the clock comes again. Returns how many.
 */
export async function resumeInterrupted(ctx: Context, boss: PgBoss): Promise<number> {
  let resumed = 0;
  for (const work of storedWorks)
    for (const id of await work.unfinished(ctx.db)) if (await resumeOne(ctx, boss, work, id)) resumed++;
  return resumed;
}

async function resumeOne(ctx: Context, boss: PgBoss, work: StoredWork, id: number): Promise<boolean> {
  const { job, dataOf, lock, giveUp } = work;
  const became = await ctx.db.transaction(async (tx) => {
    if (!(await lock(tx, id))) return 'over';
    const db = fromDrizzle(tx, sql);
    const jobs = await boss.findJobs(job, { data: dataOf(id), db });
    if (jobs.some(isLive)) return 'at work';
    if (jobs.filter(({ state }) => state === 'failed').length >= mostJobs) return 'hopeless';
    await ctx.queue(tx, job, dataOf(id));
    return 'resumed';
  });
  if (became === 'hopeless') await giveUp(ctx, id);
  return became === 'resumed';
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
      { message: 'Flipside was killed in the meantime.' },
    );
}
