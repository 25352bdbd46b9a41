import type { Context } from '../../context.ts';
import { linksInText, textOfLinks } from '../../domain/tables/links.ts';
import { mostTables } from '../../domain/tables/plan.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as links from '../../store/tables/links.ts';
import { refuseOutdated } from '../edition.ts';
import { refuseWithoutTables } from './evening.ts';

/** Saves the links of tables, a line for each. Throws `StaleForm` where somebody saved since `seen`. */
export async function saveTableLinks(
  { db }: Context,
  eventId: number,
  text: string,
  seen: string | undefined,
): Promise<void> {
  const read = linksInText(text);
  if ('wrong' in read)
    throw new Refusal(
      'invalid',
      'Line {n} is no address on the web. Write one such as https://meet.example/table-1.',
      { n: read.wrong },
      'links',
    );
  if (read.links.some(({ number }) => number > mostTables))
    throw new Refusal('invalid', 'There are at most {n} tables.', { n: mostTables }, 'links');
  await db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseWithoutTables(event);
    refuseOutdated(event.name, seen, { links: textOfLinks(await links.linksOf(tx, eventId)) });
    await links.setLinks(tx, eventId, read.links);
  });
}
