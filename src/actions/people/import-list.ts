import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import type { Column } from '../../domain/people/columns.ts';
import type { ListRow } from '../../domain/people/rows.ts';
import type * as imports from '../../store/people/imports.ts';
import { nextTurn } from '../steps.ts';

/** A list as it was read: the cells below the header, and which column is which. */
export interface PeopleList {
  header: string[];
  /** Delimiter of the cells, so that the wrong rows go out as they came in. */
  delimiter: string;
  columns: Column[];
  rows: ListRow[];
  /** Addresses in small letters that two people are behind, as an organiser said. */
  shared?: string[];
}

// A confirmed list is stored in place of its file: a line of JSON for what is known of it, then one for each row,
// compressed. Written and read a hundred rows at a time, since several megabytes at once would hold up pages.

const rowsAtOnce = 100;

/** Packs a list in turns with whatever else is to be done. */
export async function packList({ rows, ...head }: PeopleList): Promise<Buffer> {
  const packing = createZstdCompress();
  const packed = Array.fromAsync<Buffer>(packing);
  packing.write(JSON.stringify(head));
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await nextTurn();
    const some = rows.slice(from, from + rowsAtOnce);
    packing.write(some.map((row) => `\n${JSON.stringify(row)}`).join(''));
  }
  packing.end();
  return Buffer.concat(await packed);
}

/** Reads the list of an import that was confirmed; an earlier version kept it among the choices. */
export async function listOf({ bytes, choices }: imports.StoredImport): Promise<PeopleList> {
  if ('list' in choices) return choices.list as PeopleList;
  let head: Omit<PeopleList, 'rows'> | undefined;
  const rows: ListRow[] = [];
  for await (const line of linesIn(bytes!)) {
    if (head) rows.push(JSON.parse(line) as ListRow);
    else head = JSON.parse(line) as Omit<PeopleList, 'rows'>;
  }
  return { ...head!, rows };
}

/** Unpacks in small pieces, in another thread, and gives one line after the other. */
async function* linesIn(packed: Uint8Array): AsyncGenerator<string> {
  const unpacking = createZstdDecompress();
  unpacking.setEncoding('utf8').end(packed);
  let rest = '';
  for await (const piece of unpacking) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}
