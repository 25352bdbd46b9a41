import { z } from 'zod';
import { todayIn } from '../../actions/teams/late-places.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rankings from '../../store/teams/rankings.ts';
import * as teams from '../../store/teams/teams.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import { sentencesById } from '../../store/trends/sentences.ts';
import { readQuery } from '../../web/forms.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { sendList } from '../list-file.ts';
import { seasonAsked } from '../settings/ended-seasons.ts';
import { placesOf } from './team-places.ts';

/** Registers teams, and who ranks which trends, as files. */
export function teamFileRoutes(at: Pages): void {
  at.get('/teams.csv', 'organiser', sendTeams);
  at.get('/teams/assignment/rankings.csv', 'organiser', sendRankings);
}

const query = z.object({ find: z.string().trim().max(200).catch('') });

/** The teams that the page shows: those with these words, or all. */
function sendTeams(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const { t } = words;
  return sendList(visit, async () => {
    const { programme, season } = await seasonAsked(visit);
    const { find } = readQuery(request, query);
    const pastLast = season ? {} : { pastLast: todayIn(programme, ctx.now()) };
    const found = await teams.withMembers(ctx.db, { season: programme.id, find, ...pastLast });
    const places = await placesOf(
      ctx,
      found.map(({ id }) => id),
      true,
    );
    return {
      file: 'teams',
      name: t('Research teams'),
      header: [t('Team'), t('Trend'), t('Members'), t('Event'), t('Day'), t('Table')],
      rows: found.map((team) => {
        const place = places.get(team.id);
        return [
          team.name,
          team.trend?.sentence ?? '',
          team.members.map(({ name }) => name).join(' | '),
          place?.name ?? '',
          place?.day ?? '',
          place ? String(place.number) : '',
        ];
      }),
    };
  });
}

/** Everyone to be placed with their order: trends of one place are parted by “ = ”, places by “ > ”. */
function sendRankings(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const { t } = words;
  return sendList(visit, async () => {
    const { id } = orNotFound(await programmes.current(ctx.db), 'page');
    const people = await toPlace.toPlace(ctx.db, id);
    const orders = await rankings.all(ctx.db, id);
    const names = new Map(
      (await teams.withMembers(ctx.db, { season: id })).map((team) => [team.id, team.name]),
    );
    const sentences = await sentencesById(ctx.db, [...new Set([...orders.values()].flat(2))]);
    return {
      file: 'rankings',
      name: t('Who ranks which trends'),
      header: [t('Name'), t('E-mail'), t('Department'), t('Team'), t('Order')],
      rows: people.map(({ id: personId, name, email, department, teamId }) => {
        const tiers = orders.get(teamId === null ? `p${personId}` : `t${teamId}`) ?? [];
        const order = tiers
          .map((tier) => tier.map((trend) => sentences.get(trend) ?? '').join(' = '))
          .join(' > ');
        return [name, email, department, teamId === null ? '' : (names.get(teamId) ?? ''), order];
      }),
    };
  });
}
