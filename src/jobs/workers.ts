import type { Job, PgBoss } from 'pg-boss';
import type { Context } from '../context.ts';
import type { Database } from '../database/open.ts';
import { clearAway } from './clear-away.ts';
import { deliverLetter, type Post, sendStrandedLetters } from './deliver-letter.ts';
import { importPeople } from './import-people.ts';
import { releaseJobsOfTheDead, resumeInterrupted } from './interrupted.ts';
import { keepLists } from './keep-lists.ts';
import type { Chore } from './queues.ts';
import { type ReplyMailbox, readReplies } from './read-replies.ts';
import { sendReminders } from './send-reminders.ts';

/** Starts all that happens without anyone pressing a button: letters, imports, and the house kept in order. */
export async function startWorkers(
  boss: PgBoss,
  ctx: Context,
  database: Database,
  post: Post,
  replies?: ReplyMailbox,
): Promise<void> {
  await releaseJobsOfTheDead(boss, database);
  await boss.work<{ letterId: number }>(
    'deliver-letter',
    { batchSize: 6, burstWhenBatchFull: true, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 10 },
    (jobs: Job<{ letterId: number }>[]) =>
      allOf(jobs.map(({ data }) => deliverLetter(ctx, post, data.letterId))),
  );
  await boss.work<{ importId: number }>(
    'import-people',
    { pollingIntervalSeconds: 1 },
    async ([job]: Job<{ importId: number }>[]) => {
      if (job) await importPeople(ctx, job.data);
    },
  );
  for (const [name, [cron, work]] of Object.entries(choresOf(boss, ctx, database, replies))) {
    await boss.work(name, { pollingIntervalSeconds: 10 }, async () => void (await work()));
    await boss.schedule(name, cron);
  }
  await resumeInterrupted(ctx, boss);
  // Each process has its own clock for it now: publish-questions.ts.
  await boss.unschedule('publish-questions');
  // The mail server says at once when something comes; the clock is for when it does not.
  replies?.mailbox.watch(() => void boss.send('read-replies', {}).catch(() => {}));
}

/** Every one of them is finished before the first that went wrong is told of. */
async function allOf(works: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Work that comes round by the clock: when, and what. */
function choresOf(
  boss: PgBoss,
  ctx: Context,
  database: Database,
  replies: ReplyMailbox | undefined,
): Record<Chore, [cron: string, work: () => Promise<unknown>]> {
  return {
    'send-stranded-letters': ['* * * * *', () => sendStrandedLetters(ctx)],
    'send-reminders': ['* * * * *', () => sendReminders(ctx)],
    'keep-lists': ['* * * * *', () => keepLists(ctx)],
    'resume-interrupted': ['* * * * *', () => resumeInterrupted(ctx, boss)],
    'read-replies': ['*/5 * * * *', async () => replies && readReplies(ctx, replies)],
    checkpoint: ['*/5 * * * *', () => database.checkpoint()],
    vacuum: ['17 3 * * *', () => database.vacuum()],
    'clear-away': ['42 * * * *', () => clearAway(ctx)],
  };
}
