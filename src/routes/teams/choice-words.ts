import type { Words } from '../../words.ts';

/** A tier from 0 as people say it: 'first choice'. */
export function choiceWords({ t }: Pick<Words, 't'>, tier: number): string {
  const named = [
    t('first choice'),
    t('second choice'),
    t('third choice'),
    t('fourth choice'),
    t('fifth choice'),
    t('sixth choice'),
  ];
  return named[tier] ?? t('choice {n}', { n: tier + 1 });
}

/** A tier of several trends: 'second choices'. */
export function choicesWords({ t }: Pick<Words, 't'>, tier: number): string {
  const named = [
    t('first choices'),
    t('second choices'),
    t('third choices'),
    t('fourth choices'),
    t('fifth choices'),
    t('sixth choices'),
  ];
  return named[tier] ?? t('choices {n}', { n: tier + 1 });
}
