import type { Db, Listening, Tx } from './database/open.ts';
import type { Words } from './words.ts';

/** Puts a job in the queue inside the caller's transaction: it is there if and only if that commits. */
export type Queue = (
  tx: Tx,
  job: JobName,
  data: Record<string, unknown>,
  options?: {
    at?: Temporal.Instant;
    /** Somebody waits at the door for it. */
    urgent?: boolean;
    /** How often it was tried before. */
    tries?: number;
  },
) => Promise<void>;

export type JobName =
  | 'deliver-letter'
  | 'import-people'
  | 'seat-everyone'
  | 'prepare-repairs'
  | 'assign-trends';

/** A file of this process alone, of one size, for what comes in without a name between two ticks. It holds two copies, written in turn. */
export interface Slot {
  /** Bytes of one copy. */
  size: number;
  /** Returns when the copy is on disk; the file shows the time `asIf`. */
  write(copy: 0 | 1, bytes: Buffer, asIf: Temporal.Instant): Promise<void>;
  /** Slots of processes that are gone, locked for this one until removed or released. */
  abandoned(): Promise<AbandonedSlot[]>;
}

export interface AbandonedSlot {
  copies: Buffer[];
  remove(): Promise<void>;
  release(): Promise<void>;
}

/** Records the database server keeps besides the tables: the words of statements, and when each was made. */
export interface ServerKeeps {
  words: boolean;
  moments: boolean;
  /** The settings that do it, as they read: `log_statement = all`. */
  settings: string[];
}

/** A small file that is replaced as a whole, on disk when `write` returns. */
export interface KeyFile {
  read(): Promise<Buffer | null>;
  write(bytes: Buffer): Promise<void>;
}

/** All the app wants from the world; tests hand in their own clock and chance. */
export interface Context {
  db: Db;
  now: () => Temporal.Instant;
  /** Unpredictable bytes, for tokens. */
  random: (bytes: number) => Buffer;
  /** A fresh RSA key of 2048 bits, SPKI and PKCS #8; without it nobody is asked to believe in slips, and one asks with one's name. */
  newKeyPair?: () => Promise<{ publicKey: Buffer; privateKey: Buffer }>;
  /** Store for questions without a name until the next tick; without it one asks with one's name. */
  slot?: Slot;
  /**
   * File of the envelope's key beside the embedded database; undefined on a server, where an unlogged table holds it.
   */
  envelopeKey?: KeyFile;
  /** Records the database server keeps of statements and moments, read at the start. */
  serverKeeps?: ServerKeeps;
  /** Hears what any process on this database says on a channel; without it pages are refreshed by hand. */
  listen?: (
    channel: string,
    onMessage: (payload: string) => void,
    onListen?: () => void,
  ) => Promise<Listening>;
  /** Tells whether the database answers, on a connection that pages do not share; without it theirs is asked. */
  isHealthy?: () => Promise<boolean>;
  baseUrl: string;
  /** From it personal links are derived, so that a letter can be drawn with the same link. A new one takes its place here: read it each time. */
  secret: Buffer;
  /** File that holds the secret; without it the secret is in the environment and is changed there. */
  secretFile?: {
    path: string;
    prepare(secret: string): void;
    settle(prepared: 'takes over' | 'is dropped'): void;
  };
  /** Days after which the words of a letter are deleted; 400 where nothing else is said. */
  lettersKeptDays?: number;
  /** Megabytes that the files of one team, and all files, may take; the usual ones where nothing else is said. */
  fileLimits?: { teamMb: number; allMb: number };
  queue: Queue;
  /** The language of pages and e-mails. */
  words: Words;
  mail: {
    from: string;
    configured: boolean;
    /** True where a mailbox is read, so that answers pressed in a calendar count as well. */
    readsReplies?: boolean;
  };
  /** The demo programme's door is open: one may look around as any of its people. */
  demo: boolean;
}
