// The thread in which uploaded files are read: what an organiser sends is taken apart here, so that a large or strange
// file holds up nobody's page. It answers one request and ends.
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { zstdDecompressSync } from 'node:zlib';
import type { CsvFile, CsvOptions, CsvRow } from './csv.ts';
import type { PlainText } from './plain-text.ts';

/** Request to a thread. */
export type Asked =
  | { kind: 'csv'; bytes: Uint8Array; isPacked: boolean; options: CsvOptions }
  | { kind: 'plain-texts'; html: readonly string[] };

/** Messages of a thread: rows or texts in small parts, so that taking them in is short work, then the end. */
export type Said =
  | { kind: 'rows'; rows: CsvRow[] }
  | { kind: 'texts'; texts: PlainText[] }
  | { kind: 'end'; file?: Omit<CsvFile, 'rows'> };

/** Cells and characters in one message, and addresses found in one text. */
const most = { cells: 5_000, characters: 200_000, addresses: 1_000 };

/** Says one part and waits until it was taken in: parts that lie ready together would be taken in all at once. */
async function say(message: Said): Promise<void> {
  const taken = once(parentPort!, 'message');
  parentPort!.postMessage(message);
  await taken;
}

function* parts<T>(list: readonly T[], size: (one: T) => { cells: number; characters: number }) {
  let [part, cells, characters] = [[] as T[], 0, 0];
  for (const one of list) {
    part.push(one);
    const more = size(one);
    [cells, characters] = [cells + more.cells, characters + more.characters];
    if (cells < most.cells && characters < most.characters) continue;
    yield part;
    [part, cells, characters] = [[], 0, 0];
  }
  if (part.length > 0) yield part;
}

const charactersIn = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);

async function readCsvHere({ bytes, isPacked, options }: Extract<Asked, { kind: 'csv' }>): Promise<void> {
  const { readCsv } = await import('./csv.ts');
  // A copy of its own: the memory of an upload is shared.
  const { rows, ...file } = readCsv(isPacked ? zstdDecompressSync(bytes) : Uint8Array.from(bytes), options);
  const size = ({ cells }: CsvRow) => ({ cells: cells.length, characters: charactersIn(cells) });
  for (const part of parts(rows, size)) await say({ kind: 'rows', rows: part });
  await say({ kind: 'end', file });
}

async function plainTextsHere({ html }: Extract<Asked, { kind: 'plain-texts' }>): Promise<void> {
  const { htmlToPlainText } = await import('./plain-text.ts');
  const texts = html.map((one) => {
    const { text, addresses } = htmlToPlainText(one);
    return { text, addresses: addresses.slice(0, most.addresses) };
  });
  const size = ({ text, addresses }: PlainText) => ({
    cells: 1 + addresses.length,
    characters: text.length + charactersIn(addresses),
  });
  for (const part of parts(texts, size)) await say({ kind: 'texts', texts: part });
  await say({ kind: 'end' });
}

const asked = workerData as Asked;
if (asked.kind === 'csv') await readCsvHere(asked);
else await plainTextsHere(asked);
