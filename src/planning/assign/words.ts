// What an assignment came to, in sentences.
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

/** How far the planner is with one part of a rule. */
export function inWords(part: string, agents: number, value: number, bound: number): string {
  const tier = Number(part.replace('choice ', '')) - 1;
  const what = part === 'placed' ? 'a trend' : `their ${ordinal(tier)} choice`;
  const so = `${value} of ${agents} have ${what}`;
  if (value === bound) return `${so}; no assignment does better.`;
  return bound > value ? `${so}; at most ${bound} can.` : `${so}; at least ${bound} must.`;
}

/** What an assignment is worth by itself. */
interface Worth {
  rule: Rule;
  profile: readonly number[];
  unassigned: number;
}

const named: Record<Rule, string> = {
  'most-firsts': 'Most first choices',
  fairest: 'Nobody badly served',
  'firsts-fair': 'Most first choices with nobody badly served',
};

/** One sentence about what the other rule would give instead. */
export function priceOf(own: Worth, other: Worth | undefined): string {
  if (!other) return 'There was no time to see what the other rule would give.';
  const same =
    own.unassigned === other.unassigned && own.profile.every((count, tier) => count === other.profile[tier]);
  if (same) return 'Both rules come to the same numbers.';
  return `${named[own.rule]} gives ${counts(own)}; ${named[other.rule].toLowerCase()} would give ${counts(other)}.`;
}

function counts({ profile, unassigned }: Worth): string {
  const last = profile.findLastIndex((count) => count > 0);
  const tiers = profile.slice(0, Math.max(1, last + 1));
  const words = tiers.map(
    (count, tier) => `${count} ${ordinal(tier)}${tier > 0 ? '' : count === 1 ? ' choice' : ' choices'}`,
  );
  if (unassigned > 0) words.push(`${unassigned} without a trend`);
  return listed(words, words.length);
}
