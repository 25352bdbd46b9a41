// The mailbox that answers come to, over IMAP (RFC 9051): every message is handed over once, then moved out of the way.
import type { ImapFlow } from 'imapflow';
import { mostBytes } from './calendar-parts.ts';

export interface Arrived {
  /** Null where it is larger than any answer, and was not fetched. */
  bytes: Buffer | null;
  /** Its Message-ID, or its place in the mailbox. */
  id: string;
  /** The address in its From line; empty where there is none. */
  sender: string;
  /** When the mail server took it in, by its own clock. */
  receivedAt: Temporal.Instant;
}

/** Outcome for a message: read and put with the others, put aside for a person to look at, or left for another try. */
export type Handled = 'read' | 'put-aside' | 'later';

export interface Mailbox {
  /** Hands over every message that waits, the oldest first; returns how many were read. */
  readAll(handle: (message: Arrived) => Promise<Handled>): Promise<number>;
  /** Calls back as soon as something comes, until `close`; connections that break are made anew. */
  watch(onArrival: () => void): void;
  close(): Promise<void>;
}

const folders = { read: 'Flipside read', 'put-aside': 'Flipside put aside' };
const atOnce = 200;

/** The mailbox at 'imaps://user:password@host/INBOX'; connects when it is first read or watched. */
export function openMailbox(imapUrl: string, log: (error: unknown) => void = () => {}): Mailbox {
  const folder = decodeURIComponent(new URL(imapUrl).pathname.slice(1)) || 'INBOX';
  let watching: Watching | undefined;
  return {
    async readAll(handle) {
      const client = await connected(imapUrl, log);
      try {
        await client.mailboxOpen(folder);
        return await readFrom(client, handle);
      } finally {
        await client.logout().catch(() => client.close());
      }
    },
    watch(onArrival) {
      watching ??= watch(imapUrl, folder, onArrival, log);
    },
    close: async () => watching?.stop(),
  };
}

async function connected(imapUrl: string, log: (error: unknown) => void): Promise<ImapFlow> {
  // Brought in where a mailbox is set: most deployments read none, and start faster without.
  const { ImapFlow: Client } = await import('imapflow');
  const url = new URL(imapUrl);
  const secure = url.protocol === 'imaps:';
  const client = new Client({
    host: url.hostname,
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: 5 * 60_000,
    // Shorter than that, so that a quiet mailbox is not taken for a broken connection.
    maxIdleTime: 4 * 60_000,
  });
  client.on('error', log);
  await client.connect();
  return client;
}

async function readFrom(client: ImapFlow, handle: (message: Arrived) => Promise<Handled>): Promise<number> {
  let read = 0;
  const found = (await client.search({ all: true }, { uid: true })) || [];
  if (found.length === 0) return 0;
  const oldest = found
    .sort((one, other) => one - other)
    .slice(0, atOnce)
    .join(',');
  const facts = { uid: true, size: true, internalDate: true, envelope: true };
  for (const { uid, size = 0, internalDate, envelope } of await client.fetchAll(oldest, facts, {
    uid: true,
  })) {
    // A message too large for an answer is not even fetched.
    const message = size > mostBytes ? null : await fetchOne(client, uid);
    const at = internalDate ? new Date(internalDate).getTime() : Number.NaN;
    const receivedAt = Number.isNaN(at) ? Temporal.Now.instant() : Temporal.Instant.fromEpochMilliseconds(at);
    const about = { id: envelope?.messageId ?? `${uid}`, sender: envelope?.from?.[0]?.address ?? '' };
    const handled = await handle({ bytes: message, receivedAt, ...about });
    if (handled === 'later') continue;
    await move(client, uid, folders[handled]);
    if (handled === 'read') read += 1;
  }
  return read;
}

async function fetchOne(client: ImapFlow, uid: number): Promise<Buffer | null> {
  const message = await client.fetchOne(String(uid), { source: true }, { uid: true });
  return message ? (message.source ?? null) : null;
}

async function move(client: ImapFlow, uid: number, to: string): Promise<void> {
  const prefix = client.namespace?.prefix ?? '';
  const path = to.startsWith(prefix) ? to : `${prefix}${to}`;
  await client.mailboxCreate(path).catch(() => {});
  await client.messageMove(String(uid), path, { uid: true });
}

interface Watching {
  stop(): Promise<void>;
}

const firstWait = 5_000;
const longestWait = 10 * 60_000;

/** Keeps one connection in IDLE; after a break it waits a little longer each time before the next. */
function watch(
  imapUrl: string,
  folder: string,
  onArrival: () => void,
  log: (error: unknown) => void,
): Watching {
  let [stopped, wait] = [false, firstWait];
  let client: ImapFlow | undefined;
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(start, wait).unref();
    wait = Math.min(wait * 2, longestWait);
  };
  const start = async () => {
    try {
      client = await connected(imapUrl, log);
      client.on('close', again);
      await client.mailboxOpen(folder);
      client.on('exists', onArrival);
      wait = firstWait;
      onArrival();
      // By itself the library begins to listen only after a quiet quarter of a minute.
      client.idle().catch(log);
    } catch (error) {
      log(error);
      client?.close();
      again();
    }
  };
  void start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.logout().catch(() => client?.close());
    },
  };
}
