import { arrangementsFor, noNeeds, platesFor } from '../../domain/guests/needs.ts';
import type * as events from '../../store/events/events.ts';
import * as needsOf from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { page } from '../../web/pages.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { leadOf, momentWords } from '../events/lead.ts';
import { accessWords, plateWords } from './needs-fields.ts';

/** Registers the printable page for the caterer and the house: totals, never names. */
export function eventNeedsRoutes(at: Pages): void {
  at.get('/events/:id/people/print', 'signed-in', print);
}

async function print(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const lead = await leadOf(visit);
  const invitees = await rsvps.invitees(ctx.db, lead.event.id);
  return page(visit, 'guests/print', {
    ...lead,
    title: words.t('For the caterer, {name}', { name: lead.event.name }),
    ...(await catererOf(visit, lead.event, invitees)),
    asOf: momentWords(words, ctx.now(), lead.event.timeZone, ctx.now()),
  });
}

/** Plates and arrangements of those who come. */
export async function catererOf({ ctx, words }: Visit, event: events.Event, invitees: rsvps.Invitee[]) {
  const said = await needsOf.ofEvent(ctx.db, event.id);
  const coming = invitees.filter(({ state }) => state === 'coming');
  const withNeeds = coming.map(({ name, personId }) => ({ name, needs: said.get(personId) ?? noNeeds }));
  const access = accessWords(words);
  return {
    eaters: coming.length,
    plates: platesFor(
      coming.length,
      withNeeds.map(({ needs }) => needs),
    ).map((plate) => ({
      text: plateWords(words, plate),
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
