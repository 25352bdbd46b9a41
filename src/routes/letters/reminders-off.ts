import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { setReminders } from '../../actions/letters/reminders.ts';
import type { Context } from '../../context.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { readForm, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { guestOf } from '../events/visitor.ts';

const { t } = english;

/**
 * Registers the page that ends a guest's reminders of one event, by hand or by their mail program's button (RFC 8058).
 */
export function remindersOffRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'link' } as const;
  app.get('/i/:token/reminders', { config }, (request, reply) => show(ctx, request, reply));
  app.post('/i/:token/reminders/choice', { config }, (request, reply) => choose(ctx, request, reply));
  // The mail program's own server presses this, without a page of ours and without a cookie: the secret in the address is all.
  app.post(
    '/i/:token/reminders',
    { config: { access: 'link', withoutToken: true, fromAnywhere: true } },
    (request, reply) => oneClick(ctx, request, reply),
  );
}

const said = {
  off: 'You get no more reminders of this event.',
  on: 'You get reminders of this event again.',
};

async function show(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { page: shown, me, base } = await guestOf(ctx, request);
  const rsvp = await rsvps.find(ctx.db, shown.event.id, me.id);
  return page(
    reply,
    'letters/reminders-off',
    {
      title: t('Reminders of {name}', { name: shown.event.name }),
      organisation: shown.organisation,
      event: shown.event,
      base,
      off: rsvp?.remindersOffAt != null,
      said: saying(request, said),
    },
    { layout: 'bare' },
  );
}

async function choose(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { page: shown, me, base } = await guestOf(ctx, request);
  const form = readForm(request, z.object({ reminders: z.enum(['on', 'off']) }));
  if (!form.ok) return reply.redirect(`${base}/reminders`, 303);
  await setReminders(ctx, shown.event.id, me.id, form.values.reminders === 'on');
  return reply.redirect(`${base}/reminders?said=${form.values.reminders}`, 303);
}

async function oneClick(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { page: shown, me } = await guestOf(ctx, request);
  await setReminders(ctx, shown.event.id, me.id, false);
  return reply.type('text/plain; charset=utf-8').send(`${t(said.off)}\n`);
}
