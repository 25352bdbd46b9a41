import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { keepPeopleApart, letMeet } from '../../actions/pairs/apart.ts';
import { askForWishes, takeBackAsking } from '../../actions/pairs/asking.ts';
import { takePart } from '../../actions/pairs/rounds.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as likes from '../../store/pairs/likes.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as wishes from '../../store/pairs/wishes.ts';
import { writeCsv } from '../../web/csv.ts';
import { lineField, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { type Mistakes, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { personCalled } from '../people/find-by-name.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { confirmFirst } from '../sign-in/fresh-code.ts';
import { roundHead } from './matching-view.ts';

/** Registers who is asked what they wish, who has answered, and who is kept apart. */
export function pairAskedRoutes(at: Pages): void {
  at.get('/pairs/asked', 'organiser', show);
  at.get('/pairs/asked.csv', 'organiser', exportWishes);
  at.post('/pairs/asked', 'organiser', add);
  at.post('/pairs/asking', 'organiser', ask);
  at.post('/pairs/asking/withdrawal', 'organiser', press(withdrawalForm, withdraw));
  at.post('/pairs/apart', 'organiser', addApart);
  at.post('/pairs/apart/removal', 'organiser', press(removalForm, removeApart));
}

const perPage = 25;
const mostTopicsShown = 20;
const mostMutualShown = 200;
const pressField = z.string().regex(/^pair-wishes:\d{1,9}:\d{1,15}$/);
const askedQuery = z.object({
  page: pageField,
  show: z.enum(['missing', 'all']).catch('missing'),
  press: pressField.optional().catch(undefined),
  n: z.coerce.number().int().min(0).max(1_000_000).catch(0),
});

const messages = {
  begun: 'Begun. Choose who is asked.',
  noted: 'Noted.',
  added: 'Added. They are asked once you press “Ask”.',
  'nobody-new': 'They are all in this round already.',
  undone: 'Undone. Nobody was asked.',
  apart: 'Noted. Only organisers see it.',
};

async function roundOf({ ctx }: SignedInVisit) {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  return orNotFound(await rounds.current(ctx.db, programme.id), 'page');
}

async function show(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const round = await roundOf(visit);
  const head = await roundHead(visit, round);
  const asked = readQuery(request, askedQuery);
  const missing = asked.show === 'missing';
  const total = missing ? head.everyone - head.answered : head.everyone;
  const at = pageOf(asked.page, total, perPage);
  const rows = await wishes.list(ctx.db, round.id, { missing, ...at });
  const locale = localeOf(words);
  return page(visit, 'pairs/asked', {
    title: words.t('Wishes for pairs'),
    tab: 'pairs',
    ...head,
    seen: round.revision,
    show: asked.show,
    rows: rows.map((one) => ({
      ...one,
      answered: one.answeredOn === null ? '' : formatNearDay(one.answeredOn, locale),
      said: saidOf(visit, one),
    })),
    pager: pagerFor(at, (n) => addressWith('/pairs/asked', { page: n, show: asked.show })),
    demand: await wishes.demand(ctx.db, round.id, mostTopicsShown),
    apart: await wishes.apartByName(ctx.db, round.id),
    mutual: await likes.toldIn(ctx.db, round.programmeId, mostMutualShown),
    undo: asked.press && { press: asked.press, n: asked.n },
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

function saidOf({ words }: SignedInVisit, one: wishes.Asked): string {
  const { t } = words;
  const day = (on: string) => formatNearDay(on, localeOf(words));
  if (one.answeredOn !== null)
    return one.takesPart ? one.topics.join(' · ') || t('Any topic') : t('Not this time');
  if (one.remindedOn !== null) return t('Reminded on {day}', { day: day(one.remindedOn) });
  return one.askedOn === null ? t('Not asked yet') : t('Asked on {day}', { day: day(one.askedOn) });
}

const seenField = z.coerce.number().int().min(0).max(2_147_483_647);

const addForm = z.object({
  seen: seenField,
  side: z.enum(['talent', 'senior']).optional(),
  name: lineField(254, 'Write at most 254 characters: a name or an address.').optional(),
});

const add = (visit: SignedInVisit) =>
  submit(visit, addForm, {
    act: async ({ seen, side, name }) => {
      const { ctx, viewer } = visit;
      const round = await roundOf(visit);
      if (!side && !name) return [{ field: 'name', message: 'Write a full name or a work e-mail address.' }];
      const who = side ? { side } : { ids: [(await personCalled(ctx, name!, 'name')).id] };
      const n = await takePart(ctx, viewer.id, round.id, seen, who);
      return `/pairs/asked?said=${n > 0 ? 'added' : 'nobody-new'}`;
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'name',
  });

const askForm = z.object({ seen: seenField, why: z.enum(['first', 'again']) });

const ask = (visit: SignedInVisit) =>
  submit(visit, askForm, {
    act: async ({ seen, why }) => {
      const round = await roundOf(visit);
      const done = await askForWishes(visit.ctx, visit.viewer.id, round.id, seen, why);
      return addressWith('/pairs/asked', { press: done.press, n: done.count });
    },
    again: (mistakes) => show(visit, mistakes),
    field: '',
  });

const withdrawalForm = z.object({ press: pressField });

async function withdraw({ ctx }: SignedInVisit, { press: name }: z.output<typeof withdrawalForm>) {
  await takeBackAsking(ctx, name);
  return '/pairs/asked?said=undone';
}

const called = lineField(254, 'Write at most 254 characters: a name or an address.').refine(
  (value) => value !== '',
  'Write a full name or a work e-mail address.',
);
const apartForm = z.object({ one: called, other: called });

const addApart = (visit: SignedInVisit) =>
  submit(visit, apartForm, {
    act: async ({ one, other }) => {
      const { ctx } = visit;
      const round = await roundOf(visit);
      const first = await personCalled(ctx, one, 'one');
      const second = await personCalled(ctx, other, 'other');
      await keepPeopleApart(ctx, visit.viewer.id, round.id, first.id, second.id);
      return '/pairs/asked?said=apart#apart-h';
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'one',
  });

const idField = z.coerce.number().int().min(1).max(2_147_483_647);
const removalForm = z.object({ one: idField, other: idField });

async function removeApart(visit: SignedInVisit, { one, other }: z.output<typeof removalForm>) {
  const round = await roundOf(visit);
  await letMeet(visit.ctx, visit.viewer.id, round.id, one, other);
  return '/pairs/asked#apart-h';
}

async function exportWishes(visit: SignedInVisit) {
  const { ctx, request, reply, viewer, words } = visit;
  const confirmation = await confirmFirst(visit, '/pairs/asked');
  if (confirmation) return confirmation;
  const round = await roundOf(visit);
  const missing = readQuery(request, askedQuery).show === 'missing';
  const rows = await wishes.list(ctx.db, round.id, { missing });
  await noteExport(ctx, viewer.id, 'exported-wishes', rows.length);
  const { t } = words;
  const header = [t('Name'), t('E-mail'), t('Side'), t('Department'), t('Answer'), t('Topics')];
  const cells = rows.map((one) => [
    one.name,
    one.email,
    one.side === 'senior' ? t('Senior manager') : t('Young talent'),
    one.department,
    one.answeredOn === null ? t('None yet') : one.takesPart ? t('Takes part') : t('Not this time'),
    one.topics.join('; '),
  ]);
  return sendCsv(reply, 'wishes.csv', writeCsv(header, cells, { delimiter: delimiterFor(request) }));
}
