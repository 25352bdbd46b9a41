// The run of show for the wall: one sheet, whose lines shrink with their number.
import { a4, colours, openPaper, type Paper } from './page.ts';
import type { PaperRun } from './sheets.ts';

const margin = 44;
const wide = a4.width - 2 * margin;
const bottom = a4.height - 56;

const kindColours: Record<string, string> = {
  talk: colours.felt,
  frame: '#8fb3a2',
  report: '#8fb3a2',
  harvest: colours.talent,
};

/** Most lines of a sheet; a longer run of show goes on on the next one. */
const mostLines = 24;

/** Draws the run of show as a file of A4 sheets. */
export async function drawRun(run: PaperRun, at: Date): Promise<Buffer> {
  const paper = openPaper({ title: `${run.title}, ${run.day}`, at });
  const end = { at: run.ends, kind: 'end', title: run.labels.end, note: '', led: '', minutes: 0 };
  const lines = [...run.rows, end];
  const pages = Math.max(1, Math.ceil(lines.length / mostLines));
  for (let page = 0; page < pages; page += 1) {
    paper.page();
    heading(paper, run);
    const isLast = page === pages - 1;
    const below = isLast ? heightOfTables(run) : 0;
    drawLines(paper, run, lines.slice(page * mostLines, (page + 1) * mostLines), bottom - below);
    if (isLast) tables(paper, run, bottom - below);
    const foot = { x: margin, y: bottom + 6, width: wide, height: 14 };
    paper.text(foot, run.labels.foot, { most: 9, colour: colours.quiet });
  }
  return paper.end(() => null);
}

const top = 132;

function heading(paper: Paper, run: PaperRun): void {
  paper.text({ x: margin, y: 44, width: wide - 170, height: 46 }, run.title, { most: 34, bold: true });
  paper.text({ x: margin, y: 92, width: wide - 170, height: 22 }, run.day, {
    most: 13,
    colour: colours.quiet,
  });
  const x = margin + wide - 160;
  paper.text({ x, y: 50, width: 160, height: 32 }, run.span, { most: 22, bold: true });
  paper.text({ x, y: 92, width: 160, height: 18 }, run.zone, { most: 11, colour: colours.quiet });
}

function drawLines(paper: Paper, run: PaperRun, lines: PaperRun['rows'], until: number): void {
  const columns = {
    at: margin,
    kind: margin + 74,
    what: margin + 92,
    led: margin + 340,
    minutes: margin + wide - 36,
  };
  const look = { most: 10, colour: colours.quiet };
  const head = { y: top - 16, height: 14 };
  paper.text({ ...head, x: columns.at, width: 70 }, run.labels.start, look);
  paper.text({ ...head, x: columns.what, width: 200 }, run.labels.what, look);
  paper.text({ ...head, x: columns.led, width: 120 }, run.labels.led, look);
  paper.text({ ...head, x: columns.minutes, width: 36 }, run.labels.minutes, look);
  const each = Math.min(46, (until - top - 8) / lines.length);
  for (const [index, line] of lines.entries()) {
    const y = top + index * each;
    paper.line(margin, y, margin + wide, y);
    const box = { y: y + 1, height: each - 2 };
    const size = Math.min(22, each * 0.6);
    paper.text({ ...box, x: columns.at, width: 70 }, line.at, { most: size, bold: true, valign: 'middle' });
    const colour = kindColours[line.kind] ?? colours.line;
    if (line.kind !== 'end') paper.rect({ x: columns.kind, y: y + 4, width: 8, height: each - 8 }, colour, 2);
    const high = line.note ? box.height * 0.58 : box.height;
    const what = { x: columns.what, y: box.y, width: 240, height: high };
    paper.text(what, line.title, { most: Math.min(18, each * 0.5), bold: true, valign: 'middle' });
    if (line.note)
      paper.text({ x: columns.what, y: box.y + high, width: 240, height: box.height - high }, line.note, {
        most: 10,
        colour: colours.quiet,
      });
    paper.text({ ...box, x: columns.led, width: 124 }, line.led, { most: 12, valign: 'middle' });
    if (line.minutes > 0)
      paper.text({ ...box, x: columns.minutes, width: 36 }, String(line.minutes), {
        most: Math.min(16, each * 0.5),
        bold: true,
        valign: 'middle',
      });
  }
}

const across = 3;
const tableHeight = 40;

const heightOfTables = ({ tables: list }: PaperRun) =>
  list.length === 0 ? 0 : Math.min(8, Math.ceil(list.length / across)) * tableHeight + 24;

function tables(paper: Paper, { tables: list }: PaperRun, y: number): void {
  if (list.length === 0) return;
  const rows = Math.ceil(list.length / across);
  const each = Math.min(tableHeight, (bottom - y - 16) / rows);
  paper.rect({ x: margin, y: y + 8, width: wide, height: rows * each + 8 }, colours.pale, 8);
  const step = (wide - 16) / across;
  for (const [index, { number, title, hosts }] of list.entries()) {
    const x = margin + 8 + (index % across) * step;
    const at = y + 12 + Math.floor(index / across) * each;
    const radius = Math.min(12, each / 2 - 2);
    paper.circle(x + 12, at + each / 2, radius, colours.felt);
    paper.text({ x, y: at + each / 2 - radius, width: 24, height: radius * 2 }, String(number), {
      most: 11,
      bold: true,
      colour: colours.white,
      align: 'centre',
      valign: 'middle',
    });
    const width = step - 34;
    paper.text({ x: x + 30, y: at + 2, width, height: each * 0.55 }, title, { most: 10, bold: true });
    paper.text({ x: x + 30, y: at + each * 0.6, width, height: each * 0.38 }, hosts, {
      most: 9,
      colour: colours.quiet,
    });
  }
}
