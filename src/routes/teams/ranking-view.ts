import { editionOf, seenIn } from '../../actions/edition.ts';
import { orderFields } from '../../actions/teams/rankings.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import {
  among,
  isRankingOpen,
  mostRanked,
  orderText,
  readOrder,
  type Tiers,
  tierOf,
} from '../../domain/teams/ranking.ts';
import { mostWishes } from '../../domain/teams/team-wishes.ts';
import { givenReason } from '../../mail/letters/given-reason.ts';
import type { Programme } from '../../store/events/programmes.ts';
import type { Person } from '../../store/people/people.ts';
import * as drafts from '../../store/teams/drafts.ts';
import * as rankings from '../../store/teams/rankings.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as teamWishes from '../../store/teams/team-wishes.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import { excerpt } from '../../web/markdown.ts';
import { addressWith, pageOf, pagerFor } from '../../web/paging.ts';
import type { Mistakes } from '../../web/submit.ts';
import type { Visit } from '../../web/visit.ts';
import { listed, localeOf, type Words } from '../../words.ts';
import { choicesWords, choiceWords } from './choice-words.ts';

/** Door to an order: signed in, at the link of an e-mail, or an organiser for them. */
export interface Door {
  programme: Programme;
  person: Pick<Person, 'id' | 'name'>;
  /** The page's address; its forms post below it. */
  base: string;
  isOrganiser: boolean;
}

export interface RankingQuery {
  page: number;
  find: string;
  /** The trend that was just moved. */
  moved?: number | undefined;
}

/** Trends without an opinion on one page. */
const perPage = 15;

/** Everything the page of an order shows. */
export async function rankingData(visit: Visit, door: Door, query: RankingQuery, back: Mistakes) {
  const { ctx, words } = visit;
  const { programme, person, base, isOrganiser } = door;
  const round = await rounds.find(ctx.db, programme.id);
  const standing = await toPlace.standingOf(ctx.db, programme.id, person.id);
  const teamId = standing.kind === 'team' ? standing.team.id : null;
  const stored = await rankings.find(ctx.db, {
    programmeId: programme.id,
    personId: teamId === null ? person.id : null,
    teamId,
  });
  return {
    title: titleFor(words, standing, isOrganiser ? person.name : ''),
    tab: 'trends',
    base,
    standing,
    given: await givenData(visit, door),
    isOpen: isOrganiser || isRankingOpen(round?.rankingClosesOn ?? null, ctx.now(), programme.timeZone),
    forWhom: isOrganiser ? person.name : '',
    days: daysOf(words, round),
    offered: await toPlace.countOffered(ctx.db, programme.id, { rankable: true }),
    ...(await orderData(visit, door, stored, query, back)),
    // A page that was overtaken shows the order that is saved beside its own.
    overtaken: back.stored ? await overtaken(visit, programme.id, back) : null,
    hasRanked: stored !== null,
    most: mostRanked,
    counts: await toPlace.countRanked(ctx.db, programme.id),
    wishes: await wishesOf(visit, door),
    mostWishes,
    errors: back.errors,
    typed: back.typed,
    status: back.status,
  };
}

/** Says what the page is about: an order, or why there is none to give. */
function titleFor({ t }: Words, { kind }: toPlace.Standing, forWhom: string): string {
  if (kind === 'outside') return t('Ranking the trends');
  if (kind === 'placed')
    return forWhom ? t('{name} has a trend already', { name: forWhom }) : t('You have a trend already');
  return forWhom ? t('The order of {name}', { name: forWhom }) : t('Which would you research?');
}

/** The order itself, and one page of the trends without an opinion. */
async function orderData(
  { ctx, words }: Visit,
  { base, programme: { id: programmeId } }: Door,
  stored: rankings.Ranking | null,
  query: RankingQuery,
  back: Mistakes,
) {
  const shown = readOrder(String(back.typed.order ?? '')) ?? [];
  const order = back.stored ? shown : (stored?.tiers ?? []);
  const known = new Map(
    (await toPlace.rankableAmong(ctx.db, programmeId, order.flat())).map((trend) => [trend.id, trend]),
  );
  const tiers = among(order, new Set(known.keys()));
  const but = tiers.flat();
  const { find } = query;
  const at = pageOf(
    query.page,
    await toPlace.countOffered(ctx.db, programmeId, { rankable: true, but, find }),
    perPage,
  );
  const rest = await toPlace.offered(ctx.db, programmeId, { rankable: true, but, find }, at);
  return {
    tiers: tiersView(words, tiers, known, query.moved),
    order: orderText(order),
    seen: seenIn(back) ?? editionOf(orderFields(stored?.tiers ?? [])),
    isFull: but.length >= mostRanked,
    rest: rest.map((trend) => ({ ...trend, start: excerpt(trend.start) })),
    find,
    isLong: at.total > perPage || find !== '',
    pager: pagerFor(at, (page) => `${addressWith(base, { find, page })}#none-h`),
    page: at.at,
    message: movedMessage(words, tiers, known, query.moved),
  };
}

/** The trend they were given, and why: their own reason, which names nobody. */
async function givenData({ ctx, words }: Visit, { programme, person }: Door) {
  const placement = await drafts.placementOf(ctx.db, programme.id, person.id);
  if (!placement) return null;
  const { trend, choice, reason } = placement;
  return { trend: trend ?? '', reason: givenReason(words, choice, reason) };
}

function daysOf(words: Words, round: rounds.Round | null) {
  const near = (day: string | null | undefined) => (day ? formatNearDay(day, localeOf(words)) : '');
  return { closes: near(round?.rankingClosesOn), told: near(round?.toldOn) };
}

type Known = ReadonlyMap<number, toPlace.OfferedTrend>;

function tiersView(words: Words, tiers: Tiers, known: Known, movedId: number | undefined) {
  const names = (ids: readonly number[]) =>
    listed(
      ids.map((id) => known.get(id)!.sentence),
      words,
    );
  return tiers.map((tier, at) => ({
    number: at + 1,
    label: tier.length > 1 ? choicesWords(words, at) : choiceWords(words, at),
    isMoved: movedId !== undefined && tier.includes(movedId),
    rows: tier.map((id) => ({
      id,
      sentence: known.get(id)!.sentence,
      start: excerpt(known.get(id)!.start),
      up: pressWords(words, {
        trend: known.get(id)!.sentence,
        tier,
        at,
        step: -1,
        beside: tiers[at - 1],
        names,
      }),
      down: pressWords(words, {
        trend: known.get(id)!.sentence,
        tier,
        at,
        step: 1,
        beside: tiers[at + 1],
        names,
      }),
    })),
  }));
}

interface Press {
  trend: string;
  tier: readonly number[];
  at: number;
  step: 1 | -1;
  beside: readonly number[] | undefined;
  names: (ids: readonly number[]) => string;
}

/** Says what a press would do; `isOff` where it would do nothing. */
function pressWords({ t }: Words, { trend, tier, at, step, beside, names }: Press) {
  const isOff = tier.length === 1 && beside === undefined;
  const way = step < 0 ? t('{trend}: up', { trend }) : t('{trend}: down', { trend });
  if (isOff) return { label: way, isOff };
  if (tier.length > 1)
    return { label: t('{way}, alone in place {n}', { way, n: step < 0 ? at + 1 : at + 2 }), isOff };
  return { label: t('{way}, level with {others}', { way, others: names(beside!) }), isOff };
}

function movedMessage(words: Words, tiers: Tiers, known: Known, id: number | undefined): string | undefined {
  if (id === undefined) return undefined;
  const { t } = words;
  const at = tierOf(tiers, id);
  if (at === null) return t('Saved.');
  const values = { trend: known.get(id)!.sentence, choice: choiceWords(words, at) };
  const level = tiers[at]!.filter((other) => other !== id);
  if (level.length === 0) return t('{trend} is now your {choice}. Saved.', values);
  const others = listed(
    level.map((other) => known.get(other)!.sentence),
    words,
  );
  return t('{trend} is now your {choice}, level with {others}. Saved.', { ...values, others });
}

/** The order that is saved now, in words, for a page that was overtaken. */
async function overtaken({ ctx, words }: Visit, programmeId: number, { stored }: Mistakes) {
  const tiers = readOrder(String(stored?.order ?? '')) ?? [];
  const known = new Map(
    (await toPlace.rankableAmong(ctx.db, programmeId, tiers.flat())).map((trend) => [trend.id, trend]),
  );
  return among(tiers, new Set(known.keys())).map((tier, at) => ({
    number: at + 1,
    text: listed(
      tier.map((id) => known.get(id)!.sentence),
      words,
    ),
  }));
}

async function wishesOf({ ctx }: Visit, { programme, person }: Door) {
  const own = await teamWishes.ofPerson(ctx.db, programme.id, person.id);
  const of = (kind: 'with' | 'not-with') =>
    own.filter((wish) => wish.kind === kind).map(({ otherId: id, other: name }) => ({ id, name }));
  return { with: of('with'), notWith: of('not-with') };
}
