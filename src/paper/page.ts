// A4 pages to draw on: text in boxes, lines, circles.
import PDFDocument from 'pdfkit';
import { canDraw, type Fitted, fitted, piecesOf, type Style } from './text.ts';

/** Points of an A4 page, 72 an inch. */
export const a4 = { width: 595.28, height: 841.89 };

export const colours = {
  ink: '#16241d',
  quiet: '#4b5a52',
  line: '#b9c2bc',
  felt: '#0f4632',
  pale: '#dcf2e6',
  white: '#ffffff',
  talent: '#f79a45',
  senior: '#3f4b9e',
};

/** A part of a page, in points from its top left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Look extends Style {
  /** The largest size; smaller where the text is long. */
  most: number;
  colour?: string;
  align?: 'left' | 'centre';
  valign?: 'top' | 'middle';
}

/** A file that is being drawn. */
export interface Paper {
  /** Begins a page. */
  page(): void;
  /** Puts a text into a box, as large as fits; returns how much of the box it takes. */
  text(box: Box, text: string, look: Look): Fitted;
  /** The same for a name: where it cannot be drawn, a line to write it on. */
  name(box: Box, name: string, look: Look): void;
  circle(x: number, y: number, radius: number, colour: string): void;
  rect(box: Box, colour: string, radius?: number): void;
  line(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    look?: { colour?: string; dash?: boolean; width?: number },
  ): void;
  /** Writes a line at the foot of every page, and ends the file. */
  end(foot: (page: number, pages: number) => string | null): Promise<Buffer>;
}

type Doc = InstanceType<typeof PDFDocument>;

/** Draws laid-out lines from the top of a box, or in its middle. */
function drawLines(doc: Doc, box: Box, { size, lines, height }: Fitted, look: Look): void {
  let y = box.y + (look.valign === 'middle' ? Math.max(0, (box.height - height) / 2) : 0);
  for (const line of lines) {
    const pieces = piecesOf(line.text, look);
    const width = pieces.reduce((sum, piece) => sum + piece.width, 0) * size;
    let x = box.x + (look.align === 'centre' ? (box.width - width) / 2 : 0);
    for (const { text, family, width: part } of pieces) {
      doc.font(look.bold ? family.files.bold : family.files.regular).fontSize(size);
      doc.fillColor(look.colour ?? colours.ink);
      // With a list of features, even an empty one, a run is laid out as a whole: right-to-left words keep their order.
      doc.text(text, x, y + line.ascent * size, { lineBreak: false, baseline: 'alphabetic', features: [] });
      x += part * size;
    }
    y += line.height * size;
  }
}

const drawText =
  (doc: Doc): Paper['text'] =>
  (box, said, look) => {
    const found = fitted(said, { ...box, most: look.most }, look);
    drawLines(doc, box, found, look);
    return found;
  };

const drawLine =
  (doc: Doc): Paper['line'] =>
  (x1, y1, x2, y2, { colour = colours.line, dash = false, width = 0.75 } = {}) => {
    doc.save().lineWidth(width).strokeColor(colour);
    if (dash) doc.dash(1.5, { space: 2 });
    doc.moveTo(x1, y1).lineTo(x2, y2).stroke().restore();
  };

const drawName =
  (doc: Doc): Paper['name'] =>
  (box, name, look) => {
    if (canDraw(name)) return void drawText(doc)(box, name, look);
    const y = box.y + Math.min(box.height, look.valign === 'middle' ? box.height * 0.7 : look.most * 1.1);
    const inset = look.align === 'centre' ? box.width * 0.15 : 0;
    drawLine(doc)(box.x + inset, y, box.x + box.width - inset, y, { colour: colours.quiet });
  };

/** Writes at the foot of every page that has something to say there. */
function drawFeet(doc: Doc, foot: (page: number, pages: number) => string | null): void {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    const said = foot(page + 1, count);
    if (said === null) continue;
    doc.switchToPage(page);
    const box = { x: 36, y: a4.height - 30, width: a4.width - 72, height: 12 };
    drawText(doc)(box, said, { most: 8, colour: colours.quiet });
  }
}

/** Opens a file; `title` and `at` stand in what a reader shows of it. */
export function openPaper({ title, at }: { title: string; at: Date }): Paper {
  const info = { Title: title, CreationDate: at, ModDate: at };
  const doc = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, bufferPages: true, info });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    page: () => void doc.addPage(),
    text: drawText(doc),
    name: drawName(doc),
    circle: (x, y, radius, colour) => void doc.circle(x, y, radius).fill(colour),
    rect: ({ x, y, width, height }, colour, radius = 0) =>
      void doc.roundedRect(x, y, width, height, radius).fill(colour),
    line: drawLine(doc),
    async end(foot) {
      drawFeet(doc, foot);
      const whole = new Promise<Buffer>((resolve, reject) => {
        doc.on('end', () => resolve(Buffer.concat(chunks)));
        doc.on('error', reject);
      });
      doc.end();
      return whole;
    },
  };
}
