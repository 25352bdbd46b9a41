// News of an event that its organiser gets by e-mail as it happens; each kind can be switched off.

import type { DayKind } from './organiser-day.ts';

export const newsKinds = ['late-no', 'filled-up', 'quorum-lost', 'host-left'] as const;
/** Kinds of news that an organiser can switch off: what is told as it happens, and once a day. */
export type NewsKind = (typeof newsKinds)[number] | DayKind;

interface Count {
  n: number;
  least: number;
}

/** A seat given back late, with who has it now, or how many were asked whether they can make it. */
interface LateNo {
  what: 'late-no';
  who: string;
  /** A word of `reasons` in domain/guests/commitment, or 'maybe' for a yes that became unsure; '' where none was given. */
  because: string;
  movedUp: string[];
  asked: number;
}

export type News =
  | LateNo
  | { what: 'filled-up'; seats: number }
  | { what: 'quorum-lost'; seniors: Count; talents: Count }
  /** `instead`: a colleague asked to come in their place. */
  | { what: 'host-left'; who: string; trend: string; table: number | null; instead?: string };
