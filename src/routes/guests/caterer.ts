import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { arrangementsFor, noNeeds, platesFor } from '../../domain/guests/needs.ts';
import type * as events from '../../store/events/events.ts';
import * as needsOf from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { leadOf, momentWords } from '../events/lead.ts';
import { accessWords, plateWords } from './needs-fields.ts';

const { t } = english;

/** Registers the printable page for the caterer and the house: totals, never names. */
export function eventNeedsRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/events/:id/people/print', { config: { access: 'signed-in' } }, (request, reply) =>
    print(ctx, request, reply),
  );
}

async function print(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const lead = await leadOf(ctx, request);
  const invitees = await rsvps.invitees(ctx.db, lead.event.id);
  return page(reply, 'guests/print', {
    ...lead,
    title: t('For the caterer, {name}', { name: lead.event.name }),
    ...(await catererOf(ctx, lead.event, invitees)),
    asOf: momentWords(ctx.now(), lead.event.timeZone, ctx.now()),
  });
}

/** Plates and arrangements of those who come. */
export async function catererOf(ctx: Context, event: events.Event, invitees: rsvps.Invitee[]) {
  const said = await needsOf.ofEvent(ctx.db, event.id);
  const coming = invitees.filter(({ state }) => state === 'coming');
  const withNeeds = coming.map(({ name, personId }) => ({ name, needs: said.get(personId) ?? noNeeds }));
  const access = accessWords();
  return {
    eaters: coming.length,
    plates: platesFor(
      coming.length,
      withNeeds.map(({ needs }) => needs),
    ).map((plate) => ({
      text: plateWords(plate),
      count: plate.count,
      isAllergy: plate.allergies.length > 0,
    })),
    arrangements: arrangementsFor(withNeeds).map((one) => ({
      text: one.access === null ? one.words : access[one.access],
      names: one.people.map(({ name }) => name).join(', '),
      count: one.people.length,
    })),
  };
}
