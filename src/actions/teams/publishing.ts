import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { TrendGivenLetter } from '../../domain/letters/programme-facts.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import {
  concerned,
  type DraftRow,
  type Placement,
  type PublishUndo,
  targetTeams,
} from '../../domain/teams/draft.ts';
import { publicReason } from '../../domain/teams/reasons.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { removeHeldPress, removeWholePress } from '../../store/letters/presses.ts';
import * as people from '../../store/people/people.ts';
import * as drafts from '../../store/teams/drafts.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as runs from '../../store/teams/runs.ts';
import * as teams from '../../store/teams/teams.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import * as trends from '../../store/trends/trends.ts';
import { note } from '../audit/note.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';
import { lockRound } from './draft-runs.ts';
import { restoreEntries, syncMeetings } from './meeting-entries.ts';
import { writeDownPresentations } from './presentations.ts';

/** One publication: the people it concerns, as the draft has them. */
interface Publication {
  programme: programmes.Programme;
  round: rounds.Round;
  rows: DraftRow[];
  before: Placement[];
  known: Map<number, trends.Trend>;
  undo: PublishUndo;
}

/**
 * Gives teams and people the trends of the draft and writes to those whom it concerns: everyone at first, later those
 * whose trend is another one. The e-mails wait ten seconds. Returns how many there are. Throws a Refusal ('conflict')
 * where nothing has changed, or the draft fits no longer.
 */
export async function publish(ctx: Context, by: number, seen: number): Promise<number> {
  await writeDownPresentations(ctx);
  return ctx.db.transaction(async (tx) => {
    const publication = await prepare(ctx, tx, seen);
    const { programme, round, undo } = publication;
    await leaveTeams(tx, publication);
    const told = await joinTeams(ctx, tx, publication);
    await drafts.tell(tx, programme.id, told, ctx.now());
    await followMeetings(ctx, tx, undo);
    await writeLetters(ctx, tx, by, publication, told);
    await rounds.change(tx, programme.id, {
      publishedAt: round.publishedAt ?? ctx.now(),
      publishUndo: undo,
      undo: null,
      changedById: by,
    });
    const numbers = { n: told.length };
    await note(ctx, tx, { by, act: 'published-teams', about: programme.name, numbers });
    return told.length;
  });
}

async function prepare(ctx: Context, tx: Tx, seen: number): Promise<Publication> {
  const round = await lockRound(tx, seen);
  const programme = orNotFound(await programmes.current(tx), 'page');
  const draft = await drafts.all(tx, programme.id);
  const published = await drafts.published(tx, programme.id);
  const changed = new Set(concerned(draft, published));
  const rows = draft.filter(({ personId }) => changed.has(personId));
  if (rows.length === 0)
    throw new Refusal('conflict', 'Everyone has heard of this already: nothing has changed since.');
  await refuseOutdatedPeople(tx, programme.id, rows, published);
  const ids = [...new Set(rows.flatMap(({ trendId }) => (trendId === null ? [] : [trendId])))];
  const locked = await trends.lock(tx, ids);
  const gone = locked.find((trend) => !canBeGiven(trend));
  if (gone)
    throw new Refusal('conflict', '“{trend}” was parked or merged in the meantime. Make the draft again.', {
      trend: gone.sentence,
    });
  const press = `trend-given:${programme.id}:${ctx.now().epochMilliseconds}`;
  const undo: PublishUndo = {
    press,
    until: undoEnds(ctx.now()).toString(),
    isFirst: round.publishedAt === null,
    madeTeams: [],
    gaveTrend: [],
    joined: [],
    left: [],
    before: published.filter(({ personId }) => changed.has(personId)),
    changed: [...changed],
  };
  const known = new Map(locked.map((trend) => [trend.id, trend]));
  return { programme, round, rows, before: published, known, undo };
}

/** Refuses a draft with people who left, or whom somebody has put into a team with a trend meanwhile. */
async function refuseOutdatedPeople(
  tx: Tx,
  programmeId: number,
  rows: readonly DraftRow[],
  published: readonly Placement[],
): Promise<void> {
  const free = new Set((await toPlace.toPlace(tx, programmeId)).map(({ id }) => id));
  const told = new Set(published.map(({ personId }) => personId));
  const wrong = rows.find(({ personId }) => !free.has(personId) && !told.has(personId));
  if (!wrong) return;
  const person = await people.find(tx, wrong.personId);
  throw new Refusal(
    'conflict',
    '{name} is in a team with a trend already, or has left. Make the draft again.',
    {
      name: person?.name ?? '',
    },
  );
}

/** People who were told of another trend leave the team that publishing had put them into. */
async function leaveTeams(tx: Tx, { undo }: Publication): Promise<void> {
  for (const { personId, teamId, joined } of undo.before) {
    if (teamId === null || !joined) continue;
    await teams.leave(tx, teamId, [personId]);
    undo.left.push([teamId, personId]);
  }
}

/** Calendars follow those who left a team, or came into one. */
async function followMeetings(ctx: Context, tx: Tx, undo: PublishUndo): Promise<void> {
  const held = { press: meetingsOf(undo), until: Temporal.Instant.from(undo.until) };
  const changed = new Set([...undo.joined, ...undo.left].map(([teamId]) => teamId));
  const entries = [];
  for (const teamId of changed) entries.push(...(await syncMeetings(ctx, tx, teamId, { by: null, held })));
  undo.entries = entries;
}

/** Name of the e-mails about meetings that a publication brings with it. */
const meetingsOf = ({ press }: PublishUndo) => press.replace('trend-given', 'trend-given-meetings');

/** Everybody of a trend comes into its team; teams made by hand get the trend and stay as they are. */
async function joinTeams(ctx: Context, tx: Tx, publication: Publication): Promise<Placement[]> {
  const { round, rows, before, undo } = publication;
  const firsts = await firstsOf(tx, round);
  const changed = new Set(undo.changed);
  const existing = before.flatMap(({ personId, teamId, trendId }) =>
    teamId !== null && trendId !== null && !changed.has(personId) ? [{ id: teamId, trendId }] : [],
  );
  const targets = targetTeams(rows, existing);
  const made = new Map<number, number>();
  const places: Placement[] = [];
  for (const row of rows) {
    const { personId, teamId: own, trendId, choice } = row;
    const reason = publicReason(row, row.why, firsts.get(personId) ?? []);
    if (trendId === null) {
      places.push({ personId, teamId: null, trendId, choice: null, reason, joined: false });
      continue;
    }
    let teamId = targets.get(personId) ?? made.get(trendId) ?? null;
    if (teamId === null) {
      teamId = await makeTeam(ctx, tx, round, trendId);
      made.set(trendId, teamId);
      undo.madeTeams.push(teamId);
    }
    if (own === teamId) await giveTrend(tx, teamId, trendId, undo);
    else {
      await teams.join(tx, teamId, [personId]);
      undo.joined.push([teamId, personId]);
    }
    places.push({ personId, teamId, trendId, choice, reason, joined: own !== teamId });
  }
  return places;
}

/** A new team has the sizes of its season's rules. */
async function makeTeam(
  ctx: Context,
  tx: Tx,
  { programmeId, least, most }: rounds.Round,
  trendId: number,
): Promise<number> {
  const n = (await teams.count(tx, { season: programmeId })) + 1;
  const name = ctx.words.t('Team {n}', { n });
  const team = await teams.add(tx, { programmeId, name, trendId, least, most, createdAt: ctx.now() });
  return orNotFound(team, 'team').id;
}

async function giveTrend(tx: Tx, teamId: number, trendId: number, undo: PublishUndo): Promise<void> {
  if (undo.gaveTrend.some(([id]) => id === teamId)) return;
  const team = orNotFound(await teams.lock(tx, teamId), 'team');
  undo.gaveTrend.push([teamId, team.trendId]);
  await teams.change(tx, teamId, { trendId });
}

/** The first tier of each person's order, as the draft was made from it. */
async function firstsOf(tx: Tx, { runId }: rounds.Round): Promise<Map<number, readonly number[]>> {
  const run = runId === null ? null : await runs.find(tx, runId);
  return new Map(run?.question.people.map(({ id, tiers }) => [id, tiers[0] ?? []]));
}

async function writeLetters(
  ctx: Context,
  tx: Tx,
  by: number,
  { programme, known, undo, rows }: Publication,
  told: readonly Placement[],
): Promise<void> {
  const organiser = orNotFound(await people.find(tx, by), 'person');
  const everyone = await people.findMany(
    tx,
    rows.map(({ personId }) => personId),
  );
  const byId = new Map(everyone.map((person) => [person.id, person]));
  const heardBefore = new Set(undo.before.map(({ personId }) => personId));
  const hold = { id: null, until: Temporal.Instant.from(undo.until) };
  for (const { personId, trendId, teamId, choice, reason } of told) {
    const person = byId.get(personId);
    if (!person || person.disabledAt !== null) continue;
    const facts: Omit<TrendGivenLetter, 'teamUrl'> = {
      kind: 'trend-given',
      ...seasonFacts(programme, organiser, person.name),
      trend: trendId === null ? '' : (known.get(trendId)?.sentence ?? ''),
      choice,
      reason,
      isChange: heardBefore.has(personId),
      teamId: teamId ?? 0,
    };
    const letter = { key: `${undo.press}:${personId}`, kind: 'trend-given', to: person, hold };
    await sendLetter(ctx, tx, { ...letter, facts: { ...facts } });
  }
}

/** Takes a publication back while its e-mails wait. Throws a Refusal ('conflict') once they are on their way. */
export async function takeBackPublication(ctx: Context, by: number, seen: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, seen);
    const { publishUndo: undo, programmeId } = round;
    const tooLate = new Refusal('conflict', 'The ten seconds are over and the e-mails are on their way.');
    if (!undo || Temporal.Instant.compare(ctx.now(), undo.until) >= 0) throw tooLate;
    if ((await removeHeldPress(tx, 'trend-given', undo.press, ctx.now())) < (await written(tx, undo)))
      throw tooLate;
    for (const [teamId, personId] of undo.joined) await teams.leave(tx, teamId, [personId]);
    for (const [teamId, personId] of undo.left) await teams.join(tx, teamId, [personId]);
    for (const [teamId, trendId] of undo.gaveTrend) await teams.change(tx, teamId, { trendId });
    await removeWholePress(tx, meetingsOf(undo), ctx.now());
    await restoreEntries(tx, undo.entries ?? []);
    for (const teamId of undo.madeTeams) await teams.remove(tx, teamId);
    await drafts.forget(tx, programmeId, undo.changed);
    await drafts.tell(tx, programmeId, undo.before, round.publishedAt ?? ctx.now());
    const publishedAt = undo.isFirst ? null : round.publishedAt;
    await rounds.change(tx, programmeId, { publishUndo: null, publishedAt, changedById: by });
    const programme = orNotFound(await programmes.current(tx), 'page');
    await note(ctx, tx, { by, act: 'took-back-teams', about: programme.name });
  });
}

/** E-mails that the publication wrote: people who are deactivated got none. */
async function written(tx: Tx, { changed }: PublishUndo): Promise<number> {
  const all = await people.findMany(tx, changed);
  return all.filter(({ disabledAt }) => disabledAt === null).length;
}
