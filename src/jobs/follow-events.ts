// Tells people who ask without a name of organisers' changes to an event at once, not only with the next tick.
import { readAllFacts, rereadFacts } from '../actions/questions/nameless-state.ts';
import type { Context } from '../context.ts';

/** Milliseconds between two readings of the same event, so that a rush of answers costs one a second. */
const pause = 1000;

/**
 * Reads an event anew whenever any process changes it, and all of them where notices may have been lost. Nothing is read
 * because somebody asks. Returns what ends it.
 */
export async function followEvents(
  ctx: Context,
  log: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const busy = new Map<number, 'reading' | 'again'>();
  const changed = async (id: number): Promise<void> => {
    if (busy.has(id)) return void busy.set(id, 'again');
    busy.set(id, 'reading');
    await rereadFacts(ctx, id).catch((error) => {
      busy.set(id, 'again');
      log(error);
    });
    setTimeout(() => {
      const isAgain = busy.get(id) === 'again';
      busy.delete(id);
      if (isAgain) void changed(id);
    }, pause).unref();
  };
  const listening = await ctx.listen?.(
    'event_changed',
    (payload) => void changed(Number(payload)),
    () => void readAllFacts(ctx).catch(log),
  );
  return async () => listening?.unlisten();
}
