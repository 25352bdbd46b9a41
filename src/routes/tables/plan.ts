import { z } from 'zod';
import { editionOf } from '../../actions/edition.ts';
import { plansOf, tablesOf, withMet } from '../../actions/tables/evening.ts';
import { publishPlan, takeBackPublication } from '../../actions/tables/publish.ts';
import { beginSeating, endSeating, seatWithout, takePlan } from '../../actions/tables/seating.ts';
import { movePerson, placeBest, undoChange } from '../../actions/tables/seats.ts';
import { keepOneSeat, lockHere } from '../../actions/tables/wishes.ts';
import { mostRounds, mostTables } from '../../domain/tables/plan.ts';
import * as attendees from '../../store/tables/attendees.ts';
import * as seatings from '../../store/tables/seatings.ts';
import { idIn, idListField, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField } from '../../web/paging.ts';
import { noFields, noMistakes, savedMeanwhile, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { factNames } from './facts-view.ts';
import { linksData } from './links-view.ts';
import { planData, wishesData, workData } from './plan-view.ts';

/** Registers the table plan of an event for organisers: seat everyone, move one person, publish. */
export function tablePlanRoutes(at: Pages): void {
  at.get('/events/:id/tables', 'organiser', (visit) => showPlan(visit));
  at.post('/events/:id/tables/seating', 'organiser', seatEveryone);
  at.post('/events/:id/tables/seating/end', 'organiser', end);
  at.post('/events/:id/tables/seating/result', 'organiser', take);
  at.post('/events/:id/tables/seating/without', 'organiser', leaveOut);
  at.post('/events/:id/tables/places', 'organiser', place);
  at.post('/events/:id/tables/undoing', 'organiser', undo);
  at.post('/events/:id/tables/publication', 'organiser', publish);
  at.post('/events/:id/tables/publication/undoing', 'organiser', takeBack);
}

const messages = {
  moved: 'Moved.',
  off: 'Taken off the table.',
  locked: 'Locked: they stay at this table in this round.',
  stays: 'Their seat stays the same in all rounds.',
  placed: 'They have the best free place. Nobody else moved.',
  pick: 'Pick a person first, then the table.',
  undone: 'Undone.',
  published: 'Published. Guests and hosts see this plan now.',
  'taken-back': 'Undone. Guests and hosts see what they saw before.',
  begun: 'Everyone is being seated. You can leave this page.',
  stopped: 'Nothing was changed.',
  wished: 'Noted. It counts the next time you seat everyone.',
  removed: 'Removed.',
  read: 'The list is imported. Look at the plan, then publish it.',
  linked: 'Saved. People see the links of their own tables.',
  set: 'Saved. It counts the next time you seat everyone.',
};

const look = z.object({
  round: z.coerce.number().int().min(1).max(mostRounds).catch(1),
  page: pageField,
  q: z.string().trim().max(100).catch(''),
  list: z.enum(factNames).optional().catch(undefined),
  lines: pageField,
});

const oneRoom = ({ t }: Words) => ({
  title: t('This event has no round tables'),
  text: t('Everyone sits in one room, so there is no seating plan.'),
});

const neverPlanned = ({ t }: Words) => ({
  title: t('No tables were planned'),
  text: t('This event is over, and everyone found a seat without a plan.'),
});

/** Shows the plan; forms of the page show it again with what was wrong. */
export async function showPlan(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const now = ctx.now();
  const head = { ...lead, here: 'tables', title: words.t('Tables of {name}', { name: event.name }) };
  if (event.shape !== 'tables') return page(visit, 'tables/none', { ...head, none: oneRoom(words) });
  const tables = await withMet(ctx.db, event, await tablesOf(ctx.db, event, now));
  const plans = await plansOf(ctx.db, event.id, tables);
  if (lead.isOver && plans.seats.size + plans.publishedSeats.size === 0)
    return page(visit, 'tables/none', { ...head, none: neverPlanned(words) });
  const work = workData(words, await seatings.findSeating(ctx.db, event.id), tables, now);
  const access = await attendees.withAccessNeeds(ctx.db, event.id);
  const kept = new Set(tables.wishes.flatMap(({ kind, personId }) => (kind === 'stays' ? [personId] : [])));
  return page(visit, 'tables/plan', {
    ...head,
    ...planData(words, event, tables, plans, readQuery(request, look), now),
    work,
    // While the planner works only its progress is asked for; then all that its plan changes comes along.
    along: work?.state === 'working' ? [] : ['plan-room', 'plan-facts', 'plan-publish'],
    settingsSeen: editionOf({ ...tables.settings }),
    meanwhile: savedMeanwhile(mistakes, {
      tables: words.t('Number of tables'),
      mostSeats: words.t('Most seats at a table'),
    }),
    links: await linksData(visit, event),
    wishes: wishesData(words, tables),
    proposals: tables.people.filter(({ id, host }) => host === null && access.has(id) && !kept.has(id)),
    ...mistakes,
    message: messageFor(visit, messages),
  });
}

/** Returns the page's address with the round, page and search that the press came from. */
export function backTo(visit: SignedInVisit, word?: keyof typeof messages, anchor = ''): string {
  const { round, page: at, q } = readQuery(visit.request, look);
  const query = { round: round > 1 ? round : '', page: at, q, said: word };
  return `${addressWith(`/events/${idIn(visit.request)}/tables`, query)}${anchor}`;
}

/** A press on the page; refused, it leads back to the page with the reason. */
const planPress =
  <S extends z.ZodObject>(form: S, act: (visit: SignedInVisit, values: z.output<S>) => Promise<string>) =>
  (visit: SignedInVisit) =>
    submit(visit, form, {
      act: (values) => act(visit, values),
      again: (mistakes) => showPlan(visit, mistakes),
      field: '',
    });

const seatingForm = z.object({ how: z.enum(['afresh', 'mend']) });

const seatEveryone = planPress(seatingForm, async (visit, { how }) => {
  await beginSeating(visit.ctx, idIn(visit.request), how === 'afresh');
  return backTo(visit, 'begun');
});

const end = planPress(z.object({ how: z.enum(['keep', 'stop']) }), async (visit, { how }) => {
  await endSeating(visit.ctx, idIn(visit.request), how === 'keep');
  return backTo(visit, how === 'keep' ? undefined : 'stopped');
});

const take = planPress(z.object({ take: z.enum(['yes', 'no']) }), async (visit, { take: answer }) => {
  await takePlan(visit.ctx, idIn(visit.request), answer === 'yes');
  return backTo(visit, answer === 'yes' ? undefined : 'stopped');
});

const withoutForm = z.object({ without: idListField });

const leaveOut = planPress(withoutForm, async (visit, { without }) => {
  await seatWithout(visit.ctx, idIn(visit.request), without);
  return backTo(visit, 'begun');
});

const tableField = z.coerce.number().int().min(1).max(mostTables);

/** The pick of a person and the press that says what happens to them; `who` is their number and the table they were seen at. */
const placeForm = z.object({
  who: z
    .string()
    .regex(/^\d{1,10}\.\d{1,4}$/)
    .optional(),
  round: z.coerce.number().int().min(1).max(mostRounds),
  to: tableField.optional(),
  table: tableField.optional(),
  do: z.enum(['move', 'off', 'lock', 'stays']).optional(),
  best: z.coerce.number().int().min(1).optional(),
});

const place = planPress(placeForm, async (visit, values) => {
  const id = idIn(visit.request);
  if (values.best !== undefined) {
    await placeBest(visit.ctx, id, values.best);
    return backTo(visit, 'placed', `#seat-${values.best}`);
  }
  const [personId, from] = (values.who ?? '').split('.').map(Number) as [number, number];
  if (values.who === undefined) return backTo(visit, 'pick', '#plan-room');
  return backTo(visit, await actOn(visit, personId, from, values), `#seat-${personId}`);
});

async function actOn(
  { ctx, request }: SignedInVisit,
  personId: number,
  from: number,
  { to, table, do: act, round }: z.output<typeof placeForm>,
): Promise<keyof typeof messages> {
  const id = idIn(request);
  if (act === 'lock') {
    await lockHere(ctx, id, personId, round);
    return 'locked';
  }
  if (act === 'stays') {
    await keepOneSeat(ctx, id, personId);
    return 'stays';
  }
  const target = act === 'off' ? 0 : (to ?? table ?? 0);
  await movePerson(ctx, id, { personId, round, from, to: target });
  return act === 'off' ? 'off' : 'moved';
}

const seenForm = z.object({ seen: z.coerce.number().int().min(0) });

const undo = planPress(seenForm, async (visit, { seen }) => {
  await undoChange(visit.ctx, idIn(visit.request), seen);
  return backTo(visit, 'undone');
});

const publish = planPress(seenForm, async (visit, { seen }) => {
  await publishPlan(visit.ctx, idIn(visit.request), seen);
  return backTo(visit, 'published', '#plan-publish');
});

const takeBack = planPress(noFields, async (visit) => {
  await takeBackPublication(visit.ctx, idIn(visit.request));
  return backTo(visit, 'taken-back', '#plan-publish');
});
