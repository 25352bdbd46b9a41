// Cards to cut out: place cards with the ground rules on their back, and a card a person with all rounds.
import { a4, type Box, colours, type Paper } from './page.ts';
import type { PaperEvening, PaperPerson } from './sheets.ts';

/** Columns and rows of a page of cards. */
interface Grid {
  columns: number;
  rows: number;
}

const pad = 24;

function* cells({ columns, rows }: Grid): Generator<Box> {
  const [width, height] = [a4.width / columns, a4.height / rows];
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      yield { x: column * width, y: row * height, width, height };
}

const inner = ({ x, y, width, height }: Box): Box => ({
  x: x + pad,
  y: y + pad,
  width: width - 2 * pad,
  height: height - 2 * pad,
});

function cutLines(paper: Paper, { columns, rows }: Grid): void {
  for (let column = 1; column < columns; column += 1)
    paper.line((a4.width / columns) * column, 0, (a4.width / columns) * column, a4.height, { dash: true });
  for (let row = 1; row < rows; row += 1)
    paper.line(0, (a4.height / rows) * row, a4.width, (a4.height / rows) * row, { dash: true });
}

/** Draws cards a page at a time, with the back of each page behind it where there is one. */
function inPages(
  paper: Paper,
  grid: Grid,
  people: readonly PaperPerson[],
  front: (box: Box, person: PaperPerson) => void,
  back?: (box: Box) => void,
): void {
  const size = grid.columns * grid.rows;
  for (let from = 0; from < people.length; from += size) {
    const here = people.slice(from, from + size);
    paper.page();
    cutLines(paper, grid);
    for (const [at, box] of [...cells(grid)].entries()) if (here[at]) front(box, here[at]);
    if (!back) continue;
    paper.page();
    cutLines(paper, grid);
    for (const box of cells(grid)) back(box);
  }
}

function bar(paper: Paper, { x, y, width }: Box, colour: string): void {
  paper.rect({ x: x + pad, y: y + 16, width: width - 2 * pad, height: 4 }, colour, 2);
}

const colourOf = ({ side }: PaperPerson) => (side === 'talent' ? colours.talent : colours.senior);

/** Draws place cards, eight a page, and the ground rules behind them. */
export function placeCards(paper: Paper, evening: PaperEvening): void {
  const grid = { columns: 2, rows: 4 };
  inPages(
    paper,
    grid,
    evening.people,
    (box, person) => {
      bar(paper, box, colourOf(person));
      const { x, y, width } = inner(box);
      paper.name({ x, y: y + 8, width, height: 82 }, person.name, {
        most: 36,
        bold: true,
        align: 'centre',
        valign: 'middle',
      });
      if (person.hosts !== '') hostLines(paper, { x, y: y + 96, width, height: 62 }, person);
      else tableNumbers(paper, { x, y: y + 96, width, height: 62 }, person);
    },
    (box) => {
      bar(paper, box, colours.felt);
      rules(paper, inner(box), evening);
    },
  );
}

function hostLines(paper: Paper, { x, y, width }: Box, { hosts, topic }: PaperPerson): void {
  paper.text({ x, y, width, height: 22 }, hosts, { most: 13, bold: true, align: 'centre' });
  paper.text({ x, y: y + 24, width, height: 38 }, topic, {
    most: 10,
    colour: colours.quiet,
    align: 'centre',
  });
}

/** Times above table numbers; in two rows where there are many rounds. */
function tableNumbers(paper: Paper, { x, y, width, height }: Box, { rounds }: PaperPerson): void {
  const rows = rounds.length > 6 ? 2 : 1;
  const perRow = Math.ceil(rounds.length / rows);
  const [step, high] = [Math.min(40, width / perRow), height / rows];
  for (const [at, { at: time, table }] of rounds.entries()) {
    const row = Math.floor(at / perRow);
    const left = x + (width - step * Math.min(perRow, rounds.length - row * perRow)) / 2;
    const cell = { x: left + (at % perRow) * step, y: y + row * high, width: step, height: high };
    paper.text({ ...cell, height: high * 0.34 }, time, { most: 8, colour: colours.quiet, align: 'centre' });
    const radius = Math.min(step * 0.36, high * 0.31);
    const [cx, cy] = [cell.x + step / 2, cell.y + high * 0.36 + radius];
    numberIn(paper, cx, cy, radius, table);
  }
}

/** A table's number in a filled circle. */
export function numberIn(paper: Paper, x: number, y: number, radius: number, table: string): void {
  paper.circle(x, y, radius, colours.felt);
  const side = radius * 1.5;
  paper.text({ x: x - side / 2, y: y - side / 2, width: side, height: side }, table, {
    most: radius,
    bold: true,
    colour: colours.white,
    align: 'centre',
    valign: 'middle',
  });
}

function rules(paper: Paper, { x, y, width, height }: Box, { rules: all, labels }: PaperEvening): void {
  paper.text({ x, y: y + 4, width, height: 14 }, labels.rules, { most: 9, colour: colours.quiet });
  const each = (height - 24) / Math.max(1, all.length);
  for (const [at, { rule, why }] of all.entries()) {
    const top = y + 24 + at * each;
    const used = paper.text({ x, y: top, width, height: each * (why ? 0.5 : 0.95) }, rule, {
      most: 10,
      bold: true,
    });
    if (why)
      paper.text({ x, y: top + used.height, width, height: each * 0.96 - used.height }, why, {
        most: 9,
        colour: colours.quiet,
      });
  }
}

/** Draws a card a person with every round, four a page. */
export function personCards(paper: Paper, { people, title }: PaperEvening): void {
  inPages(paper, { columns: 2, rows: 2 }, people, (box, person) => {
    bar(paper, box, colourOf(person));
    const { x, y, width, height } = inner(box);
    paper.name({ x, y: y + 8, width, height: 58 }, person.name, { most: 28, bold: true, valign: 'middle' });
    const about = person.hosts || title;
    paper.text({ x, y: y + 70, width, height: 26 }, about, { most: 11, colour: colours.quiet });
    const rowHigh = Math.min(56, (height - 104) / Math.max(1, person.rounds.length));
    for (const [at, round] of person.rounds.entries()) {
      const top = y + 104 + at * rowHigh;
      paper.line(x, top, x + width, top);
      const radius = Math.min(15, rowHigh * 0.36);
      numberIn(paper, x + radius, top + rowHigh / 2, radius, round.table);
      const left = x + 40;
      const when = [round.at, round.title].filter(Boolean).join('  ');
      const half = rowHigh * 0.42;
      paper.text({ x: left, y: top + rowHigh * 0.06, width: width - 40, height: half }, when, {
        most: 11,
        bold: true,
      });
      paper.text({ x: left, y: top + rowHigh * 0.52, width: width - 40, height: half }, round.topic, {
        most: 9,
        colour: colours.quiet,
      });
    }
  });
}
