import { todayIn } from '../../../actions/teams/late-places.ts';
import { formatNearDay } from '../../../domain/events/coming.ts';
import { wallTimeOf } from '../../../domain/events/wall-time.ts';
import {
  type Apart,
  apartOf,
  bestPlace,
  type LatePerson,
  missedFirsts,
  peopleShort,
  placeObstacle,
  roomIn,
} from '../../../domain/teams/late-places.ts';
import { type Tiers, tierOf } from '../../../domain/teams/ranking.ts';
import { apartPairs } from '../../../domain/teams/team-wishes.ts';
import type { Programme } from '../../../store/events/programmes.ts';
import * as offers from '../../../store/offers/offers.ts';
import * as latePlaces from '../../../store/teams/late-places.ts';
import * as asks from '../../../store/teams/place-asks.ts';
import * as rankings from '../../../store/teams/rankings.ts';
import * as teamWishes from '../../../store/teams/team-wishes.ts';
import type { Visit } from '../../../web/visit.ts';
import { localeOf, type Words } from '../../../words.ts';
import { choiceWords } from '../choice-words.ts';

/** People of each kind that the page of a team shows as candidates. */
const shown = 5;
/** People who were asked that it names. */
const askedShown = 12;

/** Says what a place is to somebody: 'Their second choice', 'Not ranked'. */
export function priceOf(words: Words, choice: number | null, tiers: Tiers): { text: string; tone: string } {
  const { t } = words;
  if (choice !== null)
    return {
      text: t('Their {choice}', { choice: choiceWords(words, choice) }),
      tone: choice === 0 ? 'go' : choice > 1 ? 'wait' : '',
    };
  return { text: tiers.length > 0 ? t('Not ranked') : t('Ranked none'), tone: 'wait' };
}

/** Everything an organiser needs to fill a free place of a team; null where it takes nobody in. */
export async function candidatesFor(visit: Visit, programme: Programme, teamId: number) {
  const { ctx, words } = visit;
  const { db } = ctx;
  const today = todayIn(programme, ctx.now());
  const team = await latePlaces.teamAtWork(db, teamId, today);
  const asked = await asks.ofTeam(db, teamId, askedShown);
  if (!team || (roomIn(team) === 0 && asked.length === 0)) return null;
  const short = peopleShort(team, team.memberIds.length);
  return {
    short,
    room: roomIn(team),
    least: team.least,
    members: team.memberIds.length,
    ...(roomIn(team) > 0
      ? await peopleFor(visit, programme, team)
      : { reserve: [], late: [], more: 0, kept: 0 }),
    asked: asked.map((ask) => ({ id: ask.id, name: ask.name, text: askText(words, programme, ask) })),
    isAsking: asked.some(({ state }) => state === 'asked'),
  };
}

async function peopleFor({ ctx, words }: Visit, programme: Programme, team: latePlaces.NamedTeam) {
  const { db } = ctx;
  const { trendId } = team;
  const reserve = await offers.reserves(db, { programmeId: programme.id, side: 'talent' }, shown);
  const topics = await offers.topicsOf(
    db,
    reserve.map(({ id }) => id),
  );
  const all = await latePlaces.withoutTeam(db, programme.id, { trendId, limit: 4 * shown });
  const total = await latePlaces.countLate(db, programme.id);
  const apart = apartOf(apartPairs(await teamWishes.all(db, programme.id)));
  const free = all.filter(({ id }) => placeObstacle(team, id, apart) === null);
  const late = free.slice(0, shown);
  const orders = await rankings.ofPeople(
    db,
    programme.id,
    late.map(({ id }) => id),
  );
  return {
    reserve: reserve.map(({ id, name, department, jobTitle }) => ({
      id,
      name,
      note: [jobTitle, department].filter(Boolean).join(', '),
      price: (topics.get(id) ?? []).some((topic) => topic.id === trendId)
        ? { text: words.t('Can tell about this'), tone: 'go' }
        : { text: words.t('Ranked none'), tone: 'wait' },
    })),
    late: late.map(({ id, name, department }) => {
      const tiers = orders.get(id) ?? [];
      return { id, name, note: department, price: priceOf(words, tierOf(tiers, trendId), tiers) };
    }),
    more: total - late.length,
    kept: all.length - free.length,
  };
}

function askText(words: Words, { timeZone }: Programme, { state, askedAt, answerBy }: asks.NamedAsk): string {
  const { t } = words;
  const day = (at: Temporal.Instant) => formatNearDay(wallTimeOf(at, timeZone), localeOf(words));
  const texts = {
    asked: t('Asked on {day}, has until {until}', {
      day: day(askedAt),
      until: `${day(answerBy)}, ${wallTimeOf(answerBy, timeZone).slice(11)}`,
    }),
    yes: t('Took the place'),
    no: t('Said no thank you'),
    late: t('Did not answer in time'),
    stopped: t('You stopped asking'),
  };
  return texts[state];
}

/** One page of the talents without a team, each with the best place there is for them and its price. */
export async function latePeople(
  { ctx, words }: Visit,
  programme: Programme,
  page?: { offset: number; limit: number },
) {
  const { db } = ctx;
  const people = await latePlaces.withoutTeam(db, programme.id, page);
  const ids = people.map(({ id }) => id);
  const orders = await rankings.ofPeople(db, programme.id, ids);
  const teams = await latePlaces.teamsAtWork(db, programme.id, todayIn(programme, ctx.now()));
  const apart = apartOf(apartPairs(await teamWishes.all(db, programme.id)));
  const rows = people.map((person) => {
    const tiers = orders.get(person.id) ?? [];
    return { ...person, ...placeText(words, { id: person.id, tiers }, teams, apart) };
  });
  return { rows, free: teams.reduce((sum, team) => sum + roomIn(team), 0) };
}

function placeText(words: Words, person: LatePerson, teams: readonly latePlaces.NamedTeam[], apart: Apart) {
  const best = bestPlace(person, teams, apart);
  const team = best && teams.find(({ id }) => id === best.teamId);
  if (!best || !team) return { place: null, price: null, note: '' };
  const missed = missedFirsts(person, best.choice, teams, apart);
  const full = teams.find(({ trendId }) => missed.includes(trendId));
  return {
    place: { teamId: team.id, team: team.name, trend: team.trend },
    price: priceOf(words, best.choice, person.tiers),
    note: full ? words.t('{team}, their first choice, has no place for them.', { team: full.name }) : '',
  };
}

/** The press that its reader can still undo, in words. */
export async function placesUndo(
  { ctx, words, viewer }: Visit & { viewer: { id: number } },
  where: { teamId: number } | { programmeId: number },
) {
  const last = await latePlaces.undoablePress(ctx.db, viewer.id, ctx.now(), where);
  if (!last) return null;
  const { t, tn } = words;
  const n = last.names.length;
  const placed =
    n === 1
      ? t('{name} is placed. The e-mails leave in ten seconds.', { name: last.names[0]! })
      : tn(n, '{n} person is placed.', '{n} people are placed. The e-mails leave in ten seconds.');
  return {
    press: last.press,
    kind: last.kind,
    text: last.kind === 'left' ? t('You have left the team. It hears in ten seconds.') : placed,
  };
}
