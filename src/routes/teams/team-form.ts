import type { Context } from '../../context.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { orNotFound } from '../../refusal.ts';
import * as list from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trends from '../../store/trends/trends.ts';
import { idIn, idListField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { formKeyIn, noMistakes, typedIn } from '../../web/submit.ts';
import type { Answer, Visit } from '../../web/visit.ts';

/** How many young talents a search shows beside those that are chosen. */
const mostFound = 25;
/** How many trends can be chosen from; another one has "Make a team for it" on its page. */
const mostTrends = 50;

/** The form of a new team, or of one there is, with what was typed where it comes back. */
export async function showForm(visit: Visit, back = noMistakes): Promise<Answer> {
  const { ctx, request, words } = visit;
  const { t } = words;
  const isNew = (request.params as { id?: string }).id === undefined;
  const typed = typedIn(back);
  const team = isNew ? null : orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const wanted = String((request.query as { trend?: unknown }).trend ?? '');
  const values = {
    name: team?.name ?? t('Team {n}', { n: (await teams.count(ctx.db)) + 1 }),
    trendId: team ? String(team.trendId ?? '') : wanted,
  };
  const find = String(typed?.find ?? '').slice(0, 200);
  const chosen = typed ? membersTyped(typed) : (team?.members.map(({ id }) => id) ?? []);
  return page(visit, 'teams/form', {
    title: team ? t('Change {team}', { team: team.name }) : t('A new team'),
    tab: 'teams',
    team,
    values,
    find,
    ...(await trendsFor(ctx, team, typed ? String(typed.trendId ?? '') : wanted)),
    ...(await talentsFor(ctx, team, chosen, find)),
    formKey: formKeyIn(back),
    ...back,
  });
}

/** Lists talents: the chosen ones, then those that fit the search, by last name. */
async function talentsFor(ctx: Context, team: teams.TeamWithMembers | null, chosen: number[], find: string) {
  const fitting = { find, side: 'talent', department: '', only: 'active', but: chosen } as const;
  const found = await list.list(ctx.db, fitting, { offset: 0, limit: mostFound });
  const kept = (await people.findMany(ctx.db, chosen)).filter(
    ({ side, disabledAt }) => side === 'talent' && disabledAt === null,
  );
  const shown = [...kept.sort((a, b) => a.name.localeCompare(b.name, 'und')), ...found];
  const others = await teams.namesByPerson(
    ctx.db,
    shown.map(({ id }) => id),
    team?.id ?? null,
  );
  return {
    talents: shown.map(({ id, name, department, jobTitle }) => ({
      id,
      name,
      note: [jobTitle, department].filter(Boolean).join(', '),
      otherTeams: others.get(id) ?? [],
      isChosen: chosen.includes(id),
    })),
    notShown: (await list.count(ctx.db, fitting)) - found.length,
  };
}

/**
 * Lists the trends to choose from, the one asked for, and the present one whatever became of it; with the names of
 * teams that have one already.
 */
async function trendsFor(ctx: Context, team: teams.TeamWithMembers | null, wanted: string) {
  const open = await trends.open(ctx.db, mostTrends);
  const asked = /^[1-9]\d{0,8}$/.test(wanted) ? await trends.find(ctx.db, Number(wanted)) : null;
  const others = [team?.trend ?? null, asked && canBeGiven(asked) ? asked : null];
  const all = new Map([...others, ...open].flatMap((trend) => (trend ? [[trend.id, trend] as const] : [])));
  const taken = await teams.teamNamesByTrend(ctx.db, [...all.keys()], team?.id ?? null);
  return { trends: [...all.values()], takenBy: Object.fromEntries(taken), isCut: open.length === mostTrends };
}

function membersTyped(typed: Record<string, unknown>): number[] {
  const read = idListField.safeParse(typed.members);
  return read.success ? read.data : [];
}
