import { z } from 'zod';
import type { StopWay } from '../../domain/guests/invitation-stops.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import { messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { press } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { atDoors, type GuestVisit } from '../events/visitor.ts';

/**
 * Registers the page on which a guest asks for no more invitations of the programme, by hand or by their mail program's
 * button (RFC 8058). Opening it asks for nothing: mail scanners follow links.
 */
export function noMoreInvitationsRoutes(at: Pages): void {
  const atLink = atDoors(at, 'link');
  atLink.get('/no-more', show);
  atLink.post('/no-more/choice', press(choiceForm, choose), { afterSeason: true });
  // The mail program's own server presses this, without a page of ours and without a cookie: the secret in the address is all.
  atLink.post('/no-more', oneClick, { withoutToken: true, fromAnywhere: true, afterSeason: true });
}

const messages = {
  off: 'You get no more invitations from this programme.',
  on: 'You get invitations from this programme again.',
};

async function show(visit: GuestVisit) {
  const { ctx, guest, words } = visit;
  const { page: shown, me, base } = guest;
  const stop = await stops.find(ctx.db, await seasonOn(ctx), me.id);
  return page(visit, 'guests/no-more-invitations', {
    layout: 'bare',
    title: words.t('Invitations from {organisation}', { organisation: shown.organisation }),
    organisation: shown.organisation,
    organiser: shown.organiser,
    event: shown.event,
    base,
    off: stop !== null,
    message: messageFor(visit, messages),
  });
}

const choiceForm = z.object({ invitations: z.enum(['on', 'off']) });

async function choose({ ctx, guest }: GuestVisit, { invitations }: z.output<typeof choiceForm>) {
  const { me, base } = guest;
  const programmeId = await seasonOn(ctx);
  if (invitations === 'off') await stop(ctx, programmeId, me.id, 'page');
  else await stops.remove(ctx.db, programmeId, me.id);
  return `${base}/no-more?said=${invitations}`;
}

async function oneClick({ ctx, reply, guest, words }: GuestVisit) {
  await stop(ctx, await seasonOn(ctx), guest.me.id, 'one-click');
  return reply.type('text/plain; charset=utf-8').send(`${words.t(messages.off)}\n`);
}

/** The wish is about events to come, so an e-mail of an earlier season speaks of the season that is on. */
async function seasonOn({ db }: GuestVisit['ctx']): Promise<number> {
  return orNotFound(await programmes.current(db), 'page').id;
}

function stop({ db, now }: GuestVisit['ctx'], programmeId: number, personId: number, way: StopWay) {
  return stops.add(db, { programmeId, personId, way, since: now() });
}
