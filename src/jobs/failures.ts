import type { PgBoss } from 'pg-boss';

export type HearFailure = (queue: string, error: unknown) => void;

/** Tells `hear` of each job whose work throws, before the queue notes it; for all work that begins after this. */
export function hearFailures(boss: PgBoss, hear: HearFailure): void {
  const work = boss.work.bind(boss) as (...args: unknown[]) => Promise<string>;
  boss.work = ((name: string, ...rest: unknown[]) => {
    const handler = rest.pop() as (...jobs: unknown[]) => Promise<unknown>;
    const told = async (...jobs: unknown[]) => {
      try {
        return await handler(...jobs);
      } catch (error) {
        hear(name, error);
        throw error;
      }
    };
    return work(name, ...rest, told);
  }) as typeof boss.work;
}
