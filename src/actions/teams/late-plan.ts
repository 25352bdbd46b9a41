// Everyone without a team is placed by one press, together, by the season's own rule and sums.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { lateWishes, type NamedPlaces } from '../../domain/teams/late-plan.ts';
import { apartPairs } from '../../domain/teams/team-wishes.ts';
import { planInWorker } from '../../planning/worker.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as latePlaces from '../../store/teams/late-places.ts';
import * as rankings from '../../store/teams/rankings.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as teamWishes from '../../store/teams/team-wishes.ts';
import { note } from '../audit/note.ts';
import { closeRoundOfPlaces, openPlacing, placeOne, todayIn } from './late-places.ts';

/** Seconds after which the best so far is the answer. */
const seconds = 5;

/** Reads who has no team, with their orders, the teams at work, and who works apart. */
export async function lateNow(ctx: Context, programme: programmes.Programme) {
  const { db } = ctx;
  const late = await latePlaces.withoutTeam(db, programme.id);
  const ids = late.map(({ id }) => id);
  const orders = await rankings.ofPeople(db, programme.id, ids);
  const teams = await latePlaces.teamsAtWork(db, programme.id, todayIn(programme, ctx.now()));
  const apart = apartPairs(await teamWishes.all(db, programme.id));
  return { late: ids.map((id) => ({ id, tiers: orders.get(id) ?? [] })), teams, apart };
}

/** Works out the places of everyone without a team, all together, while everybody who has one stays. */
export async function planLate(ctx: Context, programme: programmes.Programme): Promise<NamedPlaces> {
  const { late, teams, apart } = await lateNow(ctx, programme);
  const round = (await rounds.find(ctx.db, programme.id)) ?? rounds.usual(programme.id);
  const wishes = lateWishes(late, teams, apart);
  if (wishes.agents.length === 0 || wishes.trends.length === 0) return [];
  const asked = { wishes, rules: [round.rule] };
  const { plans } = await planInWorker('round', asked, { seed: round.seed, seconds });
  const known = new Set(late.map(({ id }) => id));
  return Object.entries(plans[0]?.assignment ?? {})
    .map(([person, team]): [number, number] => [Number(person), Number(team)])
    .filter(([person]) => known.has(person))
    .toSorted(([a], [b]) => a - b);
}

/**
 * Places everyone who has no team as far as there are free places; nobody else moves, and ten seconds undo it. Returns the
 * press and how many were placed. Throws a Refusal ('conflict') where no place is free, or another organiser was first.
 */
export async function placeEveryone(ctx: Context, by: number, seen: number): Promise<number> {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const places = await planLate(ctx, programme);
  if (places.length === 0)
    throw new Refusal(
      'conflict',
      'No team has a free place for them. Raise the most of a team, or make a new one.',
    );
  return ctx.db.transaction(async (tx) => {
    const organiser = orNotFound(await people.find(tx, by), 'person');
    const placing = await openPlacing(ctx, tx, organiser, undoEnds(ctx.now()));
    await refuseChanged(tx, programme.id, seen);
    let n = 0;
    for (const [personId, teamId] of places)
      n += await placeOne(ctx, tx, placing, teamId, { personId }).then(() => 1, takenMeanwhile);
    await closeRoundOfPlaces(tx, placing);
    await note(ctx, tx, { by, act: 'placed-all-late', about: programme.name, numbers: { n } });
    return n;
  });
}

async function refuseChanged(tx: Tx, programmeId: number, seen: number): Promise<void> {
  const { revision } = await rounds.lock(tx, programmeId);
  if (revision === seen) return;
  throw new Refusal(
    'conflict',
    'Another organiser has placed someone or changed the rules in the meantime. Look at the list as it is now.',
  );
}

/** Somebody who found a team while the plan was made stays there. */
function takenMeanwhile(error: unknown): number {
  if (error instanceof Refusal && error.kind === 'conflict') return 0;
  throw error;
}
