// Settings of a programme, one season of it: how much each holds, the usual ground rules, and for whom each line is.
import type { StoredFile } from '../files/files.ts';
import type { Side } from '../guests/waiting-list.ts';

/** Readers of a line: everyone, or one side alone. */
export const readerGroups = ['all', 'senior', 'talent'] as const;
export type Readers = (typeof readerGroups)[number];

export interface GroundRule {
  rule: string;
  /** A sentence that explains it; may be empty. */
  why: string;
}

/** Somebody to turn to with a question about the programme. */
export interface SupportContact {
  name: string;
  /** An address, a phone number, or both. */
  email: string;
  phone: string;
  readers: Readers;
}

/** A link to something worth reading before one comes, or a file with it; `url` is empty for a file. */
export interface Material {
  title: string;
  url: string;
  readers: Readers;
  file?: StoredFile;
}

/** Most characters of a text, and most lines of a list. */
export const programmeLimits = {
  line: 200,
  purpose: 240,
  words: 300,
  rules: 8,
  contacts: 6,
  materials: 12,
} as const;

/** Ground rules as they are until an organiser writes others; keys of the catalogue. */
export const usualRules: readonly GroundRule[] = [
  { rule: 'No question is too basic.', why: 'Asking it does five others a favour.' },
  { rule: 'What is said here stays here.', why: 'Take the ideas with you, leave the names.' },
  { rule: 'Titles stay at the door.', why: 'First names only on the place cards.' },
  { rule: 'Ask before you advise.', why: 'The hosts know their subject; you know the company.' },
];

/** Keeps the lines that a person of this side reads; without a side only those for everyone. */
export function linesFor<Line extends { readers: Readers }>(lines: readonly Line[], side?: Side): Line[] {
  return lines.filter(({ readers }) => readers === 'all' || readers === side);
}

/** A season ends after its first day; either day may still be open. Days are 'YYYY-MM-DD'. */
export function endsAfterItStarts(startsOn: string | null, endsOn: string | null): boolean {
  return startsOn === null || endsOn === null || endsOn > startsOn;
}

/** Moves the line at this place (from 0) up or down by one; at either end nothing moves. */
export function moved<Line>(lines: readonly Line[], at: number, by: -1 | 1): Line[] {
  const to = at + by;
  if (at < 0 || at >= lines.length || to < 0 || to >= lines.length) return [...lines];
  const others = lines.toSpliced(at, 1);
  return others.toSpliced(to, 0, lines[at]!);
}

/** Keeps the materials that are links, or those that are files. */
export const linksAmong = (materials: readonly Material[]) => materials.filter(({ file }) => !file);
export const filesAmong = (materials: readonly Material[]) => materials.filter(({ file }) => file);
