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
const queues: Record<JobName | Chore, Care> = {
  'deliver-letter': { retryLimit: 5, retryDelay: 5, expireInSeconds: 180 },
  'import-people': { retryLimit: 2, retryDelay: 2, expireInSeconds: 600 },
  'send-stranded-letters': { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  'send-reminders': { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  'keep-lists': { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  // Two at once would both move the same message, and leave it there twice.
  'read-replies': { retryLimit: 0, retryDelay: 0, expireInSeconds: 600, policy: 'stately' },
  checkpoint: { retryLimit: 0, retryDelay: 0, expireInSeconds: 120 },
  vacuum: { retryLimit: 0, retryDelay: 0, expireInSeconds: 3600 },
  'clear-away': { retryLimit: 0, retryDelay: 0, expireInSeconds: 600 },
};

/** Work that comes round by the clock. */
export type Chore =
  | 'send-stranded-letters'
  | 'send-reminders'
  | 'keep-lists'
  | 'read-replies'
  | 'checkpoint'
  | 'vacuum'
  | 'clear-away';

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
    superviseIntervalSeconds: 60,
  });
  boss.on('error', log);
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, {
      ...options,
      retryBackoff: options.retryDelay > 0,
      notify: true,
      deleteAfterSeconds: 86_400,
    });
  }
  return boss;
}

/** Of several statements sent at once pg-boss wants the rows of all of them. */
function rowsOf(result: unknown): unknown[] {
  if (!Array.isArray(result)) return [];
  const isMany = result.length > 0 && result.every((one) => Array.isArray(one));
  return isMany ? result.flat() : [...result];
}

/** Queues a job inside the caller's transaction. */
export function queueOf(boss: PgBoss): Queue {
  return async (tx, job, data, options) => {
    const startAfter = options?.at ? { startAfter: new Date(options.at.epochMilliseconds) } : {};
    // Somebody waits at the door for it, while hundreds of invitations may be in the queue.
    const priority = options?.urgent ? 10 : 0;
    await boss.send(job, data, { db: fromDrizzle(tx, sql), priority, ...startAfter });
  };
}
