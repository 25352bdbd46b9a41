// Somebody is placed after the teams have their trends: a free place, and nobody else moves.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { apartOf, type PlaceObstacle, placeObstacle } from '../../domain/teams/late-places.ts';
import { tierOf } from '../../domain/teams/ranking.ts';
import { publicReason } from '../../domain/teams/reasons.ts';
import { apartPairs } from '../../domain/teams/team-wishes.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { removeWholePress } from '../../store/letters/presses.ts';
import * as people from '../../store/people/people.ts';
import * as drafts from '../../store/teams/drafts.ts';
import * as latePlaces from '../../store/teams/late-places.ts';
import * as rankings from '../../store/teams/rankings.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as teamWishes from '../../store/teams/team-wishes.ts';
import * as teams from '../../store/teams/teams.ts';
import { note } from '../audit/note.ts';
import { acceptIntoTeam, returnToReserve } from '../offers/into-team.ts';
import { type Placing, tellOfPlace } from './late-letters.ts';
import { restoreEntries, syncMeetings } from './meeting-entries.ts';

/** Somebody to be placed: a talent in no team, or a person of the reserve list. */
export type Candidate = { personId: number } | { offerId: number };

const sentences: Record<PlaceObstacle, string> = {
  full: 'The last place in {team} was taken meanwhile. Choose another team.',
  apart: '{name} and someone in {team} work apart. Choose another team.',
};

/** Names a press and holds the season's round, so that of two organisers each sees what the other did. */
export async function openPlacing(
  ctx: Context,
  tx: Tx,
  organiser: people.Person,
  until: Temporal.Instant,
): Promise<Placing> {
  const programme = orNotFound(await programmes.current(tx), 'page');
  await rounds.lock(tx, programme.id);
  const press = `late-place:${organiser.id}:${ctx.random(6).toString('hex')}:${ctx.now().epochMilliseconds}`;
  return { programme, organiser, press, until };
}

/** The day in the programme's zone, 'YYYY-MM-DD'. */
export const todayIn = ({ timeZone }: Pick<programmes.Programme, 'timeZone'>, now: Temporal.Instant) =>
  now.toZonedDateTimeISO(timeZone).toPlainDate().toString();

/**
 * Places one person in a team; they and the team hear after ten seconds in which it can be undone. Nobody else moves.
 * Throws a Refusal ('conflict') where the team has no place left, somebody in it works apart from them, or they have one.
 */
export async function placeInTeam(ctx: Context, by: number, teamId: number, who: Candidate): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const organiser = orNotFound(await people.find(tx, by), 'person');
    const placing = await openPlacing(ctx, tx, organiser, undoEnds(ctx.now()));
    const about = await placeOne(ctx, tx, placing, teamId, who);
    await closeRoundOfPlaces(tx, placing);
    await note(ctx, tx, { by, act: 'placed-late', about });
    return placing.press;
  });
}

/** A press that was made since the draft or its publication ends what could be undone of them. */
export async function closeRoundOfPlaces(tx: Tx, { programme, organiser }: Placing): Promise<void> {
  await rounds.change(tx, programme.id, { publishUndo: null, undo: null, changedById: organiser.id });
}

/** Places one person within a press. Returns them. */
export async function placeOne(
  ctx: Context,
  tx: Tx,
  placing: Placing,
  teamId: number,
  who: Candidate,
): Promise<latePlaces.Late> {
  const { programme } = placing;
  const today = todayIn(programme, ctx.now());
  const seen = await latePlaces.teamAtWork(tx, teamId, today);
  if (!seen)
    throw new Refusal('conflict', 'This team takes nobody in: it has no trend, or its event is over.');
  const accepted =
    'offerId' in who
      ? await acceptIntoTeam(ctx, tx, who.offerId, { ...placing, name: placing.press, team: seen })
      : null;
  await teams.lock(tx, teamId);
  const team = orNotFound(await latePlaces.teamAtWork(tx, teamId, today), 'team');
  const person = await lockPerson(
    tx,
    programme.id,
    accepted?.person.id ?? ('personId' in who ? who.personId : 0),
  );
  const apart = apartOf(apartPairs(await teamWishes.all(tx, programme.id)));
  const obstacle = placeObstacle(team, person.id, apart);
  if (obstacle) throw new Refusal('conflict', sentences[obstacle], { name: person.name, team: team.name });
  await join(ctx, tx, placing, {
    team,
    person,
    accepted: accepted && 'offerId' in who ? { id: who.offerId, places: accepted.places } : null,
  });
  return person;
}

async function lockPerson(tx: Tx, programmeId: number, id: number): Promise<latePlaces.Late> {
  const [person] = await latePlaces.lockLate(tx, programmeId, [id]);
  if (person) return person;
  const known = await people.find(tx, id);
  throw new Refusal('conflict', '{name} is in a team already, or has left.', {
    name: known?.name ?? 'Someone',
  });
}

interface Joining {
  team: latePlaces.NamedTeam;
  person: latePlaces.Late;
  accepted: { id: number; places: number | null } | null;
}

async function join(
  ctx: Context,
  tx: Tx,
  placing: Placing,
  { team, person, accepted }: Joining,
): Promise<void> {
  const { programme, press, until, organiser } = placing;
  const { id: personId } = person;
  const before = await drafts.placementIn(tx, programme.id, personId);
  const tiers = (await rankings.ofPeople(tx, programme.id, [personId])).get(personId) ?? [];
  const choice = tierOf(tiers, team.trendId);
  const place = { trendId: team.trendId, choice, hasRanked: tiers.length > 0, isByHand: true };
  const reason = publicReason(place, [], tiers[0] ?? []);
  await teams.join(tx, team.id, [personId]);
  const placement = { personId, teamId: team.id, trendId: team.trendId, choice, reason, joined: true };
  await drafts.tell(tx, programme.id, [placement], ctx.now());
  const given = { trendId: team.trendId, choice, isByHand: true, why: [] };
  const draft = await latePlaces.changeDraftRow(tx, programme.id, personId, given);
  const entries = await syncMeetings(ctx, tx, team.id, { by: null, held: { press, until } });
  await latePlaces.addPress(tx, {
    programmeId: programme.id,
    teamId: team.id,
    personId,
    kind: 'placed',
    press,
    endsAt: until,
    byId: organiser.id,
    undo: { placement: before, draft, offer: accepted, entries },
  });
  await tellOfPlace(ctx, tx, placing, { team, person, placement, isNew: accepted !== null, before });
}

/**
 * Takes back all of one press while its e-mails wait: people are where they were, and offers on the reserve list again.
 * Throws a Refusal ('conflict') once the ten seconds are over.
 */
export async function undoPlaces(ctx: Context, by: number, press: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    await rounds.lock(tx, programme.id);
    const rows = (await latePlaces.lockPress(tx, press)).filter(({ kind }) => kind === 'placed');
    const tooLate = new Refusal('conflict', 'The ten seconds are over and the e-mails are on their way.');
    const isOver = rows.some(({ endsAt }) => Temporal.Instant.compare(ctx.now(), endsAt) >= 0);
    if (rows.length === 0 || isOver || !(await removeWholePress(tx, press, ctx.now()))) throw tooLate;
    for (const row of rows) await putBack(ctx, tx, programme.id, row);
    await latePlaces.removePress(tx, press);
    await rounds.change(tx, programme.id, { changedById: by });
    await note(ctx, tx, {
      by,
      act: 'took-back-late-places',
      about: programme.name,
      numbers: { n: rows.length },
    });
  });
}

async function putBack(ctx: Context, tx: Tx, programmeId: number, row: latePlaces.Press): Promise<void> {
  const { personId, teamId, undo } = row;
  await teams.lock(tx, teamId);
  await teams.leave(tx, teamId, [personId]);
  await restoreEntries(tx, undo.entries ?? []);
  await drafts.forget(tx, programmeId, [personId]);
  if (undo.placement) await drafts.tell(tx, programmeId, [undo.placement], ctx.now());
  if (undo.draft) {
    const { personId: _, ...values } = undo.draft;
    await latePlaces.changeDraftRow(tx, programmeId, personId, values);
  }
  if (!undo.offer) return;
  // The row of the press would keep the person whom the offer made.
  await latePlaces.removePress(tx, row.press);
  await returnToReserve(ctx, tx, undo.offer.id, undo.offer.places);
}
