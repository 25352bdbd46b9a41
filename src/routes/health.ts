import { missingMigrations } from '../store/migrations.ts';
import type { Pages } from '../web/visit.ts';

/** Answers 200 while the database answers and has every table this version needs, else 503; it says nothing more, as anybody may ask. */
export function healthRoutes(at: Pages): void {
  at.get('/healthz', 'anyone', async ({ ctx, reply }) => {
    reply.header('cache-control', 'no-store');
    try {
      const isHealthy = ctx.isHealthy ?? (async () => (await missingMigrations(ctx.db)) === 0);
      return reply.code((await isHealthy()) ? 200 : 503).send();
    } catch {
      return reply.code(503).send();
    }
  });
}
