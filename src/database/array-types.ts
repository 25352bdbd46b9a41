import type postgres from 'postgres';
import type { Connect } from './clients.ts';

interface Types {
  parsers: Record<string, unknown>;
  serializers: Record<string, unknown>;
  shared: { typeArrayMap: Record<string, number> };
}

const typesOf = (client: postgres.Sql) => client.options as unknown as Types;

/**
 * Tells the clients how arrays are written. By itself each connection asks that before its first question, and
 * where just this asking is refused (another one holds the session too long, or the server closes the connection) the
 * driver rejects a promise that nobody can catch, which ends the process. So one connection asks, now, for all.
 */
export async function learnTypes(connect: Connect, clients: postgres.Sql[]): Promise<void> {
  const teacher = connect({ max: 1, fetch_types: true, onnotice: () => {} });
  await teacher`select 1`;
  const learnt = typesOf(teacher);
  for (const client of clients) {
    const types = typesOf(client);
    addNew(types.parsers, learnt.parsers);
    addNew(types.serializers, learnt.serializers);
    Object.assign(types.shared.typeArrayMap, learnt.shared.typeArrayMap);
  }
  await teacher.end();
}

// Never over what is there: drizzle has put its own for dates and times.
function addNew(known: Record<string, unknown>, learnt: Record<string, unknown>): void {
  for (const [type, how] of Object.entries(learnt)) known[type] ??= how;
}
