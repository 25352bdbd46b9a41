// A database as the program holds it, whichever home it has.
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { PoolUse } from './pool-use.ts';

/** The pool or a transaction. */
export type Db = PostgresJsDatabase<Record<string, never>>;
/** A transaction, where one is required. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export interface Database {
  home: 'server' | 'embedded';
  db: Db;
  /** A plain client for health checks and raw statements; drizzle changes the one it gets. */
  sql: postgres.Sql;
  jobsSql: OneAtATime;
  /** `onListen` is called each time listening begins, also again after a lost connection: refresh then. */
  listen(channel: string, onMessage: (payload: string) => void, onListen?: () => void): Promise<Listening>;
  /** Brings the tables up to date; several processes may do so at once. */
  migrate(): Promise<void>;
  /** Embedded: moves the log into the tables if anything was written since. A server does it by itself. */
  checkpoint(): Promise<void>;
  vacuum(): Promise<void>;
  /** How many connections of `db` are at work at this moment. */
  poolUse(): PoolUse;
  /** False where it does not answer in time, lacks a table of this version, or one transaction has kept it too long. */
  isHealthy(): Promise<boolean>;
  /** Writes these tables anew, so that their files hold no row that was deleted or changed. */
  rewrite(tables: string[]): Promise<void>;
  close(): Promise<void>;
}

/** One connection, so that a list of statements with BEGIN and COMMIT in it is accepted: for pg-boss. */
export interface OneAtATime {
  /** A list gives the results of all its statements that have rows; one that fails is rolled back. */
  unsafe(text: string, values?: never[]): Promise<unknown[]>;
}

export interface Listening {
  unlisten(): Promise<void>;
}
