import { todayIn } from '../../actions/teams/late-places.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as teams from '../../store/teams/teams.ts';
import type { Visit } from '../../web/visit.ts';

/** Teams of somebody, those at work apart from those whose events or seasons are over. */
export async function teamsFor({ ctx }: Visit, personId: number) {
  const programme = await programmes.current(ctx.db);
  const today = programme ? todayIn(programme, ctx.now()) : '';
  const all = await teams.withMembers(ctx.db, { of: personId, pastLast: today });
  const over = await teams.pastAmong(ctx.db, [0, ...all.map(({ id }) => id)], today);
  const isCurrent = ({ id, programmeId }: teams.Team) => programmeId === programme?.id && !over.has(id);
  const row = ({ id, name, trend }: teams.TeamWithMembers) => ({ id, name, trend: trend?.sentence ?? '' });
  return {
    current: all.filter(isCurrent).map(row),
    past: all.filter((team) => !isCurrent(team)).map(row),
  };
}
