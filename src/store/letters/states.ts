import type { Database } from '../../database/open.ts';

export interface LetterStates {
  byState: Record<string, number>;
  /** Seconds for which the oldest letter that is due has waited; 0 where none waits. */
  oldestWaiting: number;
}

/** Counts letters by state, on a client that pages do not share. */
export async function letterStates(client: Database['sql']): Promise<LetterStates> {
  const rows = await client<{ state: string; count: number }[]>`
    SELECT state, count(*)::int AS count FROM letters GROUP BY state`;
  const [waiting] = await client<{ oldest: number | null }[]>`
    SELECT extract(epoch FROM now() - min(created_at))::float8 AS oldest FROM letters
    WHERE state = 'waiting' AND due_at <= now()`;
  return {
    byState: Object.fromEntries(rows.map(({ state, count }) => [state, count])),
    oldestWaiting: Math.max(0, waiting?.oldest ?? 0),
  };
}
