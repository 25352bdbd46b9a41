// Parts by which assignments are compared, one after another.
import { type Assignment, filling, givenTier, tiersOf } from './options.ts';
import type { Question } from './question.ts';
import { departmentPairs, likesKept } from './soft.ts';
import type { LastRank, Rule } from './wishes.ts';
import { choice, ordinal } from './words.ts';

/** One part; sense 1 the more the better, −1 the fewer. */
export interface Part {
  name: string;
  sense: 1 | -1;
  /** The most its value can be. */
  most: number;
  value: (assignment: Assignment) => number;
  /** The value in words. */
  says: (value: number) => string;
  /** Whether a trend of a tier counts for an agent; left out where a part does not count agents one by one. */
  counts?: (agent: number, tier: number) => boolean;
}

/** `counted` for the rule and those who fill; `all` with last season, departments and likes. */
export type Depth = 'counted' | 'all';

/** The parts in order: the rule's, those of people worse off last season, people without ranks, departments, likes. */
export function partsOf(question: Question, rule: Rule, depth: Depth): Part[] {
  const { agents, fillers } = question;
  const ranks = (agent: number) => !fillers.has(agents[agent]!.id);
  const filled = among(question, {
    name: 'filled',
    sense: 1,
    what: 'a trend without ranking any',
    who: (agent) => !ranks(agent),
    counts: (tier) => tier === filling,
  });
  return [
    ...ruleParts(question, rule, '', ranks),
    ...(depth === 'all' ? lastSeasonParts(question, rule) : []),
    ...(fillers.size > 0 ? [filled] : []),
    ...(depth === 'all' ? softParts(question) : []),
  ];
}

/** The parts of a rule for some of the agents. Locks outside the ranks count as placed, whatever else is decided. */
function ruleParts(question: Question, rule: Rule, of: string, who: (agent: number) => boolean): Part[] {
  const every = Array.from({ length: tiersOf(question) }, (_, tier) => tier);
  const named = (tier: number, sense: 1 | -1) =>
    among(question, {
      name: `choice ${tier + 1}${of}`,
      sense,
      what: `their ${ordinal(tier)} choice${of}`,
      who,
      counts: (other) => other === tier,
    });
  if (rule === 'most-firsts') return every.map((tier) => named(tier, 1));
  const placed = among(question, {
    name: `placed${of}`,
    sense: 1,
    what: `a trend${of}`,
    who,
    counts: (tier) => tier !== filling,
  });
  if (rule === 'firsts-fair') return [placed, ...every.map((tier) => named(tier, 1))];
  const worst = every.slice(1).toReversed();
  return [placed, ...worst.map((tier) => named(tier, -1))];
}

/** Numbers that decide who was worse off: nothing is worse than any rank. */
export const hardship = (last: LastRank) => (last === 'none' ? Number.POSITIVE_INFINITY : last);

/** For those who had nothing last season, then for those who had the worst rank, and so on. */
function lastSeasonParts(question: Question, rule: Rule): Part[] {
  const { agents, fillers } = question;
  const known = agents.flatMap(({ id, lastRank }) =>
    lastRank === undefined || fillers.has(id) ? [] : [lastRank],
  );
  const groups = [...new Set(known)].toSorted((a, b) => (hardship(b) > hardship(a) ? 1 : -1));
  return groups.flatMap((last) =>
    ruleParts(
      question,
      rule,
      ` after ${lastSeasonWords(last)}`,
      (agent) => agents[agent]!.lastRank === last && !fillers.has(agents[agent]!.id),
    ),
  );
}

/** Names the rank somebody got last season, for a sentence. */
export const lastSeasonWords = (last: LastRank) => (last === 'none' ? 'nothing' : choice(last - 1));

/** A part that counts agents one by one. */
function among(
  question: Question,
  {
    name,
    sense,
    what,
    who,
    counts,
  }: {
    name: string;
    sense: 1 | -1;
    what: string;
    who: (agent: number) => boolean;
    counts: (tier: number) => boolean;
  },
): Part {
  const most = question.agents.filter((_, agent) => who(agent)).length;
  return {
    name,
    sense,
    most,
    counts: (agent, tier) => who(agent) && counts(tier),
    value: (assignment) =>
      assignment.reduce(
        (sum, trend, agent) =>
          sum + (trend >= 0 && who(agent) && counts(givenTier(question, agent, trend)) ? 1 : 0),
        0,
      ),
    says: (value) => `${value} of ${most} have ${what}`,
  };
}

function softParts(question: Question): Part[] {
  const { mix, likes = [], agents } = question;
  const departments: Part = {
    name: 'departments',
    sense: -1,
    most: (agents.length * (agents.length - 1)) / 2,
    value: (assignment) => departmentPairs(question, assignment),
    says: (value) => `${value} pairs of one department share a trend`,
  };
  const together: Part = {
    name: 'likes',
    sense: 1,
    most: likes.length,
    value: (assignment) => likesKept(question, assignment),
    says: (value) => `${value} of ${likes.length} pairs who like to be together are`,
  };
  return [...(mix === 'departments' ? [departments] : []), ...(likes.length > 0 ? [together] : [])];
}

/** A value and what could be at best, where the part has been decided (`proven`) or nothing is known yet. */
export const boundOf = ({ sense, most }: Part, value: number, proven: boolean) =>
  proven ? value : sense > 0 ? most : 0;
