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
}
