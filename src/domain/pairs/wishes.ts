// Wishes for a partner: topics, limits, and wishes that are mutual.
import type { Side } from '../guests/waiting-list.ts';

/** A topic of a wish: a trend, or words of one's own. */
export interface Topic {
  trendId: number | null;
  words: string | null;
}

/** Topics of one person, at most. */
export const mostTopics = 3;

/** Letters of a topic in words of one's own, and of a line on how somebody likes to work. */
export const topicLength = 80;
export const mannerLength = 160;

/** Lines on how somebody likes to work, at most. */
export const mannerLines = 4;

/** Pairs at a time that one person may offer to be in. */
export const mostPairs = 3;

/** Working days, as they are numbered in weeks of ISO 8601. */
export const workingDays = [1, 2, 3, 4, 5] as const;

/** Days between the first e-mail and its one reminder. */
export const daysBeforeReminder = 2;

/** A person of a round who takes part and has answered. */
export interface Wisher {
  id: number;
  name: string;
  side: Side;
  managerId: number | null;
  topics: readonly Topic[];
  most: number;
}

/** Topics are the same where they name one trend, or the same words but for capitals, accents and signs. */
export function topicKey({ trendId, words }: Topic): string {
  return trendId === null ? `w:${folded(words ?? '')}` : `t:${trendId}`;
}

const folded = (words: string) =>
  words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Somebody named by somebody else. */
export interface Like {
  personId: number;
  otherId: number;
}

/** Pairs who both named each other, each once, the smaller number first. A one-sided wish leaves no trace here. */
export function mutualLikes(likes: readonly Like[]): [number, number][] {
  const named = new Set(likes.map(({ personId, otherId }) => `${personId} ${otherId}`));
  return likes
    .filter(({ personId, otherId }) => personId < otherId && named.has(`${otherId} ${personId}`))
    .map(({ personId, otherId }): [number, number] => [personId, otherId])
    .filter((pair, at, all) => all.findIndex((one) => String(one) === String(pair)) === at)
    .sort(([a, b], [c, d]) => a - c || b - d);
}
