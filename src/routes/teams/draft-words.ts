import type { Why } from '../../domain/teams/reasons.ts';
import type { Concerned, Difference, RuleName, Worth } from '../../domain/teams/runs.ts';
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
