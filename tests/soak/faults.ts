// The faults of a soak, each done to the program as it runs.
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Fault as MailFault } from '../faults/mail-server.ts';
import type { Crowd } from './crowd.ts';
import type { Ground } from './ground.ts';
import type { Ledger } from './ledger.ts';
import type { Fault } from './plan.ts';

/** Check made each time while the program is not running. */
export type WhileDown = () => Promise<void>;

export async function doFault(
  ground: Ground,
  crowd: Crowd,
  ledger: Ledger,
  fault: Fault,
  down: WhileDown,
): Promise<void> {
  const { server, mail } = ground;
  const mood = async (is: MailFault) => {
    mail.mood = is;
    await pause(fault.lasts * 1000);
    mail.mood = 'take';
  };
  switch (fault.kind) {
    case 'kill':
      await pause(fault.into);
      await ground.flipside.stop('SIGKILL');
      return startAgain(ground, down);
    case 'stop':
      return stop(ground, ledger, down);
    case 'half-open, then stop':
      return halfOpenThenStop(ground, ledger, down);
    case 'mail hangs':
      return mood('stay silent');
    case 'mail refuses for now':
      return mood(fault.into % 2 ? '421' : 'greylist');
    case 'mail drops after keeping':
      return mood('drop after keeping');
    case 'restart fast':
    case 'restart immediate':
      await server!.stop(fault.kind === 'restart fast' ? 'fast' : 'immediate');
      await pause(fault.lasts * 500);
      return server!.start();
    case 'terminate backends':
      return terminate(ground, fault);
    case 'held row':
      return holdRow(ground, crowd, fault);
  }
}

async function startAgain(ground: Ground, down: WhileDown): Promise<void> {
  await down();
  await ground.start();
}

/** Ends it by a signal, though clients are connected. */
async function stop(ground: Ground, ledger: Ledger, down: WhileDown): Promise<void> {
  const begun = performance.now();
  const code = await ground.flipside.stop('SIGTERM');
  const seconds = (performance.now() - begun) / 1000;
  if (code !== 0 || seconds > 45)
    ledger.wrong.push(
      `Told to stop it ended with ${code} after ${seconds.toFixed(0)} s: ${ground.flipside.output().slice(-300)}`,
    );
  await startAgain(ground, down);
}

async function halfOpenThenStop(ground: Ground, ledger: Ledger, down: WhileDown): Promise<void> {
  const head = `POST /sign-in HTTP/1.1\r\nHost: ${new URL(ground.settings.BASE_URL!).host}\r\nContent-Length: 500\r\n\r\nemail=`;
  const sockets = Array.from({ length: 40 }, (_, n) => {
    const socket = net.connect(ground.flipside.port, '127.0.0.1').on('error', () => {});
    socket.write(head.slice(0, 20 + n * 3));
    return socket;
  });
  await pause(1000);
  await stop(ground, ledger, down).finally(() => {
    for (const socket of sockets) socket.destroy();
  });
}

async function terminate({ server }: Ground, { lasts }: Fault): Promise<void> {
  const admin = postgres(server!.url, { max: 1, onnotice: () => {} });
  for (let round = 0; round < lasts * 2; round++) {
    await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 2`;
    await pause(500);
  }
  await admin.end();
}

async function holdRow({ server }: Ground, { event }: Crowd, { lasts }: Fault): Promise<void> {
  const holder = postgres(server!.url, { max: 1, onnotice: () => {} });
  await holder.begin(async (tx) => {
    await tx`SELECT 1 FROM events WHERE id = ${event.id} FOR UPDATE`;
    await pause(lasts * 1000);
  });
  await holder.end();
}
