import type { Database } from '../database/open.ts';

export interface JobCount {
  queue: string;
  state: string;
  count: number;
}

/** Counts the work of the last day by queue and by what became of it, on a client that pages do not share. */
export async function jobStates(client: Database['sql']): Promise<JobCount[]> {
  return client<JobCount[]>`
    SELECT name AS queue, state::text AS state, count(*)::int AS count FROM pgboss.job GROUP BY 1, 2`;
}
