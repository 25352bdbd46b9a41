import { noteExport } from '../../actions/audit/note.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { writeCsv } from '../../web/csv.ts';
import type { Answer, Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { confirmFirst } from '../sign-in/fresh-code.ts';

/** Registers the guest list of an event as a file for a spreadsheet. */
export function guestListFileRoutes(at: Pages): void {
  at.get('/events/:id/people/guests.csv', 'organiser', sendList);
}

const answersInWords = ({ t }: Words): Record<string, string> => ({
  coming: t('Coming'),
  waiting: t('Waiting for a seat'),
  maybe: t('Not sure'),
  invited: t('No answer'),
  declined: t('Can’t come'),
});

/** Everyone on the list with their answer; needs stay on the page, as they are erased there in time. */
async function sendList(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request, reply, viewer, words } = visit;
  const { t } = words;
  const { event } = await leadOf(visit);
  const confirmation = await confirmFirst(visit, `/events/${event.id}/people/guests.csv`);
  if (confirmation) return confirmation;
  const invitees = await rsvps.invitees(ctx.db, event.id);
  await noteExport(ctx, viewer.id, 'exported-guests', invitees.length, event.name);
  const answers = answersInWords(words);
  const header = [t('Name'), t('E-mail'), t('Side'), t('Department'), t('Job title'), t('Answer')];
  const cells = invitees.map((one) => [
    one.name,
    one.email,
    one.side,
    one.department,
    one.jobTitle,
    answers[one.state] ?? '',
  ]);
  const text = writeCsv(header, cells, { delimiter: delimiterFor(request) });
  return sendCsv(reply, `${event.slug}-guests.csv`, text);
}
