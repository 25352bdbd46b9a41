// Draws a file in a thread of its own.
import { Worker } from 'node:worker_threads';
import type { PaperEvening, SheetName } from './sheets.ts';

/** Draws a file of sheets in a thread of its own, and ends it. Rejects with what went wrong there. */
export async function drawInThread(
  sheet: SheetName,
  evening: PaperEvening,
  at: Temporal.Instant,
): Promise<Buffer> {
  const workerData = { sheet, evening, at: at.epochMilliseconds };
  const worker = new Worker(new URL('./in-thread.ts', import.meta.url), { workerData, execArgv: [] });
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The thread ended before the file was drawn')));
    });
  } finally {
    void worker.terminate();
  }
}
