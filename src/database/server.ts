import { connectTo, openClients } from './clients.ts';
import { vacuumEverything } from './housekeeping.ts';
import type { Database } from './open.ts';

export async function openServer(url: string, pool: number): Promise<Database> {
  const { end, all: _, ...clients } = openClients(connectTo(url), pool);
  return {
    home: 'server',
    ...clients,
    checkpoint: async () => {},
    vacuum: () => vacuumEverything(clients.sql),
    close: end,
  };
}
