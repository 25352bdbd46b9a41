// Puts the result of an assignment into sentences.
import type { Rule } from './wishes.ts';

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** The tier from 0 as an ordinal number: first, second, … */
export const ordinal = (tier: number) => ordinals[tier] ?? `${tier + 1}th`;

/** A tier with its article: a first choice. */
export const choice = (tier: number) => `${tier === 7 ? 'an' : 'a'} ${ordinal(tier)} choice`;

/** Names in a sentence, the first few of them. */
export function listed(names: readonly string[], most = 4): string {
  const rest = names.length - most;
  const shown = rest > 1 ? [...names.slice(0, most), `${rest} others`] : names;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** How far the planner is with one part, said in words. */
export function inWords(so: string, value: number, bound: number): string {
  if (value === bound) return `${so}; no assignment does better.`;
  return bound > value ? `${so}; at most ${bound} can.` : `${so}; at least ${bound} must.`;
}

/** Value of an assignment. */
export interface Worth {
  profile: number[];
  unassigned: number;
}

/** Whether two assignments come to the same numbers. */
export const isSame = (one: Worth, other: Worth) =>
  one.unassigned === other.unassigned && one.profile.every((count, tier) => count === other.profile[tier]);

const named: Record<Rule, string> = {
  'most-firsts': 'Most first choices',
  fairest: 'Nobody badly served',
  'firsts-fair': 'Most first choices with nobody badly served',
};

/** One sentence about what the other rule would give instead. */
export function priceOf(own: Worth & { rule: Rule }, other: (Worth & { rule: Rule }) | undefined): string {
  if (!other) return 'There was no time to see what the other rule would give.';
  if (isSame(own, other)) return 'Both rules come to the same numbers.';
  return `${named[own.rule]} gives ${countsInWords(own)}; ${named[other.rule].toLowerCase()} would give ${countsInWords(other)}.`;
}

/** Says how many have a first choice, a second, and so on, and how many nothing. */
export function countsInWords({ profile, unassigned }: Worth): string {
  const last = profile.findLastIndex((count) => count > 0);
  const tiers = profile.slice(0, Math.max(1, last + 1));
  const words = tiers.map(
    (count, tier) => `${count} ${ordinal(tier)}${tier > 0 ? '' : count === 1 ? ' choice' : ' choices'}`,
  );
  if (unassigned > 0) words.push(`${unassigned} without a trend`);
  return words.length > 0 ? listed(words, words.length) : 'a trend for everybody';
}
