import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { matchPairs, setPairLock } from '../../actions/pairs/matching.ts';
import { publishPairs, takeBackPairs } from '../../actions/pairs/publishing.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import { writeCsv } from '../../web/csv.ts';
import { messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { confirmFirst } from '../sign-in/fresh-code.ts';
import { aloneRows, pairRow, pairsInWords, roundHead, rulesData } from './matching-view.ts';

/** Registers matching: the draft with its reasons, the two rules, and publishing. */
export function pairRoutes(at: Pages): void {
  at.get('/pairs', 'signed-in', show);
  at.get('/pairs.csv', 'organiser', exportPairs);
  at.post('/pairs/draft', 'organiser', makeDraft);
  at.post('/pairs/lock', 'organiser', lock);
  at.post('/pairs/publication', 'organiser', publication);
  at.post('/pairs/publication/withdrawal', 'organiser', withdrawal);
}

const perPage = 25;
const pairsQuery = z.object({ page: pageField });

const messages = {
  begun: 'Begun. Choose who is asked.',
  saved: 'The plan is saved.',
  drafted: 'The draft is made. Nobody has heard of it yet.',
  published: 'Published. The e-mails leave in ten seconds.',
  withdrawn: 'Undone. Nobody was told.',
  swapped: 'Changed. The new pair is kept.',
};

async function show(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, request, viewer, words } = visit;
  if (!viewer.isOrganiser) return ownPage(visit);
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = await rounds.current(ctx.db, programme.id);
  if (!round) return '/pairs/plan';
  const counts = await pairs.counts(ctx.db, round.id);
  const total = counts.draft + counts.asked + counts.running;
  const at = pageOf(readQuery(request, pairsQuery).page, total, perPage);
  const rows = await pairs.list(ctx.db, round.id, at);
  const topics = await pairsInWords(ctx, rows);
  const undo = round.publishUndo;
  return page(visit, 'pairs/index', {
    title: words.t('Pairs'),
    tab: 'pairs',
    ...(await roundHead(visit, round)),
    counts,
    heading: headingOf(words, counts, total),
    seen: round.revision,
    rows: rows.map((one) => pairRow(visit, one, topics)),
    pager: pagerFor(at, (n) => `${addressWith('/pairs', { page: n })}#pairs-h`),
    page: at.at,
    rules: rulesData(words, round),
    alone: await aloneRows(visit, round),
    undo: undo && Temporal.Instant.compare(ctx.now(), undo.until) < 0 ? undo.pairIds.length : 0,
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

/** Leads somebody to the pair they are in or asked about, or else to their wishes. */
async function ownPage({ ctx, viewer }: SignedInVisit): Promise<string> {
  const own = await pairs.ofPerson(ctx.db, viewer.id);
  const open = own.find(({ pair }) => pair.state !== 'ended');
  return open ? `/pairs/${open.pair.id}` : '/pairs/wishes';
}

function headingOf(
  { t, tn }: Words,
  counts: Awaited<ReturnType<typeof pairs.counts>>,
  total: number,
): string {
  if (counts.draft > 0) return tn(counts.draft, '{n} pair in the draft', '{n} pairs in the draft');
  return total > 0 ? tn(counts.running, '{n} pair runs', '{n} pairs run') : t('No draft yet');
}

const seenField = z.coerce.number().int().min(0).max(2_147_483_647);

/** A press on the page: what it does to the round, then the page; where another organiser was first, the page as it is now. */
const pressed = <S extends z.ZodRawShape>(
  fields: S,
  act: (
    visit: SignedInVisit,
    roundId: number,
    values: z.output<z.ZodObject<S>> & { seen: number },
  ) => Promise<string>,
) => {
  const schema = z.object({ seen: seenField, ...fields });
  return async (visit: SignedInVisit) => {
    const programme = orNotFound(await programmes.current(visit.ctx.db), 'page');
    const round = orNotFound(await rounds.current(visit.ctx.db, programme.id), 'page');
    return submit(visit, schema, {
      act: (values) => act(visit, round.id, values as never),
      again: (mistakes) => show(visit, mistakes),
      field: '',
    });
  };
};

const makeDraft = pressed(
  { rule: z.enum(['most', 'stable']).optional() },
  async ({ ctx, viewer }, roundId, { seen, rule }) => {
    await matchPairs(ctx, viewer.id, roundId, seen, { rule });
    return '/pairs?said=drafted';
  },
);

const idField = z.coerce.number().int().min(1).max(2_147_483_647);

const lock = pressed(
  { pair: idField, lock: z.enum(['on', 'off']), back: pageField },
  async ({ ctx, viewer }, _, { seen, pair, lock: how, back }) => {
    await setPairLock(ctx, viewer.id, pair, how === 'on', seen);
    return `/pairs?page=${back}#pair-${pair}`;
  },
);

const publication = pressed({}, async ({ ctx, viewer }, roundId, { seen }) => {
  await publishPairs(ctx, viewer.id, roundId, seen);
  return '/pairs?said=published';
});

const withdrawal = pressed({}, async ({ ctx, viewer }, roundId, { seen }) => {
  await takeBackPairs(ctx, viewer.id, roundId, seen);
  return '/pairs?said=withdrawn';
});

async function exportPairs(visit: SignedInVisit) {
  const { ctx, request, reply, viewer, words } = visit;
  const confirmation = await confirmFirst(visit, '/pairs');
  if (confirmation) return confirmation;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = orNotFound(await rounds.current(ctx.db, programme.id), 'page');
  const rows = await pairs.list(ctx.db, round.id);
  await noteExport(ctx, viewer.id, 'exported-pairs', rows.length);
  const { t } = words;
  const header = [
    t('Senior manager'),
    t('E-mail'),
    t('Young talent'),
    t('E-mail'),
    t('Second talent'),
    t('Topics'),
    t('State'),
  ];
  const all = await pairsInWords(ctx, rows);
  const cells = rows.map((one) => [
    one.senior.name,
    one.senior.email,
    one.talent.name,
    one.talent.email,
    one.second?.name ?? '',
    (all.get(one.pair.id) ?? []).join('; '),
    pairRow(visit, one, all).state,
  ]);
  return sendCsv(reply, 'pairs.csv', writeCsv(header, cells, { delimiter: delimiterFor(request) }));
}
