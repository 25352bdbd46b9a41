import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { setReminders } from '../../actions/letters/reminders.ts';
import type { Context } from '../../context.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { readForm, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import type { GuestVisit } from '../events/visitor.ts';
import { atDoors } from '../events/visitor.ts';

/**
 * Registers the page that ends a guest's reminders of one event, by hand or by their mail program's button (RFC 8058).
 */
export function remindersOffRoutes(app: FastifyInstance, ctx: Context): void {
  const at = atDoors(app, ctx, 'link');
  at.get('/reminders', show);
  at.post('/reminders/choice', choose);
  // The mail program's own server presses this, without a page of ours and without a cookie: the secret in the address is all.
  at.post('/reminders', oneClick, { withoutToken: true, fromAnywhere: true });
}

const said = {
  off: 'You get no more reminders of this event.',
  on: 'You get reminders of this event again.',
};

async function show(visit: GuestVisit) {
  const { ctx, guest, words } = visit;
  const { page: shown, me, base } = guest;
  const rsvp = await rsvps.find(ctx.db, shown.event.id, me.id);
  return page(visit, 'letters/reminders-off', {
    layout: 'bare',
    title: words.t('Reminders of {name}', { name: shown.event.name }),
    organisation: shown.organisation,
    event: shown.event,
    base,
    off: rsvp?.remindersOffAt != null,
    said: saying(visit, said),
  });
}

async function choose({ ctx, request, guest }: GuestVisit) {
  const { page: shown, me, base } = guest;
  const form = readForm(request, z.object({ reminders: z.enum(['on', 'off']) }));
  if (!form.ok) return `${base}/reminders`;
  await setReminders(ctx, shown.event.id, me.id, form.values.reminders === 'on');
  return `${base}/reminders?said=${form.values.reminders}`;
}

async function oneClick({ ctx, reply, guest, words }: GuestVisit) {
  const { page: shown, me } = guest;
  await setReminders(ctx, shown.event.id, me.id, false);
  return reply.type('text/plain; charset=utf-8').send(`${words.t(said.off)}\n`);
}
