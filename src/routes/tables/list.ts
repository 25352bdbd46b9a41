import { z } from 'zod';
import { plansOf, refuseWithoutTables, tablesOf } from '../../actions/tables/evening.ts';
import { readPlan } from '../../actions/tables/seating.ts';
import { seatsInList } from '../../domain/tables/list.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as attendees from '../../store/tables/attendees.ts';
import { writeCsv } from '../../web/csv.ts';
import { idIn, type UploadedFile } from '../../web/forms.ts';
import { readCsvFile } from '../../web/read-files.ts';
import { submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit } from '../../web/visit.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { listOf } from './list-view.ts';
import { backTo, showPlan } from './plan.ts';

/** Registers the plan as a list: a CSV file out and in, with the columns the command line reads and writes. */
export function tableListRoutes(at: Pages): void {
  at.get('/events/:id/tables/list.csv', 'organiser', download);
  at.post('/events/:id/tables/list', 'organiser', readIn);
}

/** The event's tables and people with their addresses, as a list has them. */
async function listed({ ctx, request }: SignedInVisit) {
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  refuseWithoutTables(event);
  const tables = await tablesOf(ctx.db, event, ctx.now());
  const plans = await plansOf(ctx.db, event.id, tables);
  const addresses = await attendees.addressesOf(
    ctx.db,
    tables.people.map(({ id }) => id),
  );
  return { event, tables, seats: plans.draft ? plans.seats : plans.publishedSeats, addresses };
}

async function download(visit: SignedInVisit): Promise<Answer> {
  const { event, ...plan } = await listed(visit);
  const { header, rows } = listOf(plan);
  const text = writeCsv(header, rows, { delimiter: delimiterFor(visit.request) });
  return sendCsv(visit.reply, `${event.slug}-tables.csv`, text);
}

const isFile = (value: unknown): value is UploadedFile =>
  value !== null && typeof value === 'object' && 'bytes' in value;
const fileForm = z.object({ file: z.custom<UploadedFile>(isFile, 'Choose a file first.') });

/** Mistakes of a list that are shown at once. */
const faultsShown = 12;

const readIn = (visit: SignedInVisit) =>
  submit(visit, fileForm, {
    act: async ({ file: { fileName, bytes } }) => {
      const wrong = (message: string) => [{ field: 'file', message }];
      if (fileName === '') return wrong('Choose a file first.');
      const file = await readCsvFile(bytes);
      if (file.problem !== undefined) return wrong(file.problem);
      const { event, tables, seats, addresses } = await listed(visit);
      const people = tables.people.map(({ id, name }) => ({ id, name, email: addresses.get(id) ?? '' }));
      const read = seatsInList(file, people, tables);
      if (read.faults.length > 0)
        return read.faults
          .slice(0, faultsShown)
          .map(({ sentence, params }) => ({ field: 'file', message: sentence, params }));
      await readPlan(visit.ctx, event.id, new Map([...seats, ...read.seats]));
      return backTo(visit, 'read');
    },
    again: (mistakes) => showPlan(visit, mistakes),
    field: 'file',
  });
