import { z } from 'zod';
import { tablesOf } from '../../actions/tables/evening.ts';
import { keepOneSeat, saveSettings, wishPair } from '../../actions/tables/wishes.ts';
import { mostTables } from '../../domain/tables/plan.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as store from '../../store/tables/wishes.ts';
import { idIn, lineField } from '../../web/forms.ts';
import { noFields, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { backTo, showPlan } from './plan.ts';

/** Registers the presses by which organisers wish something of a table plan, and set its tables. */
export function tableWishRoutes(at: Pages): void {
  at.post('/events/:id/tables/wishes', 'organiser', wish);
  at.post('/events/:id/tables/wishes/:wishId/removal', 'organiser', press(noFields, remove));
  at.post('/events/:id/tables/kept-seats/:personId', 'organiser', press(noFields, keepSeat));
  at.post('/events/:id/tables/settings', 'organiser', set);
}

const nameField = (sentence: string) =>
  lineField(254, 'Write at most 254 characters: a name.').refine((value) => value !== '', sentence);

const wishForm = z.object({
  kind: z.enum(['apart', 'together']),
  instead: z.literal('yes').optional(),
  person: nameField('Write who it is: first and last name.'),
  other: nameField('Write who the other one is: first and last name.'),
});

const wish = (visit: SignedInVisit) =>
  submit(visit, wishForm, {
    act: async ({ kind, person, other, instead }) => {
      const id = idIn(visit.request);
      const event = orNotFound(await events.find(visit.ctx.db, id), 'event');
      const { people } = await tablesOf(visit.ctx.db, event);
      const [personId, otherId] = [calledIn(people, person, 'person'), calledIn(people, other, 'other')];
      await wishPair(visit.ctx, id, { kind, personId, otherId, instead: instead === 'yes' });
      return backTo(visit, 'wished', '#plan-wishes');
    },
    again: (mistakes) => showPlan(visit, mistakes),
    field: 'other',
  });

/** The one person of this name among those expected; their first or last name will do where it is one person's alone. */
function calledIn(people: readonly { id: number; name: string }[], words: string, field: string): number {
  const folded = words.toLocaleLowerCase();
  const exact = people.filter(({ name }) => name.toLocaleLowerCase() === folded);
  const found =
    exact.length > 0 ? exact : people.filter(({ name }) => name.toLocaleLowerCase().includes(folded));
  if (found.length === 1) return found[0]!.id;
  throw found.length === 0
    ? new Refusal('invalid', 'Nobody who comes is called {name}.', { name: words }, field)
    : new Refusal(
        'invalid',
        'Several people who come are called {name}. Write the whole name.',
        { name: words },
        field,
      );
}

async function remove(visit: SignedInVisit) {
  const { ctx, request } = visit;
  const isGone = await store.removeWish(ctx.db, idIn(request), idIn(request, 'wishId'));
  orNotFound(isGone ? true : null, 'page');
  return backTo(visit, 'removed', '#plan-wishes');
}

async function keepSeat(visit: SignedInVisit) {
  await keepOneSeat(visit.ctx, idIn(visit.request), idIn(visit.request, 'personId'));
  return backTo(visit, 'stays', '#plan-wishes');
}

/** A number, or nothing: then it is proposed. */
const numberField = (least: number, most: number, sentence: string) =>
  z
    .string()
    .trim()
    .refine(
      (value) => value === '' || (/^\d{1,4}$/.test(value) && +value >= least && +value <= most),
      sentence,
    )
    .transform((value) => (value === '' ? null : Number(value)));

const settingsForm = z.object({
  tables: numberField(1, mostTables, 'Write a number of tables from 1 to 200, or leave it empty.'),
  mostSeats: numberField(2, 100, 'Write a number of seats from 2 to 100, or leave it empty.'),
  seen: z.string().max(40).optional(),
});

const set = (visit: SignedInVisit) =>
  submit(visit, settingsForm, {
    act: async ({ seen, ...settings }) => {
      await saveSettings(visit.ctx, idIn(visit.request), settings, seen);
      return backTo(visit, 'set', '#plan-settings');
    },
    again: (mistakes) => showPlan(visit, mistakes),
  });
