// Draws a file in a thread of its own.
import { Worker } from 'node:worker_threads';
import type { PaperEvening, PaperRun, SheetName } from './sheets.ts';

/** Draws a file of sheets in a thread of its own, and ends it. Rejects with what went wrong there. */
export async function drawInThread(
  sheet: SheetName,
  evening: PaperEvening,
  at: Temporal.Instant,
): Promise<Buffer> {
  return drawn({ sheet, evening, at: at.epochMilliseconds });
}

/** Draws a run of show for the wall, likewise. */
export async function drawRunInThread(run: PaperRun, at: Temporal.Instant): Promise<Buffer> {
  return drawn({ run, at: at.epochMilliseconds });
}

async function drawn(workerData: Record<string, unknown>): Promise<Buffer> {
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
