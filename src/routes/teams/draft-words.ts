import type { Why } from '../../domain/teams/reasons.ts';
import {
  type Concerned,
  type Difference,
  type Gap,
  type Progress,
  progressIn,
  type RuleName,
  type Worth,
} from '../../domain/teams/runs.ts';
import { listed, type Words } from '../../words.ts';
import { choiceWords } from './choice-words.ts';

/** Names of people and trends by number, read once for a page. */
export interface Names {
  person: (id: number) => string;
  trend: (id: number) => string;
  skill: (id: number) => string;
}

export function ruleTitle({ t }: Words, rule: RuleName): string {
  return {
    fairest: t('Nobody badly served'),
    'most-firsts': t('Most first choices'),
    'firsts-fair': t('Most first choices with nobody badly served'),
  }[rule];
}

/** Says how many get which choice: '8 get their first choice, 4 their second choice'. */
export function worthWords(words: Words, { choices, unranked, without }: Worth): string {
  const { t, tn } = words;
  const parts = choices.flatMap((n, at) =>
    n === 0
      ? []
      : [tn(n, '{n} gets their {choice}', '{n} get their {choice}', { choice: choiceWords(words, at) })],
  );
  if (unranked > 0)
    parts.push(tn(unranked, '{n} gets one they did not rank', '{n} get one they did not rank'));
  if (without > 0) parts.push(tn(without, '{n} gets none', '{n} get none'));
  return parts.length > 0 ? listed(parts, words) : t('Nobody gets a trend');
}

/** Names a few people and counts the others. */
function namesOf(words: Words, { n, some }: Concerned, names: Names): string {
  const shown = some.map(({ id }) => names.person(id));
  const rest = n - shown.length;
  return listed(rest > 0 ? [...shown, words.t('{n} more', { n: rest })] : shown, words);
}

/** Says what another rule would cost whom: one sentence, or two. */
export function ruleCost(words: Words, better: Concerned, worse: Concerned, names: Names): string {
  const { t } = words;
  if (better.n + worse.n === 0) return t('It makes no difference to anyone.');
  const gains = better.n > 0 ? t('Better for {names}.', { names: namesOf(words, better, names) }) : '';
  return [gains, ...worseWords(words, worse, names)].filter(Boolean).join(' ');
}

function worseWords(words: Words, { n, some }: Concerned, names: Names): string[] {
  const { t } = words;
  if (n === 0) return [];
  const told = some.map((one) => fallWords(words, one, names));
  const rest = n - told.length;
  const all = rest > 0 ? [...told, t('{n} more', { n: rest })] : told;
  return [t('Costs {names}.', { names: listed(all, words) })];
}

function fallWords(words: Words, { id, from, to }: Difference, names: Names): string {
  const { t } = words;
  const values = {
    name: names.person(id),
    from: from === null ? t('one not ranked') : choiceWords(words, from),
    to: to === null ? t('none they ranked') : choiceWords(words, to),
  };
  return t('{name} ({from} to {to})', values);
}

/** The price of one trend for somebody, in people and choices. */
export function priceWords(words: Words, better: Concerned, worse: Concerned, names: Names): string {
  const { t } = words;
  if (better.n + worse.n === 0) return t('Nobody is worse off.');
  return ruleCost(words, better, worse, names);
}

/** Why somebody does not have a trend that they rank higher, for organisers. */
export function whyWords(words: Words, why: Why, names: Names): string {
  const { t, tn } = words;
  const trend = names.trend(why.trendId);
  switch (why.kind) {
    case 'full':
      return t('{trend} is full: {holders}.', { trend, holders: holdersWords(words, why, names) });
    case 'few':
      return tn(
        why.wanted,
        '{trend} needs at least {least} people to open, and one put it first.',
        '{trend} needs at least {least} people to open, and {n} put it first.',
        { trend, least: why.least },
      );
    case 'apart':
      return t('{trend} has {other}, and the two are to work apart.', {
        trend,
        other: names.person(why.otherId),
      });
    case 'company':
      return tn(
        why.free,
        '{trend} has one place left, too few for the whole team.',
        '{trend} has {n} places left, too few for the whole team.',
        { trend },
      );
    case 'needed':
      return t('{trend} has room, but the team they are in would be left with fewer than {least}.', {
        trend,
        least: why.least,
      });
    case 'skill':
    case 'only':
      return skillWords(words, why, trend, names);
    case 'rule':
      return t('With {trend} for them, others would be served worse by this rule.', { trend });
  }
}

function skillWords(
  { t }: Words,
  { kind, skillId }: Extract<Why, { skillId: number }>,
  trend: string,
  names: Names,
): string {
  const values = { trend, skill: names.skill(skillId) };
  return kind === 'skill'
    ? t('{trend} wants someone who knows {skill}, and gets no team without.', values)
    : t(
        '{trend} has room, but the team they are in would be left without someone who knows {skill}.',
        values,
      );
}

function holdersWords(
  words: Words,
  { holders, isEven }: Extract<Why, { kind: 'full' }>,
  names: Names,
): string {
  const { t, tn } = words;
  const groups = holders.map(({ choice, kept, n, ids }) => {
    const who = namesOf(words, { n, some: ids.map((id) => ({ id, from: null, to: null })) }, names);
    if (kept) return tn(n, '{who} is kept there', '{who} are kept there', { who });
    if (choice === null) return tn(n, '{who} did not rank it', '{who} did not rank it', { who });
    return tn(n, '{who} has it as {choice}', '{who} have it as {choice}', {
      who,
      choice: choiceWords(words, choice),
    });
  });
  const even = isEven ? [t('for one of them it counts the same, and departments or the draw decided')] : [];
  return [...groups, ...even].join('; ');
}

/** Says how far the planner is with the goal it is at; '' while nothing is known. */
export function progressWords(words: Words, stored: string): string {
  const far = progressIn(stored);
  const so = far && soFar(words, far);
  if (!so) return '';
  const { t, tn } = words;
  const { value, bound } = far;
  if (value === bound) return t('{so}; no other way does better.', { so });
  return bound > value
    ? tn(bound - value, '{so}; at most {n} more can.', '{so}; at most {n} more can.', { so })
    : tn(value - bound, '{so}; at most {n} fewer can be.', '{so}; at most {n} fewer can be.', { so });
}

function soFar(words: Words, { part, value, most }: Progress): string {
  const { t, tn } = words;
  const choice = choiceIn(words, part);
  if (choice) return t('{value} of {most} have their {choice}', { value, most, choice });
  switch (part) {
    case 'placed':
      return t('{value} of {most} have a trend', { value, most });
    case 'filled':
      return t('{value} of {most} who have not ranked have a trend', { value, most });
    case 'departments':
      return tn(
        value,
        '{n} pair of one department shares a trend',
        '{n} pairs of one department share a trend',
      );
    case 'likes':
      return t('{value} of {most} pairs who like to be together are', { value, most });
    default:
      return '';
  }
}

/** The choice that a goal such as 'choice 2' counts. */
function choiceIn(words: Words, part = ''): string {
  const [, tier] = /^choice (\d+)$/.exec(part) ?? [];
  return tier === undefined ? '' : choiceWords(words, Number(tier) - 1);
}

/** Says how much better a plan that is not proven could be at most, and in what. */
export function gapWords(words: Words, { part = '', value, bound }: Gap): string {
  const { t, tn } = words;
  const n = Math.abs(bound - value);
  const choice = choiceIn(words, part);
  const what: Record<string, string> = {
    placed: t('in how many have a trend'),
    filled: t('in how many who have not ranked have a trend'),
    departments: t('in pairs of one department'),
    likes: t('in pairs who like to be together'),
  };
  const inWhat = choice ? t('in how many have their {choice}', { choice }) : what[part];
  return inWhat
    ? tn(n, 'At most {n} better {what}.', 'At most {n} better {what}.', { what: inWhat })
    : tn(n, 'At most {n} better.', 'At most {n} better.');
}
