import { orNotFound } from '../../refusal.ts';
import * as polls from '../../store/dates/polls.ts';
import * as events from '../../store/events/events.ts';
import { idIn } from '../../web/forms.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { sendList } from '../list-file.ts';
import { voicesOf } from './dates-view.ts';

/** Sends who can when as a file for a spreadsheet: a row for each person, a column for each date. */
export const sendWhoCan = (visit: SignedInVisit) =>
  sendList(visit, async () => {
    const { ctx, request, words } = visit;
    const { t } = words;
    const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
    const dates = await polls.datesOf(ctx.db, event.id);
    const voices = await voicesOf(visit, event);
    const said = { yes: t('Yes'), maybe: t('If need be'), no: t('No') };
    const header = [
      ...[t('Name'), t('Side'), t('Hosts')],
      ...dates.map(({ startsAt }) => startsAt.replace('T', ' ')),
      t('Another time that would do'),
    ];
    const rows = voices.map((one) => [
      ...[one.name, one.side, one.isHost ? t('yes') : ''],
      ...dates.map(({ id }) => {
        const answer = one.said.get(id);
        return answer ? said[answer] : '';
      }),
      one.otherTime,
    ]);
    const name = t('Who can when, {event}', { event: event.name });
    return { file: `${event.slug}-who-can`, name, header, rows };
  });
