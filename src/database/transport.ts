import { randomInt } from 'node:crypto';
import { Duplex } from 'node:stream';
import type { Engine } from './engine.ts';
import {
  type Connection,
  cancel,
  disconnect,
  enqueue,
  type Group,
  type Limits,
  openSession,
} from './session.ts';
import * as wire from './wire.ts';

// Connections inside this process that speak PostgreSQL's wire protocol, for the driver's `socket` option.

export interface Transport {
  connect(): Duplex;
  /** Seconds for which one connection has held the session without a break; 0 while it is free. */
  heldFor(): number;
  /** Ends all connections; whatever they were doing is rolled back. */
  close(): void;
}

interface Frontend extends Connection {
  /** Takes the next bytes from the driver. */
  receive(bytes: Buffer): void;
}

const endsGroup = new Set([wire.to.query, wire.to.sync, wire.to.flush, wire.to.functionCall]);
const ofCopy = new Set([wire.to.copyData, wire.to.copyDone, wire.to.copyFail]);

type Backend = Pick<Connection, 'answer' | 'expel'> & { onGroup: () => void };

/** Sorts one connection's messages into groups, and forgets what follows an error until the driver says Sync. */
function frontend({ answer, expel, onGroup }: Backend): Frontend {
  let unread: Buffer = Buffer.alloc(0);
  let group: Buffer[] = [];
  let skipping = false;

  function take(message: Buffer) {
    const type = message[0]!;
    if (skipping) {
      skipping = type !== wire.to.sync;
      if (!skipping) answer(wire.idle);
    } else if (!ofCopy.has(type)) {
      rememberStatement(connection.statements, message);
      group.push(message);
      if (!endsGroup.has(type)) return;
      connection.groups.push({ bytes: Buffer.concat(group), answersReady: type !== wire.to.flush });
      group = [];
    }
  }

  const connection: Frontend = {
    ...{ groups: [], statements: new Set(), gone: false, answer, expel },
    receive(bytes) {
      const { messages, rest } = wire.splitMessages(
        unread.length > 0 ? Buffer.concat([unread, bytes]) : bytes,
      );
      unread = rest;
      for (const message of messages) take(message);
      if (connection.groups.length > 0) onGroup();
    },
    refuse(error) {
      const groups: Group[] = connection.groups.splice(0);
      skipping = groups.at(-1)?.answersReady === false;
      if (skipping) group = [];
      answer(Buffer.concat(groups.flatMap((one) => (one.answersReady ? [error, wire.idle] : [error]))));
    },
  };
  return connection;
}

function rememberStatement(statements: Set<string>, message: Buffer): void {
  if (message[0] === wire.to.parse) statements.add(wire.parsedName(message));
  if (message[0] === wire.to.close) statements.delete(wire.closedName(message) ?? '');
}

export async function openTransport(engine: Engine, limits: Limits): Promise<Transport> {
  const session = await openSession(engine, limits);
  const open = new Map<number, { connection: Frontend; duplex: Duplex; secret: number }>();
  let lastPid = 1000;

  function connect(): Duplex {
    const pid = ++lastPid;
    const secret = randomInt(2 ** 31);
    const connection = frontend({
      answer: (bytes) => void duplex.push(bytes),
      expel: (reason) => void duplex.destroy(reason),
      onGroup: () => enqueue(session, connection),
    });
    const greet = () => {
      open.set(pid, { connection, duplex, secret });
      session.connections.add(connection);
      connection.answer(Buffer.concat([session.greeting, wire.keyData(pid, secret), wire.idle]));
    };
    const duplex = socket(opening(connection, greet, cancelled), () => {
      open.delete(pid);
      disconnect(session, connection);
    });
    if (session.dead) duplex.destroy(session.dead);
    return duplex;
  }

  function cancelled(pid: number, secret: number) {
    const target = open.get(pid);
    if (target?.secret === secret) cancel(session, target.connection);
  }

  return {
    connect,
    heldFor: () => (session.owner ? (performance.now() - session.ownedSince) / 1000 : 0),
    close() {
      for (const { duplex } of open.values()) duplex.destroy();
    },
  };
}

/** The first bytes have no type: a greeting, or the wish to cancel what another connection asked. */
function opening(connection: Frontend, greet: () => void, onCancel: (pid: number, secret: number) => void) {
  let greeted = false;
  let unread: Buffer = Buffer.alloc(0);

  return function receive(bytes: Buffer): 'stay' | 'leave' {
    if (greeted) {
      connection.receive(bytes);
      return 'stay';
    }
    unread = Buffer.concat([unread, bytes]);
    if (unread.length < 8 || unread.length < unread.readInt32BE(0)) return 'stay';
    const rest = unread.subarray(unread.readInt32BE(0));
    const code = unread.readInt32BE(4);
    if (code === wire.cancelRequest) {
      onCancel(unread.readInt32BE(8), unread.readInt32BE(12));
      return 'leave';
    }
    if (code !== wire.startup) return 'leave';
    greeted = true;
    greet();
    if (rest.length > 0) connection.receive(rest);
    return 'stay';
  };
}

/** Looks to the driver like a network socket: bytes both ways and a `readyState`. */
function socket(receive: (bytes: Buffer) => 'stay' | 'leave', onGone: () => void): Duplex {
  const duplex: Duplex = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      // Later, as a network would: the driver loses what it writes while it is still inside this very call.
      queueMicrotask(() => {
        if (!duplex.destroyed && receive(bytes) === 'leave') duplex.destroy();
        done();
      });
    },
    final(done) {
      done();
      duplex.destroy();
    },
    destroy(error, done) {
      onGone();
      done(error);
    },
  });
  Object.defineProperty(duplex, 'readyState', { get: () => (duplex.destroyed ? 'closed' : 'open') });
  return duplex;
}
