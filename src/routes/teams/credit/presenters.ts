import { z } from 'zod';
import { editionOf, seenIn } from '../../../actions/edition.ts';
import { addPresenter, correctPresenters, ticksOf } from '../../../actions/teams/presentations.ts';
import * as events from '../../../store/events/events.ts';
import * as list from '../../../store/people/list.ts';
import * as presentations from '../../../store/teams/presentations.ts';
import { sentencesById } from '../../../store/trends/sentences.ts';
import { idIn, idListField, messageFor, readQuery, seenField } from '../../../web/forms.ts';
import { page } from '../../../web/pages.ts';
import { type Mistakes, noMistakes, submit, typedIn } from '../../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../../web/visit.ts';
import type { Words } from '../../../words.ts';
import { leadOf } from '../../events/lead.ts';

/** Registers the page on which organisers put right who presented at an event that was held. */
export function presenterRoutes(at: Pages): void {
  at.get('/events/:id/presented', 'organiser', show);
  at.post('/events/:id/presented', 'organiser', correct);
  at.post('/events/:id/presented/people', 'organiser', add);
}

const messages = { saved: 'Saved. The certificates follow.', added: 'Added, with a certificate.' };
const query = z.object({ find: z.string().trim().max(200).catch('') });
const correctForm = z.object({ presented: idListField, seen: seenField });
const addForm = z.object({
  person: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'Choose who presented.')
    .transform(Number)
    .prefault(''),
  number: z
    .string()
    .regex(/^\d{1,3}$/, 'Choose the table.')
    .transform(Number)
    .prefault(''),
  find: z.string().max(200).prefault(''),
});

/** How many young talents a search offers. */
const mostFound = 20;

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const lead = await leadOf(visit);
  const rows = await presentations.rowsOf(ctx.db, lead.event.id);
  const typed = typedIn(mistakes);
  const find = String(typed?.find ?? readQuery(request, query).find).slice(0, 200);
  const ticked =
    typed && !('person' in typed) && !('number' in typed)
      ? new Set([typed.presented ?? []].flat().map(String))
      : null;
  return page(visit, 'teams/credit/presenters', {
    ...lead,
    here: 'presented',
    title: words.t('Who presented at {name}', { name: lead.event.name }),
    isWritten: lead.event.presentedAt !== null,
    tables: tablesOf(words, lead.event.shape, rows, ticked),
    seen: seenIn(mistakes) ?? editionOf({ presented: ticksOf(rows) }),
    meanwhile: mistakes.stored ? storedNames(words, rows) : [],
    find,
    found: find === '' ? [] : await foundBy(visit, find),
    places: await placesOf(visit, lead.event),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

type Row = Awaited<ReturnType<typeof presentations.rowsOf>>[number];

const titleOf = ({ t }: Words, shape: string, { number, trend }: { number: number; trend: string }) =>
  shape === 'tables' ? t('Table {n}, {trend}', { n: number, trend }) : trend;

/** Tables with the people written down there; `ticked` has the ticks of a form that comes back. */
function tablesOf(words: Words, shape: string, rows: readonly Row[], ticked: ReadonlySet<string> | null) {
  return [...Map.groupBy(rows, ({ number }) => number)].map(([number, here]) => ({
    number,
    title: titleOf(words, shape, here[0]!),
    people: here.map(({ id, name, team, presented }) => ({
      id,
      name,
      team,
      isTicked: ticked ? ticked.has(String(id)) : presented,
    })),
  }));
}

/** Names who presented by what another organiser saved meanwhile. */
function storedNames({ t }: Words, rows: readonly Row[]) {
  const names = rows.filter(({ presented }) => presented).map(({ name }) => name);
  return [{ label: t('Who presented'), text: names.join(', ') }];
}

async function foundBy({ ctx }: SignedInVisit, find: string) {
  const fitting = { find, side: 'talent', department: '', only: '' } as const;
  const found = await list.list(ctx.db, fitting, { offset: 0, limit: mostFound });
  return found.map(({ id, name, jobTitle, department }) => ({
    id,
    name,
    note: [jobTitle, department].filter(Boolean).join(', '),
  }));
}

/** Tables of the event to choose from. */
async function placesOf({ ctx, words }: SignedInVisit, event: events.Event) {
  const topics = await events.topicsOf(ctx.db, event.id);
  const sentences = await sentencesById(
    ctx.db,
    topics.map(({ trendId }) => trendId),
  );
  return topics.map(({ number, trendId }) => ({
    value: String(number),
    label: titleOf(words, event.shape, { number, trend: sentences.get(trendId) ?? '' }),
  }));
}

function correct(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, correctForm, {
    act: async (values) => {
      await correctPresenters(visit.ctx, visit.viewer.id, id, values);
      return `/events/${id}/presented?said=saved`;
    },
    again: (mistakes: Mistakes) => show(visit, mistakes),
    field: '',
  });
}

function add(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, addForm, {
    act: async ({ person, number }) => {
      await addPresenter(visit.ctx, visit.viewer.id, id, { personId: person, number });
      return `/events/${id}/presented?said=added`;
    },
    again: (mistakes: Mistakes) => show(visit, mistakes),
    field: '',
  });
}
