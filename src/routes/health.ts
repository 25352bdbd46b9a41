import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';

export function healthRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/healthz', { config: { access: 'anyone' } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      const [row] = await ctx.db.execute<{ migrations: number }>(
        sql`SELECT count(*)::int AS migrations FROM drizzle.__drizzle_migrations`,
      );
      return { database: 'ok', migrations: row?.migrations ?? 0 };
    } catch {
      return reply.code(503).send({ database: 'away' });
    }
  });
}
