import { z } from 'zod';
import { todayIn } from '../../actions/teams/late-places.ts';
import { peopleShort } from '../../domain/teams/late-places.ts';
import { placesFree } from '../../domain/teams/open-team.ts';
import { countLate } from '../../store/teams/late-places.ts';
import * as teams from '../../store/teams/teams.ts';
import { messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import { seasonAsked } from '../settings/ended-seasons.ts';
import { placesOf } from './team-places.ts';

const pageSize = 24;

const query = z.object({ find: z.string().trim().max(200).catch(''), page: pageField });

/** One's own teams of a season, and all others page by page; a search looks at names and trends of all. */
export async function showTeams(visit: SignedInVisit, messages: Record<string, string>): Promise<Answer> {
  const { ctx, request, viewer, words } = visit;
  const { find, page: asked } = readQuery(request, query);
  const { programme, inAddress, season, earlier } = await seasonAsked(visit);
  const today = season ? undefined : todayIn(programme, ctx.now());
  const inSeason = { season: programme.id, ...(today !== undefined && { pastLast: today }) };
  const which = find === '' ? { ...inSeason, notOf: viewer.id } : { ...inSeason, find };
  const at = pageOf(asked, await teams.count(ctx.db, which), pageSize);
  const own =
    find === '' && at.at === 1 ? await teams.withMembers(ctx.db, { ...inSeason, of: viewer.id }) : [];
  const others = await teams.withMembers(ctx.db, which, at);
  return page(visit, 'teams/index', {
    title: words.t('Research teams'),
    tab: 'teams',
    find,
    season,
    earlier,
    isLong: find !== '' || at.total + own.length > pageSize,
    isEmpty: own.length + others.length === 0,
    late: viewer.isOrganiser && !season ? await countLate(ctx.db, programme.id) : 0,
    ...(await cardsOf(visit, { own, others }, today)),
    exportHref: viewer.isOrganiser ? addressWith('/teams.csv', { find, season: inAddress }) : '',
    pager: pagerFor(at, (number) => addressWith('/teams', { find, page: number, season: inAddress })),
    message: messageFor(visit, messages),
  });
}

/** Teams as cards; those whose events are all over stand apart. Without a day the season is over, and all stand together. */
async function cardsOf(
  { ctx, viewer }: SignedInVisit,
  { own, others }: Record<'own' | 'others', teams.TeamWithMembers[]>,
  today: string | undefined,
) {
  const ids = [...own, ...others].map(({ id }) => id);
  const places = await placesOf(ctx, ids, viewer.isOrganiser);
  const past = today === undefined ? new Set<number>() : await teams.pastAmong(ctx.db, ids, today);
  const card = (team: teams.TeamWithMembers) => {
    const isOn = today !== undefined && !past.has(team.id);
    return {
      ...team,
      place: places.get(team.id) ?? null,
      free: isOn ? placesFree(team, team.members.length) : 0,
      short: isOn && viewer.isOrganiser ? peopleShort(team, team.members.length) : 0,
    };
  };
  const isCurrent = ({ id }: { id: number }) => !past.has(id);
  return {
    own: own.filter(isCurrent).map(card),
    others: others.filter(isCurrent).map(card),
    past: [...own, ...others].filter(({ id }) => past.has(id)).map(card),
  };
}
