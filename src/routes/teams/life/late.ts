import { z } from 'zod';
import { noteExport } from '../../../actions/audit/note.ts';
import { placeInTeam, undoPlaces } from '../../../actions/teams/late-places.ts';
import { placeEveryone } from '../../../actions/teams/late-plan.ts';
import { offerPlace, stopAsking } from '../../../actions/teams/place-asks.ts';
import { orNotFound } from '../../../refusal.ts';
import * as programmes from '../../../store/events/programmes.ts';
import * as latePlaces from '../../../store/teams/late-places.ts';
import * as rounds from '../../../store/teams/rounds.ts';
import { writeCsv } from '../../../web/csv.ts';
import { idIn, messageFor, readQuery } from '../../../web/forms.ts';
import { page } from '../../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../../web/paging.ts';
import { type Mistakes, noFields, noMistakes, submit } from '../../../web/submit.ts';
import type { Answer, Pages, SignedInVisit } from '../../../web/visit.ts';
import { delimiterFor, sendCsv } from '../../people/list.ts';
import { confirmFirst } from '../../sign-in/fresh-code.ts';
import { showTeam } from '../teams.ts';
import { latePeople, placesUndo } from './late-view.ts';

/** Registers placing people after the teams were published: one by one, all at once, or by asking the reserve list. */
export function lateRoutes(at: Pages): void {
  at.get('/teams/late', 'organiser', show);
  at.get('/teams/late/export.csv', 'organiser', exportLate);
  at.post('/teams/late', 'organiser', everyone);
  at.post('/teams/late/withdrawal', 'organiser', (visit) => undo(visit));
  at.post('/teams/:id/places', 'organiser', place);
  at.post('/teams/:id/places/withdrawal', 'organiser', (visit) => undo(visit, idIn(visit.request)));
  at.post('/teams/:id/asking', 'organiser', ask);
  at.post('/teams/:id/asking/end', 'organiser', stop);
}

const address = '/teams/late';
const perPage = 20;
const query = z.object({ page: pageField });
const idField = z.coerce.number().int().min(1).max(2_147_483_647);

const messages = { undone: 'Undone. Nobody was told.' };

async function show(visit: SignedInVisit, mistakes: Mistakes = noMistakes): Promise<Answer> {
  const { ctx, request, words } = visit;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = (await rounds.find(ctx.db, programme.id)) ?? rounds.usual(programme.id);
  const total = await latePlaces.countLate(ctx.db, programme.id);
  const at = pageOf(readQuery(request, query).page, total, perPage);
  return page(visit, 'teams/places/late', {
    title: words.t('Young talents without a team'),
    tab: 'teams',
    total,
    ...(await latePeople(visit, programme, at)),
    seen: round.revision,
    undo: await placesUndo(visit, { programmeId: programme.id }),
    pager: pagerFor(at, (number) => addressWith(address, { page: number })),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

const everyoneForm = z.object({ seen: z.coerce.number().int().min(0).max(2_147_483_647) });

const everyone = (visit: SignedInVisit) =>
  submit(visit, everyoneForm, {
    act: async ({ seen }) => {
      await placeEveryone(visit.ctx, visit.viewer.id, seen);
      return address;
    },
    again: (mistakes) => show(visit, mistakes),
    field: '',
  });

const placeForm = z.object({
  person: idField.optional(),
  offer: idField.optional(),
  back: z.literal('late').optional(),
});

function place(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const teamId = idIn(request);
  const isLate = (request.body as { back?: string } | undefined)?.back === 'late';
  return submit(visit, placeForm, {
    act: async ({ person, offer }) => {
      const who = offer === undefined ? { personId: person ?? 0 } : { offerId: offer };
      await placeInTeam(ctx, viewer.id, teamId, who);
      return isLate ? address : `/teams/${teamId}`;
    },
    again: (mistakes) => (isLate ? show(visit, mistakes) : showTeam(visit, mistakes)),
    field: '',
  });
}

const undoForm = z.object({ press: z.string().max(100) });

const undo = (visit: SignedInVisit, teamId?: number) =>
  submit(visit, undoForm, {
    act: async ({ press }) => {
      await undoPlaces(visit.ctx, visit.viewer.id, press);
      return `${teamId === undefined ? address : `/teams/${teamId}`}?said=undone`;
    },
    again: (mistakes) => (teamId === undefined ? show(visit, mistakes) : showTeam(visit, mistakes)),
    field: '',
  });

const ask = (visit: SignedInVisit) =>
  submit(visit, noFields, {
    act: async () => {
      await offerPlace(visit.ctx, visit.viewer.id, idIn(visit.request));
      return `/teams/${idIn(visit.request)}?said=asked#place`;
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: '',
  });

const stop = (visit: SignedInVisit) =>
  submit(visit, noFields, {
    act: async () => {
      await stopAsking(visit.ctx, idIn(visit.request));
      return `/teams/${idIn(visit.request)}?said=stopped#place`;
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: '',
  });

async function exportLate(visit: SignedInVisit) {
  const { ctx, request, reply, viewer, words } = visit;
  const confirmation = await confirmFirst(visit, address);
  if (confirmation) return confirmation;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const { rows } = await latePeople(visit, programme);
  await noteExport(ctx, viewer.id, 'exported-without-team', rows.length);
  const { t } = words;
  const header = [t('Name'), t('E-mail'), t('Department'), t('Best place'), t('Trend'), t('Price')];
  const cells = rows.map(({ name, email, department, place: best, price }) => [
    name,
    email,
    department,
    best?.team ?? '',
    best?.trend ?? '',
    price?.text ?? '',
  ]);
  return sendCsv(reply, 'without-a-team.csv', writeCsv(header, cells, { delimiter: delimiterFor(request) }));
}
