import { editionOf, seenIn } from '../../actions/edition.ts';
import { fieldsOf } from '../../actions/teams/teams.ts';
import type { Context } from '../../context.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as list from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trends from '../../store/trends/trends.ts';
import { idIn, idListField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { formKeyIn, type Mistakes, noMistakes, savedMeanwhile, typedIn } from '../../web/submit.ts';
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
    name: team?.name ?? t('Team {n}', { n: (await teams.count(ctx.db, { season: 'on' })) + 1 }),
    trendId: team ? String(team.trendId ?? '') : wanted,
    least: team?.least ?? 2,
    most: team?.most ?? 3,
    isOpen: team?.isOpen ?? false,
  };
  const find = String(typed?.find ?? '').slice(0, 200);
  const chosen = typed ? membersTyped(typed) : (team?.members.map(({ id }) => id) ?? []);
  return page(visit, 'teams/form', {
    title: team ? t('Change {team}', { team: team.name }) : t('A new team'),
    tab: 'teams',
    team,
    values,
    find,
    ...(await trendsFor(visit, team, typed ? String(typed.trendId ?? '') : wanted)),
    ...(await talentsFor(ctx, team, chosen, find)),
    formKey: formKeyIn(back),
    seen: seenIn(back) ?? (team ? editionOf(fieldsOf(team)) : ''),
    meanwhile: await savedSince(visit, back),
    ...back,
  });
}

/** Lists what somebody else saved meanwhile, with the names of people and the trend. */
async function savedSince({ ctx, words: { t } }: Visit, back: Mistakes) {
  const { stored } = back;
  if (!stored) return [];
  const labels = {
    name: t('Name'),
    trendId: t('Trend'),
    isOpen: t('Open to join'),
    least: t('Members at least'),
    most: t('Members at most'),
    members: t('Members'),
  };
  const ids = (stored.members as string[]).map(Number);
  const names = (await people.findMany(ctx.db, ids)).map(({ name }) => name).toSorted();
  const trend = stored.trendId === '' ? null : await trends.find(ctx.db, Number(stored.trendId));
  const typed = { ...back.typed, members: membersTyped(back.typed).map(String).toSorted() };
  return savedMeanwhile({ ...back, typed }, labels, (name, value) => {
    if (name === 'members') return names.join(', ');
    if (name === 'isOpen') return value === 'on' ? t('yes') : t('no');
    return name === 'trendId' ? (trend?.sentence ?? '') : value;
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
async function trendsFor({ ctx, words: { t } }: Visit, team: teams.TeamWithMembers | null, wanted: string) {
  const open = await trends.open(ctx.db, mostTrends);
  const season = await programmes.current(ctx.db);
  const asked = /^[1-9]\d{0,8}$/.test(wanted) ? await trends.find(ctx.db, Number(wanted)) : null;
  const others = [
    team?.trend ?? null,
    asked && canBeGiven(asked) && asked.programmeId === season?.id ? asked : null,
  ];
  const all = new Map([...others, ...open].flatMap((trend) => (trend ? [[trend.id, trend] as const] : [])));
  const taken = await teams.teamNamesByTrend(ctx.db, [...all.keys()], team?.id ?? null);
  const names = new Map(taken);
  const states: Record<string, string> = { shortlisted: t(' (shortlisted)'), parked: t(' (parked)') };
  const options = [...all.values()].map(({ id, sentence, state }) => {
    const other = names.get(id);
    const isTaken = other ? t(' ({team} has it)', { team: other }) : '';
    return { value: String(id), label: `${sentence}${states[state] ?? ''}${isTaken}` };
  });
  const order =
    open.length === mostTrends
      ? t(
          'Shortlisted trends come first. For a trend that is not here, open its page and press “Make a team for it”.',
        )
      : t('Shortlisted trends come first.');
  return {
    trendOptions: [{ value: '', label: t('No trend yet') }, ...options],
    trendHint: options.length > 0 ? order : t('There is no trend to choose yet. You can come back for it.'),
  };
}

function membersTyped(typed: Record<string, unknown>): number[] {
  const read = idListField.safeParse(typed.members);
  return read.success ? read.data : [];
}
