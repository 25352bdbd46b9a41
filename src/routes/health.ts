import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { migrationsOf } from '../store/migrations.ts';

/** 200 while the database answers and has every table this version needs; 503 with what is amiss otherwise. */
export function healthRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/healthz', { config: { access: 'anyone' } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      const migrations = await migrationsOf(ctx.db);
      return reply.code(migrations.missing ? 503 : 200).send({ database: 'ok', migrations });
    } catch {
      return reply.code(503).send({ database: 'away' });
    }
  });
}
