// The thread in which a file is drawn: a large one takes seconds, in which pages are answered all the same.
import { parentPort, workerData } from 'node:worker_threads';
import { drawPdf } from './pdf.ts';
import { drawRun } from './run.ts';
import type { PaperEvening, PaperRun, SheetName } from './sheets.ts';

const data = workerData as { at: number } & ({ sheet: SheetName; evening: PaperEvening } | { run: PaperRun });
const at = new Date(data.at);
const bytes = 'run' in data ? await drawRun(data.run, at) : await drawPdf(data.sheet, data.evening, at);
parentPort!.postMessage(Uint8Array.from(bytes));
