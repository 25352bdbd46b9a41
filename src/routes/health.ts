import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { missingMigrations } from '../store/migrations.ts';
import { pagesAt } from '../web/visit.ts';

/** Answers 200 while the database answers and has every table this version needs, else 503; it says nothing more, as anybody may ask. */
export function healthRoutes(app: FastifyInstance, ctx: Context): void {
  pagesAt(app, ctx).get('/healthz', 'anyone', async ({ reply }) => {
    reply.header('cache-control', 'no-store');
    try {
      const isHealthy = ctx.isHealthy ?? (async () => (await missingMigrations(ctx.db)) === 0);
      return reply.code((await isHealthy()) ? 200 : 503).send();
    } catch {
      return reply.code(503).send();
    }
  });
}
