import { z } from 'zod';
import { offerDates, remindOfDates, takeBackAsking, withdrawDate } from '../../actions/dates/offers.ts';
import { takeDate } from '../../actions/dates/take.ts';
import { mostDates } from '../../domain/dates/offer.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { idIn, readQuery, seenField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith } from '../../web/paging.ts';
import { type Mistakes, noFields, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { datesData, datesQuery, pressField, several } from './dates-view.ts';
import { sendWhoCan } from './list.ts';

/** Registers looking for a date of an event: offering dates, who can when, and taking one. */
export function datesRoutes(at: Pages): void {
  at.get('/events/:id/dates', 'organiser', (visit) => show(visit), { forChanges: true });
  at.get('/events/:id/dates/who-can.csv', 'organiser', sendWhoCan);
  at.post('/events/:id/dates', 'organiser', offer);
  at.post('/events/:id/dates/choice', 'organiser', take);
  at.post('/events/:id/dates/withdrawal', 'organiser', press(dateForm, withdraw));
  at.post('/events/:id/dates/reminder', 'organiser', remind);
  at.post('/events/:id/dates/reminder/withdrawal', 'organiser', press(pressForm, takeBack));
}

const dayField = z.iso.date('Choose a day.');
async function show(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const event = orNotFound(await events.find(visit.ctx.db, idIn(visit.request)), 'event');
  const asked = readQuery(visit.request, datesQuery);
  return page(visit, 'dates/show', await datesData(visit, event, asked, mistakes));
}

/** As a field for date and time sends it; seconds, where a browser adds them, are dropped. */
const wallField = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?)?$/, 'Write a day and a time.')
  .transform((text) => text.slice(0, 16));

const offerForm = z.object({
  date: several(wallField, 3 * mostDates),
  other: several(wallField, 6),
  answerBy: dayField,
  seen: seenField,
});

const offer = (visit: SignedInVisit) =>
  submit(visit, offerForm, {
    act: async ({ date, other, answerBy, seen }) => {
      const id = idIn(visit.request);
      const dates = [...date, ...other].filter((one) => one !== '');
      const { press: name, count } = await offerDates(
        visit.ctx,
        id,
        { dates, answerBy, seen },
        visit.viewer.id,
      );
      return count === 0
        ? `/events/${id}/dates`
        : addressWith(`/events/${id}/dates`, { press: name, sent: count });
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'date',
  });

const idField = z.coerce.number().int().min(1).max(2_147_483_647);
const dateForm = z.object({ date: idField });

const take = (visit: SignedInVisit) =>
  submit(visit, dateForm, {
    act: async ({ date }) => {
      const id = idIn(visit.request);
      await takeDate(visit.ctx, id, date);
      return `/events/${id}?said=sent`;
    },
    again: ({ errors, ...rest }) =>
      show(visit, { ...rest, errors: errors.map((one) => ({ ...one, field: '' })) }),
    field: '',
  });

async function withdraw({ ctx, request }: SignedInVisit, { date }: z.output<typeof dateForm>) {
  await withdrawDate(ctx, idIn(request), date);
  return `/events/${idIn(request)}/dates`;
}

const remind = (visit: SignedInVisit) =>
  submit(visit, noFields, {
    act: async () => {
      const id = idIn(visit.request);
      const { press: name, count } = await remindOfDates(visit.ctx, id, visit.viewer.id);
      return addressWith(`/events/${id}/dates`, { press: name, sent: count });
    },
    again: (mistakes) => show(visit, mistakes),
    field: '',
  });

const pressForm = z.object({ press: pressField });

async function takeBack({ ctx, request }: SignedInVisit, { press: name }: z.output<typeof pressForm>) {
  await takeBackAsking(ctx, idIn(request), name);
  return `/events/${idIn(request)}/dates`;
}
