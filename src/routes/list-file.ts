// A list that an organiser sees, as a file for a spreadsheet: noted in the audit log, and after a fresh code where one is due.
import { noteExport } from '../actions/audit/note.ts';
import { writeCsv } from '../web/csv.ts';
import type { Answer, SignedInVisit } from '../web/visit.ts';
import { delimiterFor, sendCsv } from './people/list.ts';
import { confirmFirst } from './sign-in/fresh-code.ts';

export interface ListFile {
  /** Name of the file, without its ending. */
  file: string;
  /** The list in words, for the audit log. */
  name: string;
  header: string[];
  rows: string[][];
}

/** Sends a list as CSV; `collect` reads it once the organiser has confirmed. */
export async function sendList(visit: SignedInVisit, collect: () => Promise<ListFile>): Promise<Answer> {
  const { ctx, request, reply, viewer } = visit;
  const confirmation = await confirmFirst(visit, request.url);
  if (confirmation) return confirmation;
  const { file, name, header, rows } = await collect();
  await noteExport(ctx, viewer.id, 'exported-list', rows.length, name);
  return sendCsv(reply, `${file}.csv`, writeCsv(header, rows, { delimiter: delimiterFor(request) }));
}
