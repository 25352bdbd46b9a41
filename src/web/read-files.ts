// Reads uploaded files in a thread of their own (node:worker_threads), one after the other, so that pages are answered
// meanwhile and no file takes more than its share of time and memory.
import { Worker } from 'node:worker_threads';
import type { CsvFile, CsvOptions, CsvRow } from './csv.ts';
import type { Asked, Said } from './file-thread.ts';
import type { PlainText } from './plain-text.ts';

/** Limits for reading one file; none within the limits of csv-limits.ts needs a tenth of it. */
const fairShare = { seconds: 30, megabytes: 512 };

/** Message about a file that took more than that. A key of the catalogue. */
export const unreadProblem =
  'The file could not be read. Save it from Excel as “CSV UTF-8” and choose it again.';

/** How a file is read: `isPacked` says that we compressed it ourselves. */
export interface FileOptions extends CsvOptions {
  isPacked?: boolean;
}

/** Reads any bytes as `readCsv` does, off the thread that answers pages. */
export async function readCsvFile(
  bytes: Uint8Array,
  { isPacked = false, ...options }: FileOptions = {},
  share = fairShare,
): Promise<CsvFile> {
  const rows: CsvRow[] = [];
  try {
    const file = await askThread({ kind: 'csv', bytes, isPacked, options }, share, (said) => {
      if (said.kind === 'rows') rows.push(...said.rows);
    });
    return { ...file!, rows };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return {
      encoding: 'UTF-8',
      delimiter: ',',
      ...options,
      header: [],
      rows: [],
      problem: unreadProblem,
    } as CsvFile;
  }
}

/** The text of each piece of HTML, in order; null where they take more than their share of time or memory. */
export async function plainTextsOf(html: readonly string[]): Promise<PlainText[] | null> {
  const texts: PlainText[] = [];
  try {
    await askThread({ kind: 'plain-texts', html }, fairShare, (said) => {
      if (said.kind === 'texts') texts.push(...said.texts);
    });
    return texts;
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return null;
  }
}

/** The thread ran out of time or memory. */
class Unread extends Error {}

let last: Promise<unknown> = Promise.resolve();

/** Starts the thread once the one before it has ended: two large files at once take twice as long, not twice the memory. */
function askThread(asked: Asked, share: typeof fairShare, hear: (said: Said) => void): Promise<ReadHead> {
  const mine = last.then(() => runThread(asked, share, hear));
  last = mine.catch(() => {});
  return mine;
}

/** Last message of a thread: of a CSV file everything but its rows. */
type ReadHead = Omit<CsvFile, 'rows'> | undefined;

function runThread(asked: Asked, share: typeof fairShare, hear: (said: Said) => void): Promise<ReadHead> {
  const worker = new Worker(new URL('./file-thread.ts', import.meta.url), {
    workerData: asked,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: share.megabytes },
  });
  const clock = setTimeout(() => void worker.terminate(), share.seconds * 1000);
  return new Promise<ReadHead>((resolve, reject) => {
    worker.on('message', (said: Said) => {
      if (said.kind === 'end') return resolve(said.file);
      hear(said);
      worker.postMessage('more');
    });
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Unread(error.message) : error),
    );
    worker.once('exit', () => reject(new Unread('The thread that reads files ended early.')));
  }).finally(() => {
    clearTimeout(clock);
    void worker.terminate();
  });
}
