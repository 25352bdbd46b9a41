import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { writtenMigrations } from '../database/open.ts';

/** 200 while the database answers and has every table this version needs; 503 with what is amiss otherwise. */
export function healthRoutes(app: FastifyInstance, ctx: Context): void {
  const needed = writtenMigrations();
  app.get('/healthz', { config: { access: 'anyone' } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      const rows = await ctx.db.execute<{ at: string }>(
        sql`SELECT created_at::text AS at FROM drizzle.__drizzle_migrations`,
      );
      const run = new Set(rows.map(({ at }) => Number(at)));
      const missing = needed.filter((at) => !run.has(at)).length;
      return reply.code(missing ? 503 : 200).send({ database: 'ok', migrations: { run: run.size, missing } });
    } catch {
      return reply.code(503).send({ database: 'away' });
    }
  });
}
