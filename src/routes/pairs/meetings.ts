import { z } from 'zod';
import {
  agreeToPair,
  arrangeMeeting,
  pressAnotherTime,
  sayHowItEnds,
  sayWhetherHeld,
  skipMeeting,
} from '../../actions/pairs/meetings.ts';
import { readDay } from '../../domain/events/wall-time.ts';
import { placeLength } from '../../domain/pairs/meetings.ts';
import { orNotFound } from '../../refusal.ts';
import * as meetings from '../../store/pairs/meetings.ts';
import { idIn, lineField } from '../../web/forms.ts';
import { noFields, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { ownDoor, show } from './partner.ts';

/** Registers all that the people of a pair press about their meetings. */
export function pairMeetingRoutes(at: Pages): void {
  at.post('/pairs/:id/meetings/:meeting/date', 'signed-in', arrange);
  at.post('/pairs/:id/meetings/:meeting/answer', 'signed-in', press(timeForm, answer));
  at.post('/pairs/:id/meetings/:meeting/cancellation', 'signed-in', press(skipForm, skip));
  at.post('/pairs/:id/meetings/:meeting/attendance', 'signed-in', press(heldForm, attend));
  at.post('/pairs/:id/agreement', 'signed-in', press(noFields, agree));
  at.post('/pairs/:id/end', 'signed-in', press(endForm, end));
}

/** The address of the pair's page, and the meeting of this pair that the address names. */
async function meetingIn({ ctx, request }: SignedInVisit) {
  const pairId = idIn(request);
  const found = await meetings.find(ctx.db, idIn(request, 'meeting'));
  const meeting = orNotFound(found?.pairId === pairId ? found : null, 'page');
  return { id: meeting.id, back: `/pairs/${pairId}#meetings-panel` };
}

const wall = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
const dateForm = z.object({
  to: wall.optional(),
  day: z.string().trim().default(''),
  time: z.string().trim().default(''),
  place: lineField(placeLength, 'Write at most 120 characters.').optional(),
});

const arrange = (visit: SignedInVisit) =>
  submit(visit, dateForm, {
    act: async ({ to, day, time, place }) => {
      const { id, back } = await meetingIn(visit);
      if (to !== undefined) {
        await arrangeMeeting(visit.ctx, visit.viewer.id, id, { offered: to });
        return back;
      }
      if (!readDay(day)) return [{ field: 'day', message: 'Choose a day from the calendar.' }];
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
        return [{ field: 'time', message: 'Write a time, such as 14:30.' }];
      const typed = `${day}T${time}`;
      await arrangeMeeting(visit.ctx, visit.viewer.id, id, { typed, ...(place !== undefined && { place }) });
      return back;
    },
    again: async (mistakes) => show(visit, await ownDoor(visit), mistakes),
    field: 'time',
  });

const timeForm = z.object({ to: z.union([wall, z.literal('none')]) });
const skipForm = z.object({ how: z.enum(['extra', 'fewer']) });
const heldForm = z.object({ held: z.enum(['yes', 'no']) });
const endForm = z.object({ end: z.enum(['go-on', 'stop']) });

async function answer(visit: SignedInVisit, { to }: z.output<typeof timeForm>) {
  const { id, back } = await meetingIn(visit);
  await pressAnotherTime(visit.ctx, visit.viewer.id, id, to === 'none' ? null : to);
  return back;
}

async function skip(visit: SignedInVisit, { how }: z.output<typeof skipForm>) {
  const { id, back } = await meetingIn(visit);
  await skipMeeting(visit.ctx, visit.viewer.id, id, how);
  return back;
}

async function attend(visit: SignedInVisit, { held }: z.output<typeof heldForm>) {
  const { id, back } = await meetingIn(visit);
  await sayWhetherHeld(visit.ctx, visit.viewer.id, id, held === 'yes');
  return back;
}

async function agree({ ctx, viewer, request }: SignedInVisit) {
  await agreeToPair(ctx, viewer.id, idIn(request));
  return `/pairs/${idIn(request)}#meetings-panel`;
}

async function end({ ctx, viewer, request }: SignedInVisit, form: z.output<typeof endForm>) {
  await sayHowItEnds(ctx, viewer.id, idIn(request), form.end);
  return `/pairs/${idIn(request)}#meetings-panel`;
}
