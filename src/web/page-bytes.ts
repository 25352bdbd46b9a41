// A whole page as bytes. Cached fragments were encoded when they were made; only the rest is encoded for each request,
// which for a long wall saves half of the time that printing it takes.
import { randomUUID } from 'node:crypto';
import { type Fragment, interleave } from './kept.ts';

type Chunk = Buffer | string;

/** Cached fragments of one page, reserved while the rest of it is rendered. */
export type Reserved = Chunk[][];

/** Boundary of a placeholder, drawn by each process, so that nothing typed can look like it. */
const boundary = `\0${randomUUID()}`;

/** Reserves a fragment; returns the placeholder to print in its place. */
export function reserve(reserved: Reserved, fragment: Fragment, valueIn: (name: string) => string): string {
  fragment.bytes ??= fragment.texts.map((text) => Buffer.from(text));
  reserved.push(interleave(fragment.bytes, fragment, valueIn));
  return `${boundary}${reserved.length - 1}${boundary}`;
}

/** The page with every fragment back in its place. */
export function pageBytes(markup: string, reserved: Reserved): Buffer {
  const chunks: Chunk[] = [];
  markup.split(boundary).forEach((text, index) => {
    if (index % 2 === 0) chunks.push(text);
    else chunks.push(...reserved[Number(text)]!);
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
