// The bare route pages are measured against.
import { eq } from 'drizzle-orm';
import { Eta } from 'eta';
import Fastify from 'fastify';
import type { Database } from '../src/database/open.ts';
import { people as peopleTable, questions } from '../src/store/schema/index.ts';

/** One prepared query of 30 rows and an eta page that is padded to `?bytes=`. */
export async function openFloor({ db }: Database) {
  const query = db
    .select({ text: questions.text, name: peopleTable.name })
    .from(questions)
    .innerJoin(peopleTable, eq(peopleTable.id, questions.authorId))
    .limit(30)
    .prepare('floor');
  const eta = new Eta();
  const template =
    '<!doctype html><title>Floor</title><ul><% for (const row of it.rows) { %><li><b><%= row.name %></b> <%= row.text %> <%= it.padding %></li><% } %></ul>';
  const page = eta.compile(template);
  const server = Fastify({ logger: false });
  server.get('/', async (request, reply) => {
    const { bytes = '20000' } = request.query as { bytes?: string };
    const rows = await query.execute();
    const padding = 'x'.repeat(Math.max(0, Math.round(Number(bytes) / 30) - 110));
    return reply.type('text/html; charset=utf-8').send(eta.render(page, { rows, padding }));
  });
  return server;
}
