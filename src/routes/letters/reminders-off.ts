import { z } from 'zod';
import { setReminders } from '../../actions/letters/reminders.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { press } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import type { GuestVisit } from '../events/visitor.ts';
import { atDoors } from '../events/visitor.ts';

/**
 * Registers the page that ends a guest's reminders of one event, by hand or by their mail program's button (RFC 8058).
 */
export function remindersOffRoutes(at: Pages): void {
  const atLink = atDoors(at, 'link');
  atLink.get('/reminders', show);
  atLink.post('/reminders/choice', press(choiceForm, choose), { afterSeason: true });
  // The mail program's own server presses this, without a page of ours and without a cookie: the secret in the address is all.
  atLink.post('/reminders', oneClick, { withoutToken: true, fromAnywhere: true, afterSeason: true });
}

const messages = {
  off: 'You get no more reminders about this event.',
  on: 'You get reminders about this event again.',
};

async function show(visit: GuestVisit) {
  const { ctx, guest, words } = visit;
  const { page: shown, me, base } = guest;
  const rsvp = await rsvps.find(ctx.db, shown.event.id, me.id);
  return page(visit, 'letters/reminders-off', {
    layout: 'bare',
    title: words.t('Reminders about {name}', { name: shown.event.name }),
    organisation: shown.organisation,
    event: shown.event,
    base,
    off: rsvp?.remindersOffAt != null,
    message: messageFor(visit, messages),
  });
}

const choiceForm = z.object({ reminders: z.enum(['on', 'off']) });

async function choose({ ctx, guest }: GuestVisit, { reminders }: z.output<typeof choiceForm>) {
  const { page: shown, me, base } = guest;
  await setReminders(ctx, shown.event.id, me.id, reminders === 'on');
  return `${base}/reminders?said=${reminders}`;
}

async function oneClick({ ctx, reply, guest, words }: GuestVisit) {
  const { page: shown, me } = guest;
  await setReminders(ctx, shown.event.id, me.id, false);
  return reply.type('text/plain; charset=utf-8').send(`${words.t(messages.off)}\n`);
}
