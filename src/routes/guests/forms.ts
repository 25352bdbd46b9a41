import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { noteNeeds } from '../../actions/guests/needs.ts';
import { inviteToNext } from '../../actions/guests/next-event.ts';
import { nameSubstitute, whyGuestCannotName } from '../../actions/guests/substitutes.ts';
import type { Context } from '../../context.ts';
import { reasons } from '../../domain/guests/commitment.ts';
import { orNotFound } from '../../refusal.ts';
import * as needsOf from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { lineField, type Mistakes, readForm } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { guestData } from '../events/page.ts';
import { guestOf } from '../events/visitor.ts';
import { colleagueCalled } from '../people/find-by-name.ts';
import { needsFieldData, needsForm } from './needs-fields.ts';
import { mistakeIn } from './one.ts';

const { t } = english;

/** Registers a guest's forms besides the answer: a reason for a no, a substitute, the next one, food and access. */
export function guestFormRoutes(app: FastifyInstance, ctx: Context): void {
  for (const [base, access] of [
    ['/i/:token', 'link'],
    ['/e/:slug', 'signed-in'],
  ] as const) {
    const config = { access };
    app.post(`${base}/reason`, { config }, (request, reply) => sayWhy(ctx, request, reply));
    app.post(`${base}/next-event`, { config }, (request, reply) => comeNextTime(ctx, request, reply));
    app.get(`${base}/substitute`, { config }, (request, reply) => showSubstitute(ctx, request, reply));
    app.post(`${base}/substitute`, { config }, (request, reply) => sendSubstitute(ctx, request, reply));
    app.get(`${base}/needs`, { config }, (request, reply) => showNeeds(ctx, request, reply));
    app.post(`${base}/needs`, { config }, (request, reply) => saveNeeds(ctx, request, reply));
  }
}

const reasonForm = z.object({ because: z.enum(reasons) });

async function sayWhy(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { page: event, me, base } = await guestOf(ctx, request);
  const form = readForm(request, reasonForm);
  const isSaid = form.ok && (await rsvps.setReason(ctx.db, event.id, me.id, form.values.because));
  return reply.redirect(`${base}${isSaid ? '?said=why' : ''}#answer-panel`, 303);
}

async function comeNextTime(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { page: event, me, base } = await guestOf(ctx, request);
  await inviteToNext(ctx, event.event, me.id);
  // The way to that event is in its own e-mail: this link opens this event alone.
  return reply.redirect(`${base}?said=next#answer-panel`, 303);
}

async function showSubstitute(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  orNotFound(guest.page.mine, 'event');
  const data = guestData(ctx, guest);
  const refusal = await whyGuestCannotName(ctx.db, guest.page.event.id, guest.me.id, {
    name: data.organiser,
  });
  return page(
    reply,
    'guests/substitute',
    {
      ...data,
      whyNot: refusal ? t(refusal.sentence, refusal.params) : '',
      title: t('Somebody in your place'),
      errors: mistakes?.errors ?? [],
      typed: mistakes?.typed ?? {},
    },
    { layout: 'guest', status: mistakes ? 422 : 200 },
  );
}

const substituteForm = z.object({
  substitute: lineField(254, 'Write at most 254 characters: a name or an address.').refine(
    (value) => value !== '',
    'Write who comes in your place: a full name or an e-mail address.',
  ),
});

async function sendSubstitute(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { page: event, me, base } = await guestOf(ctx, request);
  const form = readForm(request, substituteForm);
  if (!form.ok) return showSubstitute(ctx, request, reply, form);
  try {
    const other = await colleagueCalled(ctx, me.id, form.values.substitute);
    await nameSubstitute(ctx, event.event.id, me.id, other.id);
  } catch (error) {
    return showSubstitute(ctx, request, reply, {
      errors: [mistakeIn(error, 'substitute')],
      typed: form.typed,
    });
  }
  return reply.redirect(`${base}?said=substitute#answer-panel`, 303);
}

async function showNeeds(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  orNotFound(guest.page.mine, 'event');
  const needs = await needsOf.find(ctx.db, guest.page.event.id, guest.me.id);
  return page(
    reply,
    'guests/needs',
    {
      ...guestData(ctx, guest),
      title: t('Food and access'),
      ...needsFieldData(needs, mistakes?.typed),
      errors: mistakes?.errors ?? [],
      typed: mistakes?.typed ?? {},
    },
    { layout: 'guest', status: mistakes ? 422 : 200 },
  );
}

async function saveNeeds(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { page: event, me, base } = await guestOf(ctx, request);
  const form = readForm(request, needsForm);
  if (!form.ok) return showNeeds(ctx, request, reply, form);
  await noteNeeds(ctx, event.event.id, me.id, form.values);
  return reply.redirect(`${base}?said=needs#answer-panel`, 303);
}
