import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { setNotesClosed } from '../../actions/notes/notes.ts';
import { startOf } from '../../domain/events/times.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { daysNotesKept } from '../../domain/notes/notes.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { harvestOf } from '../../store/notes/harvests.ts';
import { countNotes, notePage, notesOf } from '../../store/notes/notes.ts';
import { topicsAt } from '../../store/tables/attendees.ts';
import { writeCsv } from '../../web/csv.ts';
import { idIn, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { press } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { kindIcons, kindWord } from './harvest-view.ts';

/** All notes of an event, for its organisers: to read, to pass on, and to close. */
export function noteListRoutes(at: Pages): void {
  at.get('/events/:id/notes', 'organiser', list);
  at.get('/events/:id/notes.csv', 'organiser', asCsv);
  at.post('/events/:id/notes/closing', 'organiser', press(closingForm, close));
}

const pageSize = 60;
const query = z.object({ page: pageField });
const messages = {
  closed: 'Closed. Hosts change their notes no more.',
  open: 'Open again for the hosts.',
};

async function list(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const data = await leadOf(visit);
  const { event } = data;
  const at = pageOf(readQuery(request, query).page, await countNotes(ctx.db, event.id), pageSize);
  const topics = new Map((await topicsAt(ctx.db, event.id)).map((one) => [one.number, one.sentence]));
  const rows = (await notePage(ctx.db, event.id, at)).map((note) => ({
    ...note,
    word: kindWord(words, note.kind),
    icon: kindIcons[note.kind],
    from: words.t('Round {n}', { n: note.round }),
  }));
  const groups = [...Map.groupBy(rows, ({ tableNumber }) => tableNumber)];
  const erased = startOf(event)
    .add({ hours: 24 * daysNotesKept })
    .toZonedDateTimeISO(event.timeZone);
  return page(visit, 'notes/list', {
    ...data,
    title: words.t('Notes, {event}', { event: event.name }),
    groups: groups.map(([table, notes]) => ({
      title: table > 0 ? words.t('Table {n}', { n: table }) : words.t('The room'),
      topic: topics.get(table) ?? '',
      notes,
    })),
    pager: pagerFor(at, (n) => addressWith(`/events/${event.id}/notes`, { page: n })),
    total: at.total,
    isClosed: (await harvestOf(ctx.db, event.id)).closedOn !== null,
    erasedOn: formatDay(erased.toPlainDateTime().toString(), localeOf(words)),
    message: messageFor(visit, messages),
  });
}

async function asCsv(visit: SignedInVisit) {
  const { ctx, request, reply, viewer, words } = visit;
  const { t } = words;
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const topics = new Map((await topicsAt(ctx.db, event.id)).map((one) => [one.number, one.sentence]));
  const notes = await notesOf(ctx.db, event.id);
  await noteExport(ctx, viewer.id, 'exported-notes', notes.length, event.name);
  const rows = notes.map((note) => [
    note.tableNumber > 0 ? String(note.tableNumber) : '',
    topics.get(note.tableNumber) ?? '',
    String(note.round),
    kindWord(words, note.kind),
    note.text,
  ]);
  const header = [t('Table'), t('Trend'), t('Round'), t('Kind'), t('Note')];
  const delimiter = delimiterFor(request);
  return sendCsv(reply, `notes-${event.slug}.csv`, writeCsv(header, rows, { delimiter }));
}

const closingForm = z.object({ closed: z.enum(['yes', 'no']) });

async function close(visit: SignedInVisit, { closed }: z.output<typeof closingForm>) {
  const { ctx, request } = visit;
  const id = idIn(request);
  await setNotesClosed(ctx, id, closed === 'yes');
  return `/events/${id}/notes?said=${closed === 'yes' ? 'closed' : 'open'}`;
}
