import type { Why } from '../../domain/teams/reasons.ts';
import {
  differentRules,
  namedIn,
  type PriceSummary,
  type RuleSummary,
  type Worth,
  withNames,
} from '../../domain/teams/runs.ts';
import type { Programme } from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as drafts from '../../store/teams/drafts.ts';
import type { Round } from '../../store/teams/rounds.ts';
import * as runs from '../../store/teams/runs.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import { sentencesById } from '../../store/trends/sentences.ts';
import * as skills from '../../store/trends/skills.ts';
import { addressWith, type Page, pageOf, pagerFor } from '../../web/paging.ts';
import type { Visit } from '../../web/visit.ts';
import { listed, type Words } from '../../words.ts';
import { choiceWords } from './choice-words.ts';
import {
  gapWords,
  type Names,
  priceWords,
  ruleCost,
  ruleTitle,
  whyWords,
  worthWords,
} from './draft-words.ts';

/** Trends on one page of the draft. */
const perPage = 8;
/** Squares of a profile at most: more would be a wall. */
const mostSquares = 40;
const fewNames = 12;

/** Everything the page shows of the draft; null where there is none. */
export async function draftData(visit: Visit, programme: Programme, round: Round, page: number) {
  const { ctx, words } = visit;
  if (round.runId === null) return null;
  const summary = await runs.summaryOf(ctx.db, round.runId);
  const counts = await drafts.counts(ctx.db, programme.id);
  const rules = differentRules(summary?.rules ?? [], round.rule);
  return {
    worth: worthWords(words, worthIn(counts)),
    isProven: round.isProven && !round.isChanged,
    isChanged: round.isChanged,
    gap: gapOf(words, rules, round),
    counts,
    ...(await peopleData(visit, programme, round, rules, pageOf(page, counts.trends, perPage))),
    concerned: {
      n: await drafts.countConcerned(ctx.db, programme.id),
      some: await drafts.concernedPeople(ctx.db, programme.id, fewNames),
    },
    missingSkills: (await skills.missing(ctx.db, programme.id, fewNames)).map((trend) =>
      missingWords(words, trend),
    ),
    unused: Math.max(0, (await toPlace.countOffered(ctx.db, programme.id)) - counts.trends),
    canUndo: round.undo !== null,
    seed: round.seed,
  };
}

/** One page of the trends with their people, and the rules with whom each would cost something. */
async function peopleData(
  visit: Visit,
  { id: programmeId }: Programme,
  round: Round,
  rules: readonly RuleSummary[],
  at: Page,
) {
  const { ctx, words } = visit;
  const given = await drafts.givenTrends(ctx.db, programmeId, at);
  const placed = await drafts.peopleOf(
    ctx.db,
    programmeId,
    given.map(({ id }) => id),
  );
  const without = await drafts.withoutTrend(ctx.db, programmeId, fewNames);
  const names = await namesFor(visit, [...placed, ...without], rules, []);
  const of = (trendId: number) => placed.filter((one) => one.trendId === trendId);
  return {
    rules: rules.map((rule) => ruleView(words, rule, rules, round, names)),
    given: given.map((trend) => ({ ...trend, groups: groupsOf(words, of(trend.id), names) })),
    without: groupsOf(words, without, names),
    pager: pagerFor(at, (to) => `${addressWith('/teams/assignment', { page: to })}#who-h`),
    firstNumber: at.offset,
    page: at.at,
  };
}

export type DraftData = NonNullable<Awaited<ReturnType<typeof draftData>>>;

function worthIn({ choices, unranked, without }: drafts.DraftCounts): Worth {
  const all: number[] = [];
  for (const { choice, n } of choices) all[choice] = n;
  return { choices: Array.from(all, (n) => n ?? 0), unranked, without };
}

function gapOf(words: Words, rules: readonly RuleSummary[], { rule, isProven, isChanged }: Round): string {
  if (isProven || isChanged) return '';
  const gap = rules.find((one) => one.rule === rule)?.gap;
  return gap ? gapWords(words, gap) : '';
}

/** Says which skill a trend wants and does not get. */
function missingWords(
  words: Words,
  { sentence, isOpen, words: skilled }: { sentence: string; isOpen: boolean; words: string[] },
): string {
  const values = { trend: sentence, skills: listed(skilled, words) };
  return isOpen
    ? words.t('{trend}: nobody in its team has said they know {skills}.', values)
    : words.t('{trend} gets no team, and wants someone who knows {skills}.', values);
}

/** Reads the names of everyone and everything that sentences of a page speak of, in two queries. */
export async function namesFor(
  { ctx, words }: Visit,
  placed: readonly { why: readonly Why[] }[],
  rules: readonly RuleSummary[],
  sentences: readonly string[],
  prices: readonly PriceSummary[] = [],
): Promise<Names> {
  const whys = placed.flatMap(({ why }) => why);
  const named = namedIn(sentences);
  const sides = [...rules.flatMap(({ against }) => against), ...prices];
  const personIds = [
    ...named.people,
    ...sides.flatMap(({ better, worse }) => [...better.some, ...worse.some].map(({ id }) => id)),
    ...whys.flatMap((why) =>
      why.kind === 'full' ? why.holders.flatMap(({ ids }) => ids) : why.kind === 'apart' ? [why.otherId] : [],
    ),
  ];
  const trendIds = [
    ...named.trends,
    ...whys.map(({ trendId }) => trendId),
    ...prices.map(({ trendId }) => trendId),
  ];
  const persons = new Map(
    (await people.findMany(ctx.db, [0, ...new Set(personIds)])).map(({ id, name }) => [id, name]),
  );
  const known = await sentencesById(ctx.db, [...new Set(trendIds)]);
  const skillIds = whys.flatMap((why) => ('skillId' in why ? [why.skillId] : []));
  const skilled = await skills.wordsOf(ctx.db, [...new Set([...named.skills, ...skillIds])]);
  return {
    person: (id) => persons.get(id) ?? words.t('a person who is no longer here'),
    trend: (id) => known.get(id) ?? words.t('a trend that is no longer here'),
    skill: (id) => skilled.get(id) ?? words.t('a skill that is no longer here'),
  };
}

/** Sentences of a plan that cannot be, with the names of now. */
export async function faultWords(visit: Visit, faults: readonly string[]): Promise<string[]> {
  const names = await namesFor(visit, [], [], faults);
  return faults.map((fault) =>
    withNames(fault, (kind, id) => ({ p: names.person, t: names.trend, s: names.skill })[kind](id)),
  );
}

function ruleView(words: Words, rule: RuleSummary, all: readonly RuleSummary[], round: Round, names: Names) {
  const chosen = all.find((one) => one.rule === round.rule);
  const cost = chosen?.against.find((one) => one.rule === rule.rule);
  return {
    value: rule.rule,
    title: ruleTitle(words, rule.rule),
    isChosen: rule.rule === round.rule,
    proven: rule.proven,
    worth: worthWords(words, rule.worth),
    squares: squaresOf(rule.worth),
    cost: cost ? ruleCost(words, cost.better, cost.worse, names) : '',
  };
}

/** One square for each person, by choice; beyond forty they stand for shares. */
function squaresOf({ choices, unranked, without }: Worth): { choice: number; x: number }[] {
  const groups = [...choices.map((n, choice) => ({ choice, n })), { choice: 9, n: unranked + without }];
  const total = groups.reduce((sum, { n }) => sum + n, 0);
  const scale = total > mostSquares ? mostSquares / total : 1;
  const all = groups.flatMap(({ choice, n }) =>
    Array.from({ length: n > 0 ? Math.max(1, Math.round(n * scale)) : 0 }, () => choice),
  );
  return all.slice(0, mostSquares).map((choice, at) => ({ choice, x: at * 29 }));
}

/** People of a trend: members of a team made by hand in one row. */
function groupsOf(words: Words, placed: readonly drafts.PlacedPerson[], names: Names) {
  const groups = Map.groupBy(placed, ({ personId, teamId }) =>
    teamId === null ? `p${personId}` : `t${teamId}`,
  );
  return [...groups.values()].map((members) => {
    const [first] = members as [drafts.PlacedPerson];
    const departments = [...new Set(members.map(({ department }) => department).filter(Boolean))];
    return {
      id: first.personId,
      names: members.map(({ name }) => name),
      name: listed(
        members.map(({ name }) => name),
        words,
      ),
      note: [first.team ? words.t('{team}, made by hand', { team: first.team }) : '', ...departments]
        .filter(Boolean)
        .join(', '),
      choice: choiceTag(words, first),
      tone: first.choice === 0 ? 'go' : first.choice === null || first.choice > 1 ? 'wait' : '',
      isLocked: first.isLocked,
      isByHand: first.isByHand,
      isPlaced: first.trendId !== null,
      whys: first.isByHand ? [] : first.why.map((why) => whyWords(words, why, names)),
    };
  });
}

function choiceTag(words: Words, { trendId, choice, hasRanked }: drafts.PlacedPerson): string {
  if (trendId === null) return words.t('No trend');
  if (choice !== null) return choiceWords(words, choice);
  return hasRanked ? words.t('Not ranked') : words.t('Ranked none');
}

/** The card that prices other trends for somebody; null where nobody is asked about. */
export async function changeData(
  visit: Visit,
  programme: Programme,
  round: Round,
  personId: number | undefined,
) {
  const { ctx, words } = visit;
  if (personId === undefined || round.runId === null) return null;
  const run = await runs.last(ctx.db, programme.id, 'prices');
  if (!run?.about.includes(personId)) return null;
  const members = await people.findMany(ctx.db, run.about);
  const name = listed(
    run.about.flatMap((id) => members.find((one) => one.id === id)?.name ?? []),
    words,
  );
  const base = {
    personId,
    name,
    isWorking: run.state === 'working',
    isOutdated: run.roundRevision !== round.revision,
  };
  const summary = run.state === 'done' ? await runs.summaryOf(ctx.db, run.id) : null;
  const prices = summary?.prices ?? [];
  const names = await namesFor(visit, [], [], [], prices);
  return {
    ...base,
    failed: run.state === 'failed' || run.state === 'stopped',
    options: prices.map(({ trendId, choice, better, worse }) => ({
      trendId,
      trend: names.trend(trendId),
      choice: choice === null ? words.t('Not ranked') : choiceWords(words, choice),
      tone: choice === 0 ? 'go' : choice === null || choice > 1 ? 'wait' : '',
      isRanked: choice !== null,
      price: priceWords(words, better, worse, names),
    })),
  };
}
