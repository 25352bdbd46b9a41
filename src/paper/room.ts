// Sheets for the room: one a table, the finder, the plan for the wall, and the cover of a whole evening.
import { numberIn } from './cards.ts';
import { a4, type Box, colours, type Paper } from './page.ts';
import type { PaperEvening, PaperTable } from './sheets.ts';

const margin = 44;
const wide = a4.width - 2 * margin;
/** Lower end of what is drawn: the foot of the page lies below. */
const bottom = a4.height - 44;

/** Draws a sheet a table: number and trend, hosts, and first names by round. */
export function tableCards(paper: Paper, evening: PaperEvening): void {
  for (const table of evening.tables) {
    paper.page();
    ring(paper, table);
    const [left, width] = [margin + 190, wide - 190];
    paper.text({ x: left, y: 66, width, height: 20 }, table.label, {
      most: 13,
      bold: true,
      colour: colours.quiet,
    });
    paper.text({ x: left, y: 88, width, height: 92 }, table.title || table.label, { most: 30, bold: true });
    const hosts = table.hosts;
    const each = 44 / Math.max(1, hosts.length);
    for (const [at, name] of hosts.entries())
      paper.name({ x: left, y: 184 + at * each, width, height: each }, name, { most: 15, bold: true });
    columns(paper, table, { x: margin, y: 256, width: wide, height: bottom - 100 - 256 });
    rulesBelow(paper, evening);
  }
}

function ring(paper: Paper, { number, seats }: PaperTable): void {
  const [x, y] = [margin + 84, 146];
  numberIn(paper, x, y, 52, String(number));
  const marks = [
    ...Array.from({ length: Math.min(seats.talents, 12) }, () => colours.talent),
    ...Array.from({ length: Math.min(seats.seniors, 24) }, () => colours.senior),
  ];
  for (const [at, colour] of marks.entries()) {
    const angle = (at / marks.length) * 2 * Math.PI - Math.PI / 2;
    const [cx, cy] = [x + 72 * Math.cos(angle), y + 72 * Math.sin(angle)];
    // Talents are round, seniors square: shape repeats the colour.
    if (colour === colours.talent) paper.circle(cx, cy, 8, colour);
    else paper.rect({ x: cx - 7, y: cy - 7, width: 14, height: 14 }, colour, 3);
  }
}

const mostColumns = 4;

function columns(paper: Paper, { rounds }: PaperTable, { x, y, width, height }: Box): void {
  const across = Math.min(mostColumns, rounds.length);
  const down = Math.ceil(rounds.length / across);
  const [step, high] = [width / across, height / down];
  for (const [at, { title, at: time, people }] of rounds.entries()) {
    const left = x + (at % across) * step;
    const top = y + Math.floor(at / across) * high;
    const cell = step - 12;
    paper.text({ x: left, y: top, width: cell, height: 18 }, title, { most: 13, bold: true });
    paper.text({ x: left, y: top + 19, width: cell, height: 13 }, time, { most: 10, colour: colours.quiet });
    paper.line(left, top + 35, left + cell, top + 35, { colour: colours.felt, width: 1.5 });
    const each = Math.min(44, (high - 44) / Math.max(1, people.length));
    for (const [row, name] of people.entries()) {
      const from = top + 38 + row * each;
      const look = { most: Math.min(17, each * 0.6), valign: 'middle' as const };
      paper.name({ x: left, y: from, width: cell, height: each - 1.5 }, name, look);
      paper.line(left, from + each - 1, left + cell, from + each - 1);
    }
  }
}

function rulesBelow(paper: Paper, { rules }: PaperEvening): void {
  const box = { x: margin, y: bottom - 88, width: wide, height: 80 };
  paper.rect(box, colours.pale, 8);
  const rows = Math.ceil(rules.length / 2);
  const [step, high] = [(wide - 36) / 2, (box.height - 16) / Math.max(1, rows)];
  for (const [at, { rule }] of rules.entries()) {
    const cell = { x: box.x + 18 + (at % 2) * step, y: box.y + 8 + Math.floor(at / 2) * high };
    paper.text({ ...cell, width: step - 12, height: high - 2 }, rule, { most: 11 });
  }
}

const rowHigh = 22;

/** Draws everyone from A to Z with their tables; it has last names. */
export function finderPages(paper: Paper, { finder, rounds, labels, title }: PaperEvening): void {
  const across = rounds.length > 5 ? 1 : 2;
  const top = 92;
  const perColumn = Math.floor((bottom - top) / rowHigh);
  const step = wide / across;
  const number = Math.min(30, (step * 0.55) / rounds.length);
  for (const [at, { name, tables }] of finder.entries()) {
    const onPage = at % (perColumn * across);
    const x = margin + Math.floor(onPage / perColumn) * step;
    const y = top + (onPage % perColumn) * rowHigh;
    const width = step - 14 - number * rounds.length;
    if (onPage === 0) {
      paper.page();
      paper.text({ x: margin, y: 40, width: wide, height: 26 }, title, { most: 18, bold: true });
    }
    if (onPage % perColumn === 0) {
      paper.text({ x, y: top - 18, width, height: 14 }, labels.name, { most: 9, colour: colours.quiet });
      for (const [round, { at: time, title: called }] of rounds.entries()) {
        const cell = { x: x + width + round * number, y: top - 18, width: number, height: 14 };
        paper.text(cell, time || called, { most: 9, colour: colours.quiet, align: 'centre' });
      }
    }
    paper.name({ x, y: y + 1, width: width - 4, height: rowHigh - 2 }, name, { most: 11, valign: 'middle' });
    for (const [round, table] of tables.entries())
      paper.text({ x: x + width + round * number, y: y + 1, width: number, height: rowHigh - 2 }, table, {
        most: 11,
        bold: true,
        align: 'centre',
        valign: 'middle',
      });
    paper.line(x, y + rowHigh, x + step - 14, y + rowHigh);
  }
}

/** Draws the plan for the wall, round by round: first names at each table. */
export function wallPlan(paper: Paper, { tables, rounds, title }: PaperEvening): void {
  const [across, gap, top] = [3, 12, 96];
  const width = (wide - gap * (across - 1)) / across;
  for (const [round, { title: called, at }] of rounds.entries()) {
    const most = Math.max(1, ...tables.map((table) => namesIn(table, round).length));
    const each = Math.max(8, Math.min(15, (bottom - top - 34) / most));
    const high = Math.min(bottom - top, 34 + most * each);
    const down = Math.max(1, Math.floor((bottom - top + gap) / (high + gap)));
    for (const [index, table] of tables.entries()) {
      const onPage = index % (across * down);
      if (onPage === 0) {
        paper.page();
        paper.text({ x: margin, y: 36, width: wide, height: 22 }, title, { most: 12, colour: colours.quiet });
        const heading = [called, at].filter(Boolean).join(', ');
        paper.text({ x: margin, y: 56, width: wide, height: 34 }, heading, { most: 24, bold: true });
      }
      const x = margin + (onPage % across) * (width + gap);
      const y = top + Math.floor(onPage / across) * (high + gap);
      numberIn(paper, x + 13, y + 13, 13, String(table.number));
      const label = table.title || table.label;
      paper.text({ x: x + 32, y, width: width - 32, height: 27 }, label, {
        most: 11,
        bold: true,
        valign: 'middle',
      });
      const names = namesIn(table, round);
      const step = Math.min(each, (high - 34) / Math.max(1, names.length));
      for (const [row, name] of names.entries())
        paper.name({ x: x + 32, y: y + 30 + row * step, width: width - 32, height: step }, name, {
          most: Math.min(10.5, step * 0.73),
        });
    }
  }
}

const namesIn = ({ hosts, rounds }: PaperTable, round: number) => [
  ...hosts,
  ...(rounds[round]?.people ?? []),
];

/** Draws the cover of a whole evening: its day, what lies behind it, the run of show, and what is still open. */
export function cover(paper: Paper, evening: PaperEvening): void {
  const { title, when, printed, labels, contents, runOfShow, open } = evening;
  paper.page();
  paper.text({ x: margin, y: 60, width: wide, height: 70 }, title, { most: 32, bold: true });
  paper.text({ x: margin, y: 134, width: wide, height: 20 }, when, { most: 14 });
  paper.text({ x: margin, y: 156, width: wide, height: 20 }, printed, { most: 14, bold: true });
  const half = wide / 2 - 12;
  listed(paper, { x: margin, y: 200, width: half, height: 170 }, labels.contents, contents);
  if (open.length > 0)
    listed(paper, { x: margin, y: 390, width: half, height: bottom - 400 }, labels.open, open);
  const x = margin + wide / 2 + 12;
  paper.text({ x, y: 200, width: half, height: 20 }, labels.runOfShow, { most: 14, bold: true });
  const each = Math.min(30, (bottom - 230) / Math.max(1, runOfShow.length));
  for (const [at, block] of runOfShow.entries()) {
    const y = 224 + at * each;
    paper.text({ x, y, width: 40, height: each - 2 }, block.at, { most: 11, bold: true });
    paper.text({ x: x + 44, y, width: half - 100, height: each - 2 }, block.title, { most: 11 });
    paper.text({ x: x + half - 52, y, width: 52, height: each - 2 }, block.minutes, {
      most: 9,
      colour: colours.quiet,
    });
  }
}

function listed(paper: Paper, { x, y, width, height }: Box, label: string, lines: readonly string[]): void {
  paper.text({ x, y, width, height: 20 }, label, { most: 14, bold: true });
  const each = Math.min(30, (height - 24) / Math.max(1, lines.length));
  for (const [at, line] of lines.entries())
    paper.text({ x, y: y + 24 + at * each, width, height: each - 2 }, line, { most: 11 });
}
