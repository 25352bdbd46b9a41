// Another process of Flipside on the same database: does what it is told, at the time it is told.
import { openDatabase } from '../../src/database/open.ts';
import { type Act, perform } from './acts.ts';
import { contextOn } from './house.ts';

export interface Told {
  id: number;
  eventId: number;
  act: Act;
  crash: boolean;
  now: string;
}

const { db } = await openDatabase({ url: process.env.DATABASE_URL, dataDir: '', pool: 2, log: () => {} });
const clock = { now: Temporal.Instant.fromEpochMilliseconds(0) };
const ctx = contextOn(db, clock, Buffer.from(process.env.SECRET!, 'hex'));

process.on('message', async ({ id, eventId, act, crash, now }: Told) => {
  clock.now = Temporal.Instant.from(now);
  try {
    process.send!({ id, ending: await perform(ctx, eventId, act, crash) });
  } catch (error) {
    process.send!({ id, failed: String((error as Error).stack) });
  }
});
process.on('disconnect', () => process.exit(0));
process.send!({ ready: true });
