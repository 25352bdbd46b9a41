import { setImmediate as nextTurn } from 'node:timers/promises';
import * as wire from './wire.ts';

// PGlite has one session and many connections want it. A connection owns the session from its first message
// until the engine says it is idle again, so a transaction never mixes with anybody else's statements.

/** What is needed of PGlite. The stream variant, as the plain one keeps every answer it ever gave. */
export interface Engine {
  execProtocolRawStream(
    bytes: Uint8Array,
    options: { syncToFs: boolean; onRawData: (bytes: Uint8Array) => void },
  ): Promise<void>;
}

/** Messages that belong together: up to a Sync or Query (the engine then says ready) or up to a Flush. */
export interface Group {
  bytes: Buffer;
  answersReady: boolean;
}

export interface Connection {
  groups: Group[];
  /** Names of prepared statements, closed in the shared session when the connection is gone. */
  statements: Set<string>;
  gone: boolean;
  answer(bytes: Buffer): void;
  /** Answers everything that was asked so far with this error. */
  refuse(error: Buffer): void;
}

export interface Session {
  greeting: Buffer;
  join(connection: Connection): void;
  leave(connection: Connection): void;
  /** The connection has a group to execute. */
  want(connection: Connection): void;
  cancel(connection: Connection): void;
  destroyed: Error | undefined;
}

export interface Limits {
  /** Seconds a connection may wait for the session. */
  wait: number;
  /** The engine is dead; nothing can be asked any more. Called at once, while the engine may still be looping. */
  onDeath: (reason: string) => void;
}

const waitedTooLong = (seconds: number) =>
  `Waited ${seconds} seconds for the embedded database while a transaction held it: ` +
  'the outer db was used inside a transaction? Use the tx that the transaction hands out.';

// The engine reads from memory and cannot wait for a client's copy data: unless it finds this refusal behind
// a statement it takes the end of the bytes for a lost connection and exits. Outside of a copy it is ignored.
const refuseCopy = wire.copyFail(
  'the embedded database cannot read from the client; use INSERT … SELECT unnest(…)',
);

const lastWords = /SFATAL\0VFATAL\0C[^\0]*\0M([^\0]*)|SPANIC\0VPANIC\0C[^\0]*\0M([^\0]*)/;

interface Answer {
  bytes: Buffer;
  status: wire.Status | undefined;
  notifications: Buffer[];
}

function read(bytes: Buffer): Answer {
  const kept: Buffer[] = [];
  const notifications: Buffer[] = [];
  let status: wire.Status | undefined;
  for (const message of wire.whole(bytes).messages) {
    if (message[0] === wire.from.copyIn) continue;
    if (message[0] === wire.from.notification) notifications.push(message);
    if (message[0] === wire.from.ready) status = wire.statusOf(message);
    kept.push(message);
  }
  return { bytes: Buffer.concat(kept), status, notifications };
}

function executor(engine: Engine, onDeath: Limits['onDeath']) {
  return async function execute(bytes: Buffer): Promise<Answer> {
    const chunks: Buffer[] = [];
    const onRawData = (view: Uint8Array) => {
      const chunk = Buffer.from(view); // a copy: the view is the engine's own memory
      chunks.push(chunk);
      const words = chunk.includes('\0VFATAL\0') || chunk.includes('\0VPANIC\0');
      const last = words ? lastWords.exec(chunk.toString('latin1')) : null;
      if (last) onDeath(last[1] ?? last[2] ?? 'no reason given');
    };
    await engine.execProtocolRawStream(bytes, { syncToFs: false, onRawData });
    return read(Buffer.concat(chunks));
  };
}

/** Counts in turns of one second, so that one long query, which stops every timer, counts as one. */
function countdown(seconds: number, then: () => void): () => void {
  let left = seconds;
  const turn = Math.min(1, seconds);
  const timer = setInterval(() => {
    left -= turn;
    if (left > 0) return;
    clearInterval(timer);
    then();
  }, turn * 1000);
  return () => clearInterval(timer);
}

export async function openSession(engine: Engine, limits: Limits): Promise<Session> {
  const connections = new Set<Connection>();
  const waiting = new Map<Connection, () => void>();
  const execute = executor(engine, (reason) => {
    die(new Error(`The embedded database stopped: ${reason}`));
    limits.onDeath(reason);
  });
  let orphans: string[] = [];
  let owner: Connection | undefined;
  let busy = false;

  const hello = await execute(wire.startupMessage({ user: 'postgres', database: 'postgres' }));
  const said = wire.whole(hello.bytes).messages;
  const greeting = Buffer.concat(said.filter((m) => m[0] !== wire.from.ready && m[0] !== wire.from.keyData));

  const session: Session = {
    greeting,
    destroyed: undefined,
    join: (connection) => void connections.add(connection),
    leave(connection) {
      connection.gone = true;
      connections.delete(connection);
      orphans.push(...connection.statements);
      stopWaiting(connection);
      void serve();
    },
    want(connection) {
      if (connection !== owner && !waiting.has(connection)) {
        const sentence = waitedTooLong(limits.wait);
        waiting.set(
          connection,
          countdown(limits.wait, () => turnAway(connection, '55P03', sentence)),
        );
      }
      void serve();
    },
    cancel: (connection) => turnAway(connection, '57014', 'canceling statement due to user request'),
  };
  return session;

  function stopWaiting(connection: Connection) {
    waiting.get(connection)?.();
    waiting.delete(connection);
  }

  function turnAway(connection: Connection, code: string, sentence: string) {
    if (!waiting.has(connection)) return;
    stopWaiting(connection);
    connection.refuse(wire.error(code, sentence));
  }

  function die(reason: Error) {
    session.destroyed ??= reason;
    for (const connection of waiting.keys()) stopWaiting(connection);
  }

  async function serve() {
    if (busy || session.destroyed) return;
    busy = true;
    try {
      while (await step());
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      die(new Error(`The embedded database stopped: ${reason}`));
      limits.onDeath(reason);
    } finally {
      busy = false;
    }
  }

  async function step(): Promise<boolean> {
    if (owner?.gone) await abandon();
    if (!owner) await next();
    const group = owner?.groups.shift();
    if (!owner || !group) return false;
    const status = await run(owner, group);
    if (status === 'idle') {
      const before = owner;
      owner = undefined;
      if (before.groups.length > 0) session.want(before);
      if (waiting.size > 0) await nextTurn(); // pages, timers and other connections get their turn too
    }
    return !session.destroyed;
  }

  async function next() {
    if (orphans.length > 0) {
      const names = orphans;
      orphans = [];
      await execute(Buffer.concat([...names.map(wire.closeStatement), wire.sync]));
    }
    owner = waiting.keys().next().value;
    if (owner) stopWaiting(owner);
  }

  async function run(connection: Connection, group: Group): Promise<wire.Status | undefined> {
    const answer = await execute(Buffer.concat([group.bytes, refuseCopy]));
    // A refused copy eats the Sync that stood in front of the refusal.
    const late = group.answersReady && !answer.status ? await execute(wire.sync) : undefined;
    deliver(connection, answer);
    if (late) deliver(connection, late);
    const status = late ? late.status : answer.status;
    if (group.answersReady && !status) throw new Error('it no longer says when it is ready');
    return status;
  }

  function deliver(connection: Connection | undefined, answer: Answer) {
    if (connection && !connection.gone) connection.answer(answer.bytes);
    if (answer.notifications.length === 0) return;
    const news = Buffer.concat(answer.notifications);
    for (const other of connections) if (other !== connection) other.answer(news);
  }

  async function abandon() {
    // A Sync alone would commit a statement that was not followed by one.
    const { status } = await execute(Buffer.concat([wire.spoil, wire.sync]));
    if (status !== 'idle') deliver(undefined, await execute(wire.query('ROLLBACK')));
    owner = undefined;
  }
}
