import * as eventPage from '../../store/events/page.ts';
import { blocksWithIds, namesOfLeads } from '../../store/run-of-show/blocks.ts';
import { page } from '../../web/pages.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { ownPart, partRows } from './part-view.ts';

/** Registers everybody's part of an event: their own on their phone, and all of them to print. */
export function partRoutes(at: Pages): void {
  atBothDoors(at).get('/part', showOwn);
  at.get('/events/:id/run/parts', 'signed-in', showAll);
}

async function showOwn(visit: GuestVisit) {
  const { guest, words } = visit;
  return page(visit, 'run-of-show/part', {
    ...guestData(visit),
    title: words.t('Your part'),
    part: ownPart(guest.page, guest.me),
  });
}

/** Everyone who leads a block: by name, as organiser or facilitator, or as a host. */
async function showAll(visit: SignedInVisit) {
  const { ctx, viewer, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const blocks = await blocksWithIds(ctx.db, event.id);
  const known = await eventPage.findBySlug(ctx.db, event.slug, viewer.id);
  const hosts = new Set((known?.topics ?? []).flatMap((topic) => topic.hosts.map(({ id }) => id)));
  const ids = [
    event.organiserId,
    event.facilitatorId,
    ...blocks.map(({ ledById }) => ledById),
    ...hosts,
  ].filter((id) => id !== null);
  const names = await namesOfLeads(ctx.db, [...new Set(ids)]);
  const runs = new Set([event.organiserId, event.facilitatorId]);
  const people = [...names].map(([id, name]) => {
    const withNotes = runs.has(id);
    return { name, part: partRows(event, blocks, { id, isHost: hosts.has(id) }, { withNotes }) };
  });
  return page(visit, 'run-of-show/parts', {
    ...lead,
    layout: 'bare',
    title: words.t('Everybody’s part, {name}', { name: event.name }),
    base: `/events/${event.id}/run`,
    people: people
      .filter(({ part }) => part.length > 0)
      .toSorted((a, b) => a.name.localeCompare(b.name, words.language)),
  });
}
