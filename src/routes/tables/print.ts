import { z } from 'zod';
import { plansOf, startsOfRounds, tablesOf } from '../../actions/tables/evening.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { changedSince, isOutOfDate } from '../../domain/tables/prints.ts';
import { drawInThread } from '../../paper/draw.ts';
import { type PaperEvening, type SheetName, sheetNames } from '../../paper/sheets.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as prints from '../../store/tables/prints.ts';
import { readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { namesByHand, onlyParts, paperEvening, printedOf, sheetTitles, wallMoment } from './paper-view.ts';
import { cardsOf, finderOf, sheetsOf } from './print-view.ts';

/** Registers the sheets to print of a published plan: shown on a page, and as PDF files. */
export function tablePrintRoutes(at: Pages): void {
  at.get('/events/:id/tables/print', 'organiser', (visit) => showSheets(visit));
  at.post('/events/:id/tables/prints', 'organiser', print);
}

const query = z.object({ sheet: z.enum(['cards', 'tables', 'finder']).catch('cards') });

/** Guests and hosts know the published plan only, so nothing else is printed. */
async function planOnPaper(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const lead = await leadOf(visit);
  orNotFound(lead.event.shape === 'tables' ? true : null, 'page');
  const tables = await tablesOf(ctx.db, lead.event, ctx.now());
  const { published, publishedSeats } = await plansOf(ctx.db, lead.event.id, tables);
  const plan = { words, tables, seats: publishedSeats, starts: startsOfRounds(lead.event, tables.schedule) };
  return { lead, plan, isPublished: published !== null };
}

async function showSheets(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const { sheet } = readQuery(request, query);
  const { lead, plan, isPublished } = await planOnPaper(visit);
  const { timeZone } = lead.event;
  const before = await prints.printsOf(ctx.db, lead.event.id);
  return page(visit, 'tables/print', {
    ...lead,
    layout: 'bare',
    title: words.t('Print the tables of {name}', { name: lead.event.name }),
    base: `/events/${lead.event.id}/tables`,
    sheet,
    isPublished,
    asOf: wallMoment(words, wallTimeOf(ctx.now(), timeZone)),
    cards: sheet === 'cards' ? cardsOf(plan) : [],
    sheets: sheet === 'tables' ? sheetsOf(plan) : [],
    finder: sheet === 'finder' ? finderOf(plan) : [],
    rounds: plan.tables.schedule.map(({ number }) => words.t('Round {n}', { n: number })),
    files: sheetNames.map((name) => {
      const last = before.find((one) => one.sheet === name);
      const at = last ? wallMoment(words, wallTimeOf(last.printedAt, timeZone)) : '';
      return { name, title: words.t(sheetTitles[name]), at };
    }),
    byHand: isPublished ? namesByHand(plan) : [],
    ...mistakes,
  });
}

const printForm = z.object({ sheet: z.enum(sheetNames), only: z.enum(['changes']).optional() });

const print = (visit: SignedInVisit) =>
  submit(visit, printForm, {
    act: async ({ sheet, only }) => {
      const { ctx, reply, words } = visit;
      const { lead, plan, isPublished } = await planOnPaper(visit);
      const { event } = lead;
      if (!isPublished) throw new Refusal('conflict', 'Nothing is published yet. Publish the tables first.');
      const now = ctx.now();
      const programme = await programmes.find(ctx.db, event.programmeId);
      const evening = paperEvening(plan, {
        event,
        blocks: await events.blocksOf(ctx.db, event.id),
        rules: programme?.groundRules ?? null,
        printedAt: wallMoment(words, wallTimeOf(now, event.timeZone)),
      });
      const shown = only ? await changedOnly(visit, event.id, sheet, evening) : evening;
      const bytes = await drawInThread(sheet, shown, now);
      await prints.recordPrints(ctx.db, event.id, partsOf(sheet), {
        printedAt: now,
        printed: printedOf(evening),
      });
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${event.slug}-${sheet}.pdf"`)
        .header('cache-control', 'private, no-store')
        .send(bytes);
    },
    again: (mistakes) => showSheets(visit, mistakes),
    field: 'sheet',
  });

const single = sheetNames.filter((name) => name !== 'evening');

/** Kinds of sheets in a file. */
const partsOf = (sheet: SheetName) => (sheet === 'evening' ? single : [sheet]);

/** Leaves what has changed since this kind was printed last; refused ('conflict') where nothing has. */
async function changedOnly(
  { ctx }: SignedInVisit,
  eventId: number,
  sheet: SheetName,
  evening: PaperEvening,
): Promise<PaperEvening> {
  const last = await prints.printsOf(ctx.db, eventId);
  // A file of several kinds has what is other than on any of them.
  const before = partsOf(sheet).map((name) => last.find((one) => one.sheet === name)?.printed ?? {});
  const now = printedOf(evening);
  const parts = new Set(before.flatMap((printed) => [...changedSince(printed, now)]));
  const isWhole = sheet === 'finder' || sheet === 'wall';
  const kind = sheet === 'tables' ? 't' : sheet === 'evening' ? '' : 'p';
  const isChanged = isWhole
    ? before.some((printed) => isOutOfDate(printed, now))
    : [...parts].some((part) => part.startsWith(kind));
  if (!isChanged) throw new Refusal('conflict', 'Nothing on these sheets has changed since the last print.');
  return isWhole ? evening : onlyParts(evening, parts);
}
