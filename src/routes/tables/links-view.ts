// The links of tables as the page of the plan shows them.
import { editionOf } from '../../actions/edition.ts';
import { textOfLinks } from '../../domain/tables/links.ts';
import type { Event } from '../../store/events/events.ts';
import { linksOf } from '../../store/tables/links.ts';
import type { Visit } from '../../web/visit.ts';

/** Returns the links as lines; null where people do not join online and there are none. */
export async function linksData({ ctx }: Visit, event: Event) {
  const text = textOfLinks(await linksOf(ctx.db, event.id));
  return event.joinUrl === '' && text === '' ? null : { text, seen: editionOf({ links: text }) };
}
