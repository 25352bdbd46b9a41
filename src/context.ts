import type { Db, Listening, Tx } from './database/open.ts';

/** Puts a job in the queue inside the caller's transaction: it is there if and only if that commits. */
export type Queue = (
  tx: Tx,
  job: JobName,
  data: Record<string, unknown>,
  options?: { at?: Temporal.Instant; urgent?: boolean },
) => Promise<void>;

export type JobName = 'deliver-letter' | 'import-people';

/** All the app wants from the world; tests hand in their own clock and chance. */
export interface Context {
  db: Db;
  now: () => Temporal.Instant;
  /** Unpredictable bytes, for tokens. */
  random: (bytes: number) => Buffer;
  /** A fresh RSA key of 2048 bits, SPKI and PKCS #8; without it nobody is asked to believe in slips, and one asks with one's name. */
  newKeyPair?: () => Promise<{ publicKey: Buffer; privateKey: Buffer }>;
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
  /** Where a new secret is kept; without it the secret is in the environment and is changed there. */
  secretFile?: {
    path: string;
    prepare(secret: string): void;
    settle(prepared: 'takes over' | 'is dropped'): void;
  };
  /** Days after which the words of a letter are deleted; 400 where nothing else is said. */
  lettersKeptDays?: number;
  queue: Queue;
  mail: {
    from: string;
    configured: boolean;
    /** True where a mailbox is read, so that answers pressed in a calendar count as well. */
    readsReplies?: boolean;
  };
  /** The demo programme's door is open: one may look around as any of its people. */
  demo: boolean;
}
