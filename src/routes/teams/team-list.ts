import { z } from 'zod';
import { placesFree } from '../../domain/teams/open-team.ts';
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
  const inSeason = { season: programme.id };
  const which = find === '' ? { ...inSeason, notOf: viewer.id } : { ...inSeason, find };
  const at = pageOf(asked, await teams.count(ctx.db, which), pageSize);
  const own =
    find === '' && at.at === 1 ? await teams.withMembers(ctx.db, { ...inSeason, of: viewer.id }) : [];
  const others = await teams.withMembers(ctx.db, which, at);
  const ids = [...own, ...others].map(({ id }) => id);
  const places = await placesOf(ctx, ids, viewer.isOrganiser);
  const placed = (list: teams.TeamWithMembers[]) =>
    list.map((team) => ({
      ...team,
      place: places.get(team.id) ?? null,
      free: season ? 0 : placesFree(team, team.members.length),
    }));
  return page(visit, 'teams/index', {
    title: words.t('Research teams'),
    tab: 'teams',
    find,
    season,
    earlier,
    isLong: find !== '' || at.total + own.length > pageSize,
    own: placed(own),
    others: placed(others),
    pager: pagerFor(at, (number) => addressWith('/teams', { find, page: number, season: inAddress })),
    message: messageFor(visit, messages),
  });
}
