// The run of show to take along: for the wall, as a spreadsheet, as text, and one person's part.

import { clockAfter, firstMoment } from '../../domain/events/fixed-starts.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import { drawRunInThread } from '../../paper/draw.ts';
import * as eventPage from '../../store/events/page.ts';
import * as runs from '../../store/run-of-show/blocks.ts';
import { namesOfLeads, type StoredBlock } from '../../store/run-of-show/blocks.ts';
import { writeCsv } from '../../web/csv.ts';
import { page } from '../../web/pages.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { firstNames } from '../events/page-view.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { kindNames } from './fields.ts';
import { ledText } from './run-view.ts';

/** Registers the sheets of a run of show. */
export function runSheetRoutes(at: Pages): void {
  at.get('/events/:id/run/print', 'signed-in', showSheet);
  at.get('/events/:id/run/run.pdf', 'signed-in', sendPdf);
  at.get('/events/:id/run/run.csv', 'signed-in', sendList);
  at.get('/events/:id/run/run.md', 'signed-in', sendText);
}

/** Everything that a sheet shows. */
async function onSheet(visit: SignedInVisit) {
  const { ctx, viewer, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const blocks = await runs.blocksWithIds(ctx.db, event.id);
  const ids = blocks.flatMap(({ ledById }) => (ledById === null ? [] : [ledById]));
  const names = await namesOfLeads(ctx.db, ids);
  const show = runOfShow(blocks, firstMoment(event));
  const led = (block: StoredBlock) =>
    ledText(words, block, { nameOf: (id) => names.get(id), shape: event.shape });
  const rows = blocks.map((block, index) => {
    const after = show.blocks[index]!.after;
    const ends = clockAfter(firstMoment(event), after + block.minutes);
    return { block, at: show.blocks[index]!.at ?? '', ends, kind: show.blocks[index]!.kind, led: led(block) };
  });
  const known = await eventPage.findBySlug(ctx.db, event.slug, viewer.id);
  const topics = event.shape === 'tables' ? (known?.topics ?? []) : [];
  return { lead, event, blocks, show, rows, topics };
}

type Sheet = Awaited<ReturnType<typeof onSheet>>;

const zoneText = ({ t }: Words, timeZone: string) =>
  t('{zone} time', { zone: timeZone.split('/').at(-1)!.replaceAll('_', ' ') });

/** Puts a run of show into the words of the wall: of notes only a round's question, since notes are for the facilitator. */
function wallOf(words: Words, { event, show, rows, topics }: Sheet) {
  return {
    title: event.name,
    day: [formatDay(event.startsAt, localeOf(words)), event.place].filter(Boolean).join(', '),
    span: `${show.starts}–${show.ends}`,
    zone: zoneText(words, event.timeZone),
    rows: rows.map(({ block, at, kind, led }) => ({
      at,
      kind,
      title: block.title,
      note: block.question ?? '',
      led,
      minutes: block.minutes,
    })),
    ends: show.ends ?? '',
    tables: topics.map(({ number, sentence, hosts }) => ({
      number,
      title: sentence,
      hosts: firstNames(words, hosts),
    })),
    labels: {
      start: words.t('Start'),
      what: words.t('What'),
      led: words.t('Led by'),
      minutes: words.t('Min'),
      end: words.t('End'),
      foot: words.t('Times move when the facilitator moves them. The screen is right.'),
    },
  };
}

async function showSheet(visit: SignedInVisit) {
  const { words } = visit;
  const sheet = await onSheet(visit);
  const { event } = sheet;
  return page(visit, 'run-of-show/print', {
    ...sheet.lead,
    layout: 'bare',
    title: words.t('Run of show for the wall, {name}', { name: event.name }),
    base: `/events/${event.id}/run`,
    show: sheet.show,
    wall: wallOf(words, sheet),
  });
}

async function sendPdf(visit: SignedInVisit) {
  const { ctx, reply, words } = visit;
  const sheet = await onSheet(visit);
  const bytes = await drawRunInThread(wallOf(words, sheet), ctx.now());
  return reply
    .type('application/pdf')
    .header('content-disposition', `attachment; filename="${sheet.event.slug}-run.pdf"`)
    .header('cache-control', 'private, no-store')
    .send(bytes);
}

async function sendList(visit: SignedInVisit) {
  const { request, reply, words } = visit;
  const { t } = words;
  const { event, rows } = await onSheet(visit);
  const header = [
    t('Start'),
    t('End'),
    t('Minutes'),
    t('Block'),
    t('Kind'),
    t('Led by'),
    t('Note'),
    t('Question'),
    t('On the screen'),
    t('Material'),
    t('Fixed start'),
    t('May shrink to'),
    t('May be left out'),
  ];
  const kinds = kindNames(words);
  const cells = rows.map(({ block, at, ends, kind, led }) => [
    at,
    ends,
    String(block.minutes),
    block.title,
    kinds[kind],
    led,
    block.note ?? '',
    block.question ?? '',
    block.screen ?? '',
    block.material ?? '',
    block.fixedAt ?? '',
    block.shrinksTo === null ? '' : String(block.shrinksTo),
    block.mayDrop ? t('yes') : '',
  ]);
  const text = writeCsv(header, cells, { delimiter: delimiterFor(request) });
  return sendCsv(reply, `${event.slug}-run.csv`, text);
}

/** Text in a cell of a Markdown table. */
const cell = (text: string) => text.replace(/[\\|*_`<>[\]]/g, '\\$&').replace(/\s+/g, ' ');

async function sendText(visit: SignedInVisit) {
  const { reply, words } = visit;
  const { t } = words;
  const { event, show, rows } = await onSheet(visit);
  const day = formatDay(event.startsAt, localeOf(words));
  const lines = rows.map(({ block, at, led }) => {
    const what = [block.title, block.question, block.note].filter(Boolean).join('. ');
    return `| ${[at, String(block.minutes), cell(what), cell(led)].join(' | ')} |`;
  });
  const text = [
    `# ${cell(event.name)}`,
    '',
    `${day}, ${show.starts}–${show.ends} (${zoneText(words, event.timeZone)})${event.place ? `, ${cell(event.place)}` : ''}`,
    '',
    `| ${[t('Start'), t('Min'), t('What'), t('Led by')].join(' | ')} |`,
    '| --- | ---: | --- | --- |',
    ...lines,
    `| ${show.ends} | | ${t('End')} | |`,
    '',
  ].join('\n');
  return reply
    .type('text/markdown; charset=utf-8')
    .header('content-disposition', `attachment; filename="${event.slug}-run.md"`)
    .header('cache-control', 'private, no-store')
    .send(text);
}
