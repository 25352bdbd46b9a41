import { z } from 'zod';
import { noteNeeds } from '../../actions/guests/needs.ts';
import { inviteToNext } from '../../actions/guests/next-event.ts';
import { nameSubstitute, whyGuestCannotName } from '../../actions/guests/substitutes.ts';
import { reasons } from '../../domain/guests/commitment.ts';
import { orNotFound } from '../../refusal.ts';
import * as needsOf from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { lineField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { colleagueCalled } from '../people/find-by-name.ts';
import { needsFieldData, needsForm } from './needs-fields.ts';

/** Registers a guest's forms besides the answer: a reason for a no, a substitute, the next one, food and access. */
export function guestFormRoutes(at: Pages): void {
  const atBoth = atBothDoors(at);
  atBoth.post('/reason', press(reasonForm, sayWhy));
  atBoth.post('/next-event', comeNextTime);
  atBoth.get('/substitute', showSubstitute);
  atBoth.post('/substitute', sendSubstitute);
  atBoth.get('/needs', showNeeds);
  atBoth.post('/needs', saveNeeds);
}

const reasonForm = z.object({ because: z.enum(reasons) });

async function sayWhy({ ctx, guest }: GuestVisit, { because }: z.output<typeof reasonForm>) {
  const { page: event, me, base } = guest;
  const isGiven = await rsvps.setReason(ctx.db, event.id, me.id, because);
  return `${base}${isGiven ? '?said=why' : ''}#answer-panel`;
}

async function comeNextTime({ ctx, guest }: GuestVisit) {
  const { page: event, me, base } = guest;
  await inviteToNext(ctx, event.event, me.id);
  // The way to that event is in its own e-mail: this link opens this event alone.
  return `${base}?said=next#answer-panel`;
}

async function showSubstitute(visit: GuestVisit, mistakes = noMistakes) {
  const { ctx, guest, words } = visit;
  orNotFound(guest.page.mine, 'event');
  const data = guestData(visit);
  const refusal = await whyGuestCannotName(ctx.db, guest.page.event.id, guest.me.id, {
    name: data.organiser,
  });
  return page(visit, 'guests/substitute', {
    ...data,
    whyNot: refusal ? words.t(refusal.sentence, refusal.params) : '',
    title: words.t('Send a colleague instead'),
    ...mistakes,
  });
}

const substituteForm = z.object({
  substitute: lineField(254, 'Write at most 254 characters: a name or an address.').refine(
    (value) => value !== '',
    'Write who comes in your place: a full name or an e-mail address.',
  ),
});

async function sendSubstitute(visit: GuestVisit) {
  const { ctx, guest } = visit;
  const { page: event, me, base } = guest;
  return submit(visit, substituteForm, {
    act: async (values) => {
      const other = await colleagueCalled(ctx, me.id, values.substitute);
      await nameSubstitute(ctx, event.event.id, me.id, other.id);
      return `${base}?said=substitute#answer-panel`;
    },
    again: (mistakes) => showSubstitute(visit, mistakes),
  });
}

async function showNeeds(visit: GuestVisit, mistakes = noMistakes) {
  const { ctx, guest, words } = visit;
  orNotFound(guest.page.mine, 'event');
  const needs = await needsOf.find(ctx.db, guest.page.event.id, guest.me.id);
  return page(visit, 'guests/needs', {
    ...guestData(visit),
    title: words.t('Food and access'),
    ...needsFieldData(words, needs, mistakes),
    needsHref: `${guest.base}/needs`,
    ...mistakes,
  });
}

async function saveNeeds(visit: GuestVisit) {
  const { ctx, guest } = visit;
  const { page: event, me, base } = guest;
  return submit(visit, needsForm, {
    act: async ({ seen, ...values }) => {
      await noteNeeds(ctx, event.event.id, me.id, values, seen);
      return `${base}?said=needs#answer-panel`;
    },
    again: (mistakes) => showNeeds(visit, mistakes),
  });
}
