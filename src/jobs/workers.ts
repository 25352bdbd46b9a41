import type { Job, PgBoss } from 'pg-boss';
import { keepEndDates } from '../actions/people/end-dates.ts';
import { runRepairs } from '../actions/tables/repairs.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database/open.ts';
import { followClock, type Schedule } from '../store/chores.ts';
import { assignTrends } from './assign-trends.ts';
import { deleteExpired } from './delete-expired.ts';
import { deliverLetter, type Post, sendStrandedLetters } from './deliver-letter.ts';
import { importPeople } from './import-people.ts';
import { releaseJobsOfTheDead, resumeInterrupted } from './interrupted.ts';
import type { Chore, Lane } from './queues.ts';
import { type ReplyMailbox, readReplies } from './read-replies.ts';
import { releaseSeatsAndAskForDecisions } from './release-seats.ts';
import { startRounds } from './rounds.ts';
import { seatEveryone } from './seat-everyone.ts';
import { sendReminders } from './send-reminders.ts';

/** Starts all that happens without anyone pressing a button: letters, imports, and the house kept in order. */
export async function startWorkers(
  boss: PgBoss,
  ctx: Context,
  database: Database,
  post: Post,
  { replies, log = () => {} }: { replies?: ReplyMailbox | undefined; log?: (error: unknown) => void } = {},
): Promise<Workers> {
  await releaseJobsOfTheDead(boss, database);
  await startDelivering(boss, ctx, post);
  await startLongWork(boss, ctx);
  for (const [name, work] of Object.entries(choresOf(boss, ctx, database, replies))) {
    await boss.work(name, { pollingIntervalSeconds: 10 }, async () => void (await work()));
    // Rounds queue them now: pg-boss's own schedule stands still after the clock was set back.
    await boss.unschedule(name);
  }
  await resumeInterrupted(ctx, boss);
  const endRounds = startRounds(ctx, turns, (chore) => boss.send(chore, {}), log);
  // The mail server says at once when something comes; the clock is for when it does not.
  replies?.mailbox.watch(() => void boss.send('read-replies', {}).catch(() => {}));
  return {
    async finishLetters() {
      await endRounds();
      const lanes = Promise.all(Object.keys(slots).map((lane) => boss.offWork(lane, { wait: true })));
      const limit = Promise.withResolvers<void>();
      const timer = setTimeout(limit.resolve, longestWait);
      await Promise.race([lanes, limit.promise]);
      clearTimeout(timer);
    },
  };
}

/** When each chore comes round: seconds between two of them, a little less than the minutes meant, since looks are ten seconds apart. */
const turns: Record<Chore, Schedule> = {
  'follow-clock': { every: 55 },
  'send-stranded-letters': { every: 55 },
  'send-reminders': { every: 55 },
  'keep-lists': { every: 55 },
  'resume-interrupted': { every: 55 },
  'read-replies': { every: 295 },
  checkpoint: { every: 295 },
  'clear-away': { every: 3595 },
  vacuum: { every: 72_000, atHour: 3 },
};

/** Milliseconds that a stop waits for letters under way: a server that says nothing is given up after thirty seconds. */
const longestWait = 40_000;

export interface Workers {
  /** Starts no letter any more, and waits for those that a mail server has not answered yet, so that none is sent twice. */
  finishLetters(): Promise<void>;
}

/** Letters of each sort on their way at once: a server that leaves one without an answer holds up one slot, never a whole sort. */
const slots: Record<'deliver-letter' | Lane, number> = {
  'deliver-letter': 3,
  'deliver-again': 2,
  'deliver-sign-in': 2,
};

/** Connections to the mail server that letters share; each sign-in has one of its own. */
export const connections = slots['deliver-letter'] + slots['deliver-again'];

async function startDelivering(boss: PgBoss, ctx: Context, post: Post): Promise<void> {
  for (const [lane, count] of Object.entries(slots))
    for (let slot = 0; slot < count; slot++) {
      const id = await boss.work<{ letterId: number }>(
        lane,
        { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 10 },
        async ([job]: Job<{ letterId: number }>[]) => {
          // Looks for the next letter at once, not at the next poll.
          boss.notifyWorker(id);
          if (job) await deliverLetter(ctx, post, job.data.letterId);
        },
      );
    }
}

/** Work people wait for on a page that shows how far it is. */
async function startLongWork(boss: PgBoss, ctx: Context): Promise<void> {
  const soon = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 5 };
  await boss.work<{ importId: number }>('import-people', soon, async ([job]: Job<{ importId: number }>[]) => {
    if (job) await importPeople(ctx, job.data);
  });
  type Seating = { eventId: number; run: string };
  type Repairs = { eventId: number; goesOn?: boolean };
  await boss.work<{ runId: number }>('assign-trends', soon, async ([job]: Job<{ runId: number }>[]) => {
    if (job) await assignTrends(ctx, job.data);
  });
  await boss.work<Seating>('seat-everyone', soon, async ([job]: Job<Seating>[]) => {
    if (job) await seatEveryone(ctx, job.data);
  });
  await boss.work<Repairs>('prepare-repairs', soon, async ([job]: Job<Repairs>[]) => {
    if (job) await runRepairs(ctx, job.data.eventId, job.data);
  });
}

/** Work that comes round by the clock. */
function choresOf(
  boss: PgBoss,
  ctx: Context,
  database: Database,
  replies: ReplyMailbox | undefined,
): Record<Chore, () => Promise<unknown>> {
  return {
    'send-stranded-letters': () => sendStrandedLetters(ctx),
    'send-reminders': () => sendReminders(ctx),
    'keep-lists': () => releaseSeatsAndAskForDecisions(ctx),
    'resume-interrupted': () => resumeInterrupted(ctx, boss),
    'read-replies': async () => replies && readReplies(ctx, replies),
    checkpoint: () => database.checkpoint(),
    vacuum: () => database.vacuum(),
    'clear-away': async () => {
      await deleteExpired(ctx);
      await keepEndDates(ctx);
    },
    'follow-clock': () => followClock(database.db),
  };
}
