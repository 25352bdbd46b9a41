import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { acceptAll, answerOne, takeBackAnswers } from '../../actions/offers/answers.ts';
import { closeRound, openRound } from '../../actions/offers/rounds.ts';
import type { OfferSide } from '../../domain/offers/offers.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as offers from '../../store/offers/offers.ts';
import { writeCsv } from '../../web/csv.ts';
import { idIn, mistakeFrom, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField } from '../../web/paging.ts';
import { noMistakes, press, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit } from '../../web/visit.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { confirmFirst } from '../sign-in/fresh-code.ts';
import { listData, listHeader, offerCells, type Shown } from './list-view.ts';
import { posterData } from './poster-view.ts';

/** Registers the organisers' list of offers: opened, answered one by one or all at once, taken back, downloaded. */
export function offerListRoutes(at: Pages): void {
  at.get('/people/offers', 'organiser', (visit) => show(visit, shownIn(visit)));
  at.get('/people/offers/export.csv', 'organiser', exportOffers);
  at.get('/people/offers/poster', 'organiser', poster);
  at.post('/people/offers', 'organiser', saveRound);
  at.post('/people/offers/closing', 'organiser', press(sideForm, close));
  at.post('/people/offers/acceptance', 'organiser', press(allForm, acceptEveryone));
  at.post('/people/offers/withdrawal', 'organiser', press(undoForm, undo));
  at.post('/people/offers/:id/answer', 'organiser', press(answerForm, answer));
}

const sideField = z.enum(['talent', 'senior']);
const stateField = z.enum(['waiting', 'accepted', 'reserve', 'declined']);
const query = z.object({
  side: sideField.catch('talent'),
  show: stateField.catch('waiting'),
  page: pageField,
});
const sideForm = z.object({ side: sideField });
const allForm = z.object({ side: sideField, seen: z.coerce.number().int().min(1).max(1_000_000) });
const undoForm = z.object({ side: sideField, press: z.string().max(100) });
const answerForm = z.object({ show: stateField, do: z.enum(['accepted', 'reserve', 'declined']) });

const shownIn = ({ request }: SignedInVisit): Shown => readQuery(request, query);

/** Address of the list, with its side and filter; what is usual is left out. */
const listAt = (side: OfferSide, more: Record<string, string> = {}) =>
  addressWith('/people/offers', { side: side === 'talent' ? '' : side, ...more });

async function show(visit: SignedInVisit, shown: Shown, mistakes = noMistakes): Promise<Answer> {
  return page(visit, 'offers/list', { ...(await listData(visit, shown, mistakes)), tab: 'people' });
}

const roundForm = z.object({
  side: sideField,
  closesOn: dayField('Choose the last day for offers.'),
  answerBy: dayField('Choose the day by which everyone has an answer.'),
  places: z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, 'Write a number, or leave it empty.')
    .transform((text) => (text === '' ? null : Number(text)))
    .prefault(''),
  nextWave: z.literal('on').optional(),
  seen: z.coerce.number().int().min(-1).max(1_000_000),
});

function dayField(missing: string) {
  return z
    .string()
    .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text), missing)
    .prefault('');
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).year >= 2000;
  } catch {
    return false;
  }
}

const saveRound = (visit: SignedInVisit) =>
  submit(visit, roundForm, {
    act: async ({ side, closesOn, answerBy, places, nextWave, seen }) => {
      const values = { closesOn, answerBy, places };
      await openRound(visit.ctx, visit.viewer.id, side, { seen, values, nextWave: nextWave === 'on' });
      return listAt(side, { said: 'opened' });
    },
    again: (mistakes) => {
      const side = sideField.catch('talent').parse(mistakes.typed.side);
      return show(visit, { side, show: 'waiting', page: 1 }, mistakes);
    },
    field: '',
  });

async function close({ ctx, viewer }: SignedInVisit, { side }: z.output<typeof sideForm>) {
  await closeRound(ctx, viewer.id, side);
  return listAt(side, { said: 'closed' });
}

/** Shows the list again with the sentence of a press that was refused. */
async function orAgain(visit: SignedInVisit, shown: Shown, act: () => Promise<string>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error;
    return show(visit, shown, { status: 409, errors: [mistakeFrom(error)], typed: {} });
  }
}

function acceptEveryone(visit: SignedInVisit, { side, seen }: z.output<typeof allForm>) {
  return orAgain(visit, { side, show: 'waiting', page: 1 }, async () => {
    await acceptAll(visit.ctx, visit.viewer.id, side, seen);
    return listAt(side);
  });
}

async function answer(visit: SignedInVisit, values: z.output<typeof answerForm>) {
  const id = idIn(visit.request);
  const { side } = orNotFound(await offers.find(visit.ctx.db, id), 'page');
  const show = values.show === 'waiting' ? '' : values.show;
  return orAgain(visit, { side, show: values.show, page: 1 }, async () => {
    await answerOne(visit.ctx, visit.viewer.id, id, values.do);
    return listAt(side, { show });
  });
}

function undo(visit: SignedInVisit, { side, press: name }: z.output<typeof undoForm>) {
  return orAgain(visit, { side, show: 'waiting', page: 1 }, async () => {
    await takeBackAnswers(visit.ctx, visit.viewer.id, side, name);
    return listAt(side, { said: 'taken-back' });
  });
}

async function exportOffers(visit: SignedInVisit) {
  const { ctx, request, reply, viewer, words } = visit;
  const { side, show: state } = shownIn(visit);
  const confirmation = await confirmFirst(visit, listAt(side));
  if (confirmation) return confirmation;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const rows = await offers.list(ctx.db, { programmeId: programme.id, side }, state);
  await noteExport(ctx, viewer.id, 'exported-offers', rows.length);
  const cells = rows.map((row) => offerCells(words, row));
  return sendCsv(
    reply,
    'offers.csv',
    writeCsv(listHeader(words), cells, { delimiter: delimiterFor(request) }),
  );
}

async function poster(visit: SignedInVisit) {
  return page(visit, 'offers/poster', { ...(await posterData(visit, shownIn(visit).side)), tab: 'people' });
}
