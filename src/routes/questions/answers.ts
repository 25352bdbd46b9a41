import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { type WallQuestion, wall } from '../../store/questions/wall.ts';
import { writeCsv } from '../../web/csv.ts';
import { readQuery } from '../../web/forms.ts';
import { asPlainWords, renderMarkdown } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Pages } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { wallRules } from './wall-view.ts';

/** All questions of an event with what became of them: to read, and as Markdown and CSV to pass on. */
export function questionHarvestRoutes(at: Pages): void {
  const atBoth = atBothDoors(at);
  atBoth.get('/answers', show);
  atBoth.get('/answers.md', asMarkdown);
  atBoth.get('/answers.csv', asCsv);
}

/** Questions on one page; the files have all of them. */
const pageSize = 50;
const query = z.object({ page: pageField });

type Group = 'answered' | 'open' | 'parked' | 'refused';

const groupOf = ({ state }: WallQuestion): Group =>
  state === 'wall' || state === 'table' || state === 'new' ? 'open' : (state as Exclude<Group, 'open'>);

const headingsIn = ({ t }: Words): Record<Group, string> => ({
  answered: t('Answered'),
  open: t('Not answered yet'),
  parked: t('Parked, with the reason'),
  refused: t('Turned down, with the reason'),
});

/** Every question as it may be passed on: with the asker only where they gave their name. */
async function harvestOf({ ctx, guest, words }: GuestVisit) {
  const headings = headingsIn(words);
  const { talliesHidden } = wallRules(guest.page.shared, guest.isOrganiser, ctx.now());
  const all = (await wall(ctx.db, guest.page)).map((one) => ({
    id: one.id,
    group: groupOf(one),
    text: one.text,
    table: one.table,
    trend: one.trend,
    askedBy: one.author,
    votes: talliesHidden ? null : one.votes,
    note: one.note,
    answer: one.work.answer !== '' && one.state === 'answered' ? one.work.answer : '',
    answeredBy: one.work.takenBy,
    due: one.work.dueOn === null ? '' : formatDay(`${one.work.dueOn}T00:00`, localeOf(words)),
  }));
  const groups = (['answered', 'open', 'parked', 'refused'] as const)
    .map((group) => ({
      group,
      heading: headings[group],
      list: all.filter((one) => one.group === group),
    }))
    .filter(({ list }) => list.length > 0);
  return { groups, total: all.length };
}

type Harvested = Awaited<ReturnType<typeof harvestOf>>['groups'][number]['list'][number];

/** Says in a few words what became of an open question. */
function promiseOf({ t }: Words, { answeredBy, due }: Harvested): string {
  if (answeredBy && due) return t('{name} answers by {day}', { name: answeredBy, day: due });
  if (answeredBy) return t('{name} will answer', { name: answeredBy });
  return due ? t('An answer by {day}', { day: due }) : t('Nobody has taken it yet');
}

async function show(visit: GuestVisit) {
  const { request, guest, words } = visit;
  const { groups, total } = await harvestOf(visit);
  const at = pageOf(readQuery(request, query).page, total, pageSize);
  const onPage = new Set(
    rowsOn(
      groups.flatMap(({ list }) => list),
      at,
    ),
  );
  const shown = groups
    .map(({ group, heading, list }) => ({
      group,
      heading,
      total: list.length,
      list: list
        .filter((one) => onPage.has(one))
        .map((one) => ({
          ...one,
          promise: group === 'open' ? promiseOf(words, one) : '',
          written: one.answer === '' ? null : renderMarkdown(one.answer, { under: 3 }),
        })),
    }))
    .filter(({ list }) => list.length > 0);
  const title = words.t('Questions and answers');
  return page(visit, 'questions/answers', {
    ...guestData(visit),
    title,
    groups: shown,
    total,
    pager: pagerFor(at, (number) => addressWith(`${guest.base}/answers`, { page: number })),
  });
}

function markdownOf(words: Words, one: Harvested): string {
  const { t } = words;
  const lines = one.text === '' ? [] : [`### ${asPlainWords(one.text)}`, ''];
  if (one.askedBy) lines.push(t('Asked by {name}', { name: asPlainWords(one.askedBy) }), '');
  if (one.group === 'open') lines.push(asPlainWords(promiseOf(words, one)), '');
  if (one.note !== '') lines.push(asPlainWords(one.note), '');
  if (one.answer !== '') lines.push(asQuotation(one.answer), '');
  if (one.answer !== '' && one.answeredBy)
    lines.push(t('Answered by {name}', { name: asPlainWords(one.answeredBy) }), '');
  return lines.join('\n');
}

/** Quotes an answer's Markdown, so that it cannot reach beyond its place. */
const asQuotation = (markdown: string) =>
  markdown
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** Guests read these questions anyway; only what organisers take along is noted. */
async function noteIfOrganiser(
  { ctx, viewer, guest }: GuestVisit,
  groups: { list: unknown[] }[],
): Promise<void> {
  if (!viewer?.isOrganiser) return;
  const rows = groups.reduce((sum, { list }) => sum + list.length, 0);
  await noteExport(ctx, viewer.id, 'exported-questions', rows, guest.page.event.name);
}

async function asMarkdown(visit: GuestVisit) {
  const { reply, guest, words } = visit;
  const { groups } = await harvestOf(visit);
  const { event } = guest.page;
  await noteIfOrganiser(visit, groups);
  const parts = groups.map(
    ({ heading, list }) => `## ${heading}\n\n${list.map((one) => markdownOf(words, one)).join('\n')}`,
  );
  const title = `# ${asPlainWords(words.t('Questions and answers, {name}', { name: event.name }))}\n`;
  return reply
    .type('text/markdown; charset=utf-8')
    .header('content-disposition', `attachment; filename="questions-${event.slug}.md"`)
    .send([title, ...parts].join('\n'));
}

async function asCsv(visit: GuestVisit) {
  const { reply, guest, words } = visit;
  const { groups } = await harvestOf(visit);
  const hasTables = guest.page.event.shape === 'tables';
  await noteIfOrganiser(visit, groups);
  const rows = groups.flatMap(({ heading, list }) =>
    list.map((one) => [
      one.text,
      heading,
      one.table === null ? '' : hasTables ? `${one.table}. ${one.trend ?? ''}` : (one.trend ?? ''),
      one.votes === null ? '' : String(one.votes),
      one.askedBy ?? '',
      one.note,
      one.answer,
      one.answeredBy ?? '',
      one.due,
    ]),
  );
  const header = [
    'Question',
    'State',
    hasTables ? 'Table' : 'Trend',
    'Vote for it',
    'Asked by',
    'Note',
    'Answer',
    'Answered by',
    'By when',
  ];
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="questions-${guest.page.event.slug}.csv"`)
    .send(
      writeCsv(
        header.map((one) => words.t(one)),
        rows,
      ),
    );
}
