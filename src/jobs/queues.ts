import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { JobName, Queue } from '../context.ts';
import type { Database } from '../database/open.ts';

interface Care {
  retryLimit: number;
  retryDelay: number;
  expireInSeconds: number;
  /** 'stately': one at work and one waiting at most, over all processes. */
  policy?: 'stately';
}

/** How each kind of work is tried again when it fails; seconds. Letters and imports keep their own state besides. */
const queues: Record<JobName | Lane | Chore, Care> = {
  'deliver-letter': { retryLimit: 5, retryDelay: 5, expireInSeconds: 180 },
  'deliver-again': { retryLimit: 5, retryDelay: 5, expireInSeconds: 180 },
  'deliver-sign-in': { retryLimit: 5, retryDelay: 5, expireInSeconds: 180 },
  'import-people': { retryLimit: 2, retryDelay: 2, expireInSeconds: 600 },
  'assign-trends': { retryLimit: 2, retryDelay: 2, expireInSeconds: 600 },
  'seat-everyone': { retryLimit: 1, retryDelay: 2, expireInSeconds: 120 },
  'prepare-repairs': { retryLimit: 0, retryDelay: 0, expireInSeconds: 180 },
  'send-stranded-letters': { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  'send-reminders': { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  'keep-lists': { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  'resume-interrupted': { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  // Two at once would both move the same message, and leave it there twice.
  'read-replies': { retryLimit: 0, retryDelay: 0, expireInSeconds: 600, policy: 'stately' },
  checkpoint: { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  // Once a night or an hour: when it was interrupted it is done once more.
  vacuum: { retryLimit: 2, retryDelay: 60, expireInSeconds: 3600 },
  'clear-away': { retryLimit: 2, retryDelay: 60, expireInSeconds: 600 },
  'follow-clock': { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
};

/** Letters that have slots of their own: those tried before, and those somebody waits for at the door. */
export type Lane = 'deliver-again' | 'deliver-sign-in';

/** Work that comes round by the clock. */
export type Chore =
  | 'send-stranded-letters'
  | 'send-reminders'
  | 'keep-lists'
  | 'resume-interrupted'
  | 'read-replies'
  | 'checkpoint'
  | 'vacuum'
  | 'clear-away'
  | 'follow-clock';

/** Goes on evenly whatever the machine's clock is set to, so that nothing that waits some seconds waits an hour. */
const steadyClock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  setTimeout: (work: () => void, ms: number) => setTimeout(work, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: (work: () => void, ms: number) => setInterval(work, ms),
  clearInterval: (timer: unknown) => clearInterval(timer as NodeJS.Timeout),
};

/**
 * Seconds without a sign of life after which work counts as interrupted and is tried again: more than any stall that
 * `npm run bench -- stalls` has shown. Not on the embedded home: there no other process could take it over, and the start does.
 */
const heartbeatSeconds = 90;

/** Starts pg-boss on our own driver, in either home, and makes the queues. */
export async function openQueues(database: Database, log: (error: unknown) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    db: {
      async executeSql(text, values) {
        // pg-boss leaves out what it does not know; this driver wants that said.
        const known = values?.map((value) => (value === undefined ? null : value)) as never[] | undefined;
        const result = await database.jobsSql.unsafe(text, known?.length ? known : undefined);
        return { rows: rowsOf(result) };
      },
      async listen(channel, onNotification, onReconnect) {
        const { unlisten } = await database.listen(channel, onNotification, onReconnect);
        return { close: unlisten };
      },
    },
    backend: database.home === 'embedded' ? 'pglite' : 'postgres',
    useListenNotify: true,
    schedule: false,
    clock: steadyClock,
    superviseIntervalSeconds: 60,
  });
  boss.on('error', log);
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    const { policy, ...care } = options;
    const settings = {
      ...care,
      retryBackoff: options.retryDelay > 0,
      notify: true,
      deleteAfterSeconds: 86_400,
      ...(database.home === 'server' && { heartbeatSeconds }),
    };
    await boss.createQueue(name, { ...settings, ...(policy && { policy }) });
    // A queue that an earlier version made keeps its settings otherwise.
    await boss.updateQueue(name, settings);
  }
  return boss;
}

/** Returns the rows of all statements sent at once, as pg-boss expects. */
function rowsOf(result: unknown): unknown[] {
  if (!Array.isArray(result)) return [];
  const isMany = result.length > 0 && result.every((one) => Array.isArray(one));
  return isMany ? result.flat() : [...result];
}

/** Queues a job inside the caller's transaction. */
export function openQueue(boss: PgBoss): Queue {
  return async (tx, job, data, options = {}) => {
    const startAfter = options.at ? { startAfter: new Date(options.at.epochMilliseconds) } : {};
    // A job tried ten times waits for those tried once.
    const priority = -(options.tries ?? 0);
    const lane = job === 'deliver-letter' ? laneOf(options) : job;
    await boss.send(lane, data, { db: fromDrizzle(tx, sql), priority, ...startAfter });
  };
}

function laneOf({ urgent = false, tries = 0 }: NonNullable<Parameters<Queue>[3]>): JobName | Lane {
  if (urgent) return 'deliver-sign-in';
  return tries > 0 ? 'deliver-again' : 'deliver-letter';
}
