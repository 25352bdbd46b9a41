import type { Slip } from './slip-signatures.ts';

export interface AskedWithoutName {
  eventId: number;
  topicId: number | null;
  text: string;
  slip: Slip;
  /** The slip is the one that counts its person. */
  first: boolean;
  /** SHA-256 by which its author finds it again. */
  editHash: Buffer;
  /** To be shown even if fewer than five people ask. */
  alone: boolean;
  /** Its page said that it waits for the questions of others: it is not published at once. */
  waits?: boolean;
  /** Its page said that a facilitator reads it first. */
  readFirst?: boolean;
}
