import fs from 'node:fs';
import type { Duplex } from 'node:stream';
import postgres from 'postgres';
import { openFolderInHaste } from '../../src/database/folder.ts';
import { openTransport } from '../../src/database/transport.ts';
import { copyOfTemplate } from '../support/database.ts';

/** An engine, the transport in front of it, and clients whose connections the test controls. */
export async function openEngine({ wait = 10, silence = 60 } = {}) {
  const folder = await copyOfTemplate();
  const pglite = await openFolderInHaste(folder);
  const transport = await openTransport(pglite, { wait, silence, onDeath: console.error });
  const clients: postgres.Sql[] = [];

  return {
    pglite,
    connect: transport.connect,
    client(max: number, options: postgres.Options<Record<string, never>> = {}) {
      const sockets: Duplex[] = [];
      const socket = () => {
        const duplex = transport.connect();
        sockets.push(duplex);
        return duplex;
      };
      const quiet = { max_lifetime: null, onnotice: () => {}, backoff: false as const };
      const sql = postgres({ max, ...quiet, ...options, ...{ socket } });
      clients.push(sql);
      return Object.assign(sql, { sockets });
    },
    async close() {
      await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
      transport.close();
      await pglite.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type OneEngine = Awaited<ReturnType<typeof openEngine>>;

/** A small generator of numbers from 0 to below 1, the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
