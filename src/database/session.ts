import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Answer, type Engine, type Execute, executor } from './engine.ts';
import * as wire from './wire.ts';

// PGlite has one session and many connections want it. A connection owns the session from its first message
// until the engine says it is idle again, so a transaction never mixes with anybody else's statements. What
// belongs to a session and not to a transaction (SET without LOCAL, temporary tables, pg_advisory_lock) is
// shared by all: do without.

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
  /** Ends it. */
  expel(reason: Error): void;
}

export interface Limits {
  /** Seconds a connection waits for a session in which nothing is executed before it is refused. */
  wait: number;
  /** Seconds a transaction may hold the session without a word; 60 unless given. */
  silence?: number;
  /** The engine is dead; nothing can be asked any more. */
  onDeath: (reason: string) => void;
}

export interface Session {
  greeting: Buffer;
  limits: Limits;
  execute: Execute;
  connections: Set<Connection>;
  /** In order of arrival, each with how to stop its countdown. */
  waiting: Map<Connection, () => void>;
  owner: Connection | undefined;
  /** The moment since which the owner has it, by `performance.now()`. */
  ownedSince: number;
  /** Set while the owner is silent. */
  cancelIdleTimer: (() => void) | undefined;
  serving: boolean;
  /** Number of groups executed so far, for any connection. */
  executed: number;
  /** Names of prepared statements whose connection is gone. */
  orphans: string[];
  dead: Error | undefined;
}

// The engine reads from memory and cannot wait for a client's copy data: unless it finds this refusal behind
// a statement it takes the end of the bytes for a lost connection and exits. Outside of a copy it is ignored.
const refuseCopy = wire.copyFail(
  'the embedded database cannot read from the client; use INSERT … SELECT unnest(…)',
);

export async function openSession(engine: Engine, limits: Limits): Promise<Session> {
  const execute = executor(engine, (reason) => die(session, reason));
  const session: Session = {
    greeting: Buffer.alloc(0),
    limits,
    execute,
    connections: new Set(),
    waiting: new Map(),
    owner: undefined,
    ownedSince: 0,
    cancelIdleTimer: undefined,
    serving: false,
    executed: 0,
    orphans: [],
    dead: undefined,
  };
  const hello = await execute(wire.startupMessage({ user: 'postgres', database: 'postgres' }));
  const ours = [wire.from.ready, wire.from.keyData];
  const { messages } = wire.splitMessages(hello.bytes);
  session.greeting = Buffer.concat(messages.filter((message) => !ours.includes(message[0]!)));
  return session;
}

/** Removes a connection that is gone; what it had begun is rolled back. */
export function disconnect(session: Session, connection: Connection): void {
  connection.gone = true;
  connection.groups.length = 0;
  session.connections.delete(connection);
  session.orphans.push(...connection.statements);
  stopWaiting(session, connection);
  void serve(session);
}

/** Queues a connection that has a group to execute. */
export function enqueue(session: Session, connection: Connection): void {
  const { owner, waiting, limits } = session;
  if (connection !== owner && !waiting.has(connection)) {
    const free = !owner && !session.serving;
    const giveUp = () => refuseAfterWait(session, connection);
    // Slow work is no reason to refuse: only a session that stands still is.
    waiting.set(connection, free ? () => {} : countdown(limits.wait, giveUp, () => session.executed));
  }
  void serve(session);
}

/** Cancels what this connection waits for, while it still waits. */
export function cancel(session: Session, connection: Connection): void {
  refuse(session, connection, '57014', 'canceling statement due to user request');
}

function refuseAfterWait(session: Session, connection: Connection): void {
  const sentence =
    `Waited ${session.limits.wait} seconds for the embedded database while a transaction held it: ` +
    'the outer db was used inside a transaction? Use the tx that the transaction hands out.';
  refuse(session, connection, '55P03', sentence);
}

function refuse(session: Session, connection: Connection, code: string, sentence: string): void {
  if (!session.waiting.has(connection)) return;
  stopWaiting(session, connection);
  connection.refuse(wire.error(code, sentence));
}

function stopWaiting({ waiting }: Session, connection: Connection): void {
  waiting.get(connection)?.();
  waiting.delete(connection);
}

function die(session: Session, reason: string): void {
  session.dead ??= new Error(`The embedded database stopped: ${reason}`);
  for (const connection of session.waiting.keys()) stopWaiting(session, connection);
  session.limits.onDeath(reason);
}

async function serve(session: Session): Promise<void> {
  if (session.serving || session.dead) return;
  session.serving = true;
  try {
    while (!session.dead && (await step(session)));
  } catch (thrown) {
    die(session, thrown instanceof Error ? thrown.message : String(thrown));
  } finally {
    session.serving = false;
  }
  // What came between the last look and this line found somebody serving, and nobody else would look again.
  if (hasWork(session)) return void serve(session);
  if (session.owner && !session.cancelIdleTimer) startIdleTimer(session, session.owner);
}

function hasWork({ owner, waiting, dead }: Session): boolean {
  if (dead) return false;
  return owner ? owner.gone || owner.groups.length > 0 : waiting.size > 0;
}

/** Executes one group; false where there is none. */
async function step(session: Session): Promise<boolean> {
  if (session.owner?.gone) await rollBackOwner(session);
  if (!session.owner) await takeNext(session);
  const { owner } = session;
  const group = owner?.groups.shift();
  if (!owner || !group) return owner?.gone === true;
  stopIdleTimer(session);
  if ((await run(session, owner, group)) !== 'idle') return true;
  session.owner = undefined;
  if (owner.groups.length > 0) enqueue(session, owner); // behind those who wait already
  if (session.waiting.size > 0) await nextTurn(); // pages and timers get their turn too
  return true;
}

async function takeNext(session: Session): Promise<void> {
  if (session.orphans.length > 0) {
    const names = session.orphans.splice(0);
    await session.execute(Buffer.concat([...names.map(wire.closeStatement), wire.sync]));
  }
  const next = session.waiting.keys().next().value;
  if (next) stopWaiting(session, next);
  session.owner = next;
  session.ownedSince = performance.now();
}

async function run(session: Session, connection: Connection, group: Group): Promise<wire.Status | undefined> {
  const answer = await session.execute(Buffer.concat([group.bytes, refuseCopy]));
  session.executed += 1;
  deliver(session, connection, answer);
  if (answer.status || !group.answersReady) return answer.status;
  const late = await session.execute(wire.sync); // a refused copy has eaten the one in front of the refusal
  deliver(session, connection, late);
  if (!late.status) throw new Error('it no longer says when it is ready');
  return late.status;
}

function deliver(session: Session, connection: Connection | undefined, answer: Answer): void {
  if (connection && !connection.gone) connection.answer(answer.bytes);
  if (answer.notifications.length === 0) return;
  const notifications = Buffer.concat(answer.notifications);
  for (const other of session.connections) if (other !== connection) other.answer(notifications);
}

async function rollBackOwner(session: Session): Promise<void> {
  stopIdleTimer(session);
  // A Sync alone would commit a statement that was not followed by one.
  const { status } = await session.execute(Buffer.concat([wire.executeMissingPortal, wire.sync]));
  if (status !== 'idle') deliver(session, undefined, await session.execute(wire.query('ROLLBACK')));
  session.owner = undefined;
}

// A transaction that hangs, on another server's answer for example, would stop everybody for good.
function startIdleTimer(session: Session, owner: Connection): void {
  const seconds = session.limits.silence ?? 60;
  session.cancelIdleTimer = countdown(seconds, () => {
    owner.expel(
      new Error(`A transaction was rolled back, as it held the database for ${seconds} idle seconds.`),
    );
  });
}

function stopIdleTimer(session: Session): void {
  session.cancelIdleTimer?.();
  session.cancelIdleTimer = undefined;
}

/**
 * Counts in turns of one second, so that one long query, which stops every timer, counts as one; begins anew whenever
 * `progress` gives another number.
 */
function countdown(seconds: number, then: () => void, progress = () => 0): () => void {
  let left = seconds;
  let seen = progress();
  const turn = Math.min(1, seconds);
  const timer = setInterval(() => {
    if (progress() !== seen) {
      seen = progress();
      left = seconds;
      return;
    }
    left -= turn;
    if (left > 0) return;
    clearInterval(timer);
    then();
  }, turn * 1000);
  return () => clearInterval(timer);
}
