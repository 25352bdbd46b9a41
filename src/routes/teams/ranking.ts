import { z } from 'zod';
import { holderOfRankingLink } from '../../actions/teams/ranking-reminders.ts';
import { dropWish, rank, wish } from '../../actions/teams/rankings.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import { idIn, lineField, readQuery, seenField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField } from '../../web/paging.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { colleagueCalled } from '../people/find-by-name.ts';
import { type Door, rankingData } from './ranking-view.ts';

/** Registers ranking at its three doors: signed in, at the link of an e-mail, and by an organiser for somebody. */
export function rankingRoutes(at: Pages): void {
  at.get('/ranking', 'signed-in', async (visit) => show(visit, await ownDoor(visit)));
  at.post('/ranking', 'signed-in', async (visit) => save(visit, await ownDoor(visit)));
  at.post('/ranking/wishes', 'signed-in', async (visit) => addWish(visit, await ownDoor(visit)));
  at.post('/ranking/wishes/removal', 'signed-in', async (visit) => removeWish(visit, await ownDoor(visit)));
  at.get('/rank/:token', 'link', async (visit) => show(visit, await linkDoor(visit)));
  at.post('/rank/:token', 'link', async (visit) => save(visit, await linkDoor(visit)));
  at.post('/rank/:token/wishes', 'link', async (visit) => addWish(visit, await linkDoor(visit)));
  at.post('/rank/:token/wishes/removal', 'link', async (visit) => removeWish(visit, await linkDoor(visit)));
  at.get('/people/:id/ranking', 'organiser', async (visit) => show(visit, await organisersDoor(visit)));
  at.post('/people/:id/ranking', 'organiser', async (visit) => save(visit, await organisersDoor(visit)));
}

async function ownDoor({ ctx, viewer }: SignedInVisit): Promise<Door> {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  return { programme, person: viewer, base: '/ranking', isOrganiser: false };
}

async function linkDoor({ ctx, request }: Visit): Promise<Door> {
  const { token } = request.params as { token: string };
  const { programme, holder } = await holderOfRankingLink(ctx, token);
  return { programme, person: holder, base: `/rank/${token}`, isOrganiser: false };
}

async function organisersDoor({ ctx, request }: Visit): Promise<Door> {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const person = orNotFound(await people.find(ctx.db, idIn(request)), 'person');
  return { programme, person, base: `/people/${person.id}/ranking`, isOrganiser: true };
}

const trendField = z.coerce.number().int().min(1).max(2_147_483_647);
const findField = z.string().trim().max(200);
const rankingQuery = z.object({
  page: pageField,
  find: findField.catch(''),
  moved: trendField.optional().catch(undefined),
});

async function show(visit: Visit, door: Door, mistakes: Mistakes = noMistakes): Promise<Answer> {
  const { typed } = mistakes;
  const asked = readQuery(visit.request, rankingQuery);
  const query = 'order' in typed ? { ...rankingQuery.parse(typed), moved: undefined } : asked;
  const isAtLink = door.base.startsWith('/rank/');
  return page(visit, 'teams/ranking', {
    ...(await rankingData(visit, door, query, mistakes)),
    ...(isAtLink && { layout: 'bare', organisation: door.programme.organisation }),
  });
}

const rankForm = z.object({
  order: z.string().max(400),
  seen: seenField,
  page: z.string().max(6).optional(),
  find: findField.optional(),
  up: trendField.optional(),
  down: trendField.optional(),
  out: trendField.optional(),
  in: trendField.optional(),
  do: z.enum(['save', 'any', 'find']).optional(),
});

const presses = ['up', 'down', 'out', 'in'] as const;

/** Each press saves the whole order as it leaves it. */
const save = (visit: Visit, door: Door) =>
  submit(visit, rankForm, {
    act: async (values) => {
      const how = presses.find((name) => values[name] !== undefined);
      const move = how && { how, trendId: values[how]! };
      const { order, seen } = values;
      await rank(visit.ctx, door.person.id, { move, order, seen }, { byOrganiser: door.isOrganiser });
      const query = { find: values.find, page: Number(values.page) || 1, moved: move?.trendId };
      return addressWith(door.base, query);
    },
    again: (mistakes) => show(visit, door, inOurWords(mistakes)),
    field: '',
    isLookingOnly: (typed) => typed.do === 'find',
  });

/** It is the same reader's other tab, or another member of the team. */
function inOurWords(mistakes: Mistakes): Mistakes {
  if (!mistakes.stored) return mistakes;
  const message = 'This order was changed in another place in the meantime. Compare the two, then keep one.';
  return { ...mistakes, errors: [{ field: '', message }] };
}

const wishForm = z.object({
  kind: z.enum(['with', 'not-with']),
  name: lineField(254, 'Write at most 254 characters: a name or an address.').refine(
    (value) => value !== '',
    'Write a full name or a work e-mail address.',
  ),
});

const addWish = (visit: Visit, door: Door) =>
  submit(visit, wishForm, {
    act: async ({ kind, name }) => {
      const other = await colleagueCalled(visit.ctx, door.person.id, name, 'name');
      await wish(visit.ctx, door.person.id, other.id, kind);
      return `${door.base}#wishes-h`;
    },
    again: (mistakes) => show(visit, door, { ...mistakes, errors: mistakes.errors.map(atName) }),
    field: 'name',
  });

const atName = <E extends { field: string }>(error: E): E => ({ ...error, field: 'name' });

const removalForm = z.object({ other: trendField });

const removeWish = (visit: Visit, door: Door) =>
  submit(visit, removalForm, {
    act: async ({ other }) => {
      await dropWish(visit.ctx, door.person.id, other);
      return `${door.base}#wishes-h`;
    },
    again: (mistakes) => show(visit, door, mistakes),
    field: 'name',
  });
