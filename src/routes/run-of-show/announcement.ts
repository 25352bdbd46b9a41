import { z } from 'zod';
import { announceEnd, toldOfEnd } from '../../actions/run-of-show/announce.ts';
import { lengthOfRun } from '../../actions/run-of-show/length.ts';
import { clockAfter, firstMoment } from '../../domain/events/fixed-starts.ts';
import { idIn } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';

/** Registers the page on which another end is announced: it writes to many people, so it is asked once. */
export function announcementRoutes(at: Pages): void {
  at.get('/events/:id/run/announcement', 'organiser', (visit) => showAnnouncement(visit), {
    forChanges: true,
  });
  at.post('/events/:id/run/announcement', 'organiser', announce);
}

async function showAnnouncement(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const minutes = await lengthOfRun(ctx.db, event);
  if (event.state !== 'published' || (minutes === event.minutes && mistakes === noMistakes))
    return `/events/${event.id}/run`;
  const told = await toldOfEnd(ctx.db, event.id);
  const end = clockAfter(firstMoment(event), minutes);
  return page(visit, 'run-of-show/announcement', {
    ...lead,
    here: 'run',
    undo: null,
    title: words.t('Announce the new end of {name}', { name: event.name }),
    base: `/events/${event.id}/run`,
    heading: headingOf(words, told.all, end, ctx.mail.configured),
    who: whoText(words, told),
    minutes,
    ...mistakes,
  });
}

function headingOf({ t, tn }: Words, all: number, end: string, isMailed: boolean): string {
  if (all === 0) return t('It ends at {end}. Nobody has to be told.', { end });
  return isMailed
    ? tn(all, '{n} person gets an update: it ends at {end}', '{n} people get an update: it ends at {end}', {
        end,
      })
    : tn(
        all,
        'An update for {n} person is kept here: it ends at {end}',
        'Updates for {n} people are kept here: it ends at {end}',
        { end },
      );
}

function whoText({ t, tn }: Words, told: Awaited<ReturnType<typeof toldOfEnd>>): string {
  const parts = [
    told.coming && tn(told.coming, '{n} who comes', '{n} who come'),
    told.waiting && tn(told.waiting, '{n} on the waiting list', '{n} on the waiting list'),
    told.maybe && tn(told.maybe, '{n} who is not sure yet', '{n} who are not sure yet'),
    told.invited && tn(told.invited, '{n} who has not answered', '{n} who have not answered'),
  ].filter(Boolean);
  return [
    parts.length > 0 ? `${parts.join(', ')}.` : '',
    t('Their calendar entry changes with it, and nobody has to answer again.'),
  ]
    .filter(Boolean)
    .join(' ');
}

const form = z.object({ minutes: z.coerce.number().int().min(1).max(100_000) });

const announce = (visit: SignedInVisit) =>
  submit(visit, form, {
    act: async ({ minutes }) => {
      const id = idIn(visit.request);
      await announceEnd(visit.ctx, id, { minutes, held: true });
      return `/events/${id}/run`;
    },
    again: (mistakes) => showAnnouncement(visit, mistakes),
    field: '',
  });
