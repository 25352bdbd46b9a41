// The thread in which a file is drawn: a large one takes seconds, in which pages are answered all the same.
import { parentPort, workerData } from 'node:worker_threads';
import { drawPdf } from './pdf.ts';
import type { PaperEvening, SheetName } from './sheets.ts';

const { sheet, evening, at } = workerData as { sheet: SheetName; evening: PaperEvening; at: number };
const bytes = await drawPdf(sheet, evening, new Date(at));
parentPort!.postMessage(Uint8Array.from(bytes));
