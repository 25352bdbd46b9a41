// The data of the page of a round's pairs.
import { topicWords } from '../../actions/pairs/letters.ts';
import type { Context } from '../../context.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import type { Alone, RuleSummary } from '../../domain/pairs/matching.ts';
import type { NamedPair } from '../../store/pairs/pairs.ts';
import type { Round } from '../../store/pairs/rounds.ts';
import * as wishes from '../../store/pairs/wishes.ts';
import * as people from '../../store/people/people.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';

/** Data of the head and the facts of each page of a round. */
export async function roundHead({ ctx, words }: SignedInVisit, round: Round) {
  const { t, tn } = words;
  const locale = localeOf(words);
  const asked = await wishes.counts(ctx.db, round.id);
  return {
    plan: t('One-to-one: {meetings} of {minutes} minutes in {months}.', {
      meetings: tn(round.meetings, 'one meeting', '{n} meetings'),
      minutes: round.minutes,
      months: tn(round.months, 'one month', '{n} months'),
    }),
    starts: formatNearDay(round.startsOn, locale),
    until: formatNearDay(round.wishesUntil, locale),
    asked,
    answered: asked.answeredSeniors + asked.answeredTalents,
    everyone: asked.seniors + asked.talents,
    isPublished: round.publishedAt !== null,
  };
}

/** Words of the topics of each pair, by its number. */
export async function pairsInWords(ctx: Context, rows: readonly NamedPair[]): Promise<Map<number, string[]>> {
  const all = rows.flatMap(({ pair }) => pair.reason.topics);
  const unique = [...new Map(all.map((topic) => [JSON.stringify(topic), topic])).values()];
  const words = await topicWords(ctx.db, unique);
  const byTopic = new Map(unique.map((topic, index) => [JSON.stringify(topic), words[index] ?? '']));
  return new Map(
    rows.map(({ pair }) => [
      pair.id,
      pair.reason.topics.map((topic) => byTopic.get(JSON.stringify(topic)) ?? ''),
    ]),
  );
}

/** A pair as its row on the page. */
export function pairRow({ words }: SignedInVisit, named: NamedPair, topics: ReadonlyMap<number, string[]>) {
  const { t } = words;
  const { pair, senior, talent, second } = named;
  const talents = [talent, ...(second?.id ? [second] : [])];
  const shared = topics.get(pair.id) ?? [];
  return {
    id: pair.id,
    senior,
    talents,
    names: [...talents.map(({ name }) => name), senior.name].join(', '),
    topics: shared,
    reason: shared.length > 0 ? '' : t('They named no topic in common.'),
    departments: [...new Set([senior.department, ...talents.map(({ department }) => department)])]
      .filter(Boolean)
      .join(', '),
    isMutual: pair.reason.isMutual,
    firstOfSenior: pair.reason.firstOfSenior,
    firstOfTalent: pair.reason.firstOfTalent,
    isDraft: pair.state === 'draft',
    isLocked: pair.isLocked,
    isByHand: pair.isByHand,
    canSwap: pair.state === 'draft' && talents.length === 1,
    state: stateInWords(words, named),
    tone: pair.state === 'running' ? 'go' : pair.state === 'asked' ? 'wait' : '',
  };
}

function stateInWords({ t }: Words, { pair, senior, talent, second }: NamedPair): string {
  if (pair.state === 'draft') return t('Draft');
  if (pair.state === 'running') return t('Everyone said yes');
  const answers = [
    [senior.name, pair.seniorAnswer],
    [talent.name, pair.talentAnswer],
    ...(second?.id ? [[second.name, pair.secondAnswer]] : []),
  ];
  const missing = answers.filter(([, answer]) => answer === null).map(([name]) => name);
  return t('Waiting for {names}', { names: missing.join(', ') });
}

/** The two rules side by side; none before there is a draft. */
export function rulesData({ t }: Words, round: Round) {
  const summary = round.summary;
  if (!summary || summary.rules.length === 0) return [];
  const most = Math.max(...summary.rules.map(({ pairs }) => pairs));
  const [own, ...others] = summary.rules;
  const different = others.filter((other) => !isAlike(own!, other));
  return [own!, ...different].map((rule, index) => ({
    value: rule.rule,
    isChosen: index === 0,
    title: rule.rule === 'most' ? t('Most pairs') : t('Nobody would rather swap'),
    text:
      rule.rule === 'most'
        ? t('As many pairs as there can be, then as many wishes.')
        : t('No two people would both leave their partner for each other.'),
    pairs: rule.pairs,
    firstOfSeniors: rule.firstOfSeniors,
    firstOfTalents: rule.firstOfTalents,
    swaps: rule.swaps,
    isProven: rule.isProven,
    cost: costOf(t, rule, most),
  }));
}

/** Both rules come to the same numbers. */
const isAlike = (one: RuleSummary, other: RuleSummary) =>
  one.pairs === other.pairs &&
  one.swaps === other.swaps &&
  one.firstOfSeniors === other.firstOfSeniors &&
  one.firstOfTalents === other.firstOfTalents;

function costOf(t: Words['t'], { pairs, swaps }: RuleSummary, most: number): string {
  const fewer = most - pairs;
  if (fewer === 1) return t('Cost: one pair.');
  if (fewer > 1) return t('Cost: {n} pairs.', { n: fewer });
  if (swaps === 1) return t('Cost: one senior and one talent would rather meet each other.');
  if (swaps > 1)
    return t('Cost: {n} times a senior and a talent would rather meet each other.', { n: swaps });
  return t('It costs nothing.');
}

/** People without a partner shown on the page. */
const mostAlone = 50;

/** Lists people without a partner, and why. */
export async function aloneRows({ ctx, words }: SignedInVisit, round: Round) {
  const alone = round.summary?.alone ?? [];
  const shown = alone.slice(0, mostAlone);
  const known = new Map(
    (
      await people.findMany(
        ctx.db,
        shown.map(({ personId }) => personId),
      )
    ).map((person) => [person.id, person]),
  );
  return {
    n: alone.length,
    more: alone.length - shown.length,
    rows: shown.flatMap((one) => {
      const person = known.get(one.personId);
      return person
        ? [{ id: person.id, name: person.name, side: person.side, why: whyInWords(words, one, person.side) }]
        : [];
    }),
  };
}

function whyInWords({ t, tn }: Words, { why, n }: Alone, side: string | null): string {
  const isSenior = side === 'senior';
  if (why === 'nobody')
    return isSenior
      ? t('No young talent who takes part is free.')
      : t('No senior manager who takes part is free.');
  if (why === 'line') return t('Everyone who takes part is in the same reporting line.');
  if (why === 'topic')
    return isSenior ? t('Nobody offers what they want to know.') : t('Nobody asked for what they offer.');
  if (why === 'apart')
    return t('Nobody is left whom they may meet: they had them before, or are kept apart.');
  return isSenior
    ? tn(n, 'The one young talent who fits has a partner.', 'All {n} young talents who fit have a partner.')
    : tn(
        n,
        'The one senior manager who fits has a partner.',
        'All {n} senior managers who fit have a partner.',
      );
}
