// A whole page as bytes. Kept fragments were encoded when they were made; only the rest is encoded for each request,
// which for a long wall saves half of the time that printing it takes.
import { randomUUID } from 'node:crypto';
import { between, type Cut } from './kept.ts';

type Chunk = Buffer | string;

/** The kept fragments of one page, laid aside while the rest of it is rendered. */
export type Aside = Chunk[][];

/** Drawn by each process, so that nothing typed can look like it. */
const mark = `\0${randomUUID()}`;

/** Lays a fragment aside; what it gives is printed in its place. */
export function layAside(aside: Aside, cut: Cut, valueIn: (name: string) => string): string {
  cut.bytes ??= cut.texts.map((text) => Buffer.from(text));
  aside.push(between(cut.bytes, cut, valueIn));
  return `${mark}${aside.length - 1}${mark}`;
}

/** The page with every fragment back in its place. */
export function pageBytes(markup: string, aside: Aside): Buffer {
  const chunks: Chunk[] = [];
  markup.split(mark).forEach((text, index) => {
    if (index % 2 === 0) chunks.push(text);
    else chunks.push(...aside[Number(text)]!);
  });
  return joined(chunks);
}

function joined(chunks: readonly Chunk[]): Buffer {
  let size = 0;
  for (const chunk of chunks) size += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
  const page = Buffer.allocUnsafeSlow(size);
  let end = 0;
  for (const chunk of chunks) {
    if (typeof chunk === 'string') end += page.write(chunk, end);
    else {
      page.set(chunk, end);
      end += chunk.length;
    }
  }
  return page;
}
