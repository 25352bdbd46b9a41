import type { Context } from '../context.ts';
import * as chores from '../store/chores.ts';

/** Seconds between two looks at what is due. */
const looksEvery = 10;

/**
 * Queues each chore when it is its time, over all processes once. The looks go by a timer that no clock moves, what is due
 * by the database's clock, which may be set forward and back. Returns what ends it.
 */
export function startRounds<Chore extends string>(
  { db }: Pick<Context, 'db'>,
  turns: Record<Chore, chores.Schedule>,
  queue: (chore: Chore) => Promise<unknown>,
  log: (error: unknown) => void,
  { every = looksEvery * 1000 }: { every?: number } = {},
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const look = async () => {
    for (const [name, turn] of Object.entries<chores.Schedule>(turns)) {
      if (isOver) return;
      try {
        if (await chores.begin(db, name, turn)) await queue(name as Chore);
      } catch (error) {
        log(error);
      }
    }
  };
  const round = async () => {
    await look();
    if (!isOver) timer = setTimeout(next, every).unref();
  };
  let running = Promise.resolve();
  const next = () => {
    running = round();
  };
  next();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await running;
  };
}
