// The driver asks how arrays are written on each new connection, by a promise that nobody can catch: one that is closed at
// that moment would end the process. So a server is asked once, at the start.
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { realPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';

/** Stands before a server; while `isStrict`, it closes each connection that asks about types. */
async function doorTo(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const door = {
    isStrict: false,
    refused: 0,
    url: '',
    closeAll: () => sockets.forEach((one) => void one.destroy()),
  };
  const server = net.createServer((client) => {
    const behind = net.connect(Number(port), hostname);
    for (const one of [client, behind]) {
      sockets.add(one);
      one
        .on('error', () => {})
        .once('close', () => {
          sockets.delete(one);
          client.destroy();
          behind.destroy();
        });
    }
    behind.pipe(client);
    client.on('data', (bytes) => {
      if (!door.isStrict || !bytes.includes('pg_catalog.pg_type')) return void behind.write(bytes);
      door.refused += 1;
      client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  door.url = through.href;
  return door;
}

needs('postgresql')('connections that a server closes as they begin', () => {
  test('are opened again without asking about types, and arrays are read as before', async () => {
    const door = await doorTo(await realPostgres());
    const database = await openDatabase({ url: door.url, dataDir: '', pool: 2 });
    onTestFinished(database.close);
    await database.migrate();
    door.isStrict = true;
    door.closeAll();
    const arrays = async () =>
      [...(await database.db.execute<{ all: number[] }>(sql`SELECT array[1, 2] AS all`).catch(() => []))].map(
        ({ all }) => all,
      );
    await expect.poll(arrays).toEqual([[1, 2]]);
    await expect.poll(database.isHealthy).toBe(true);
    expect(await database.sql`SELECT array['a', 'b'] AS all`).toEqual([{ all: ['a', 'b'] }]);
    expect(door.refused).toBe(0);
  });
});
