// E-mails about a season: what all of them say, and who holds the link of one.
import type { Context } from '../../context.ts';
import type { SeasonLetter } from '../../domain/letters/programme-facts.ts';
import { seasonLinkWorks } from '../../domain/letters/season-links.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import { type SeasonLink, seasonToken } from './links.ts';

/** Returns what every e-mail about a season says: to whom, by whom, about which. */
export function seasonFacts(
  { organisation, name: programme }: programmes.Programme,
  organiser: Pick<people.Person, 'name' | 'email'>,
  name: string,
): SeasonLetter {
  return {
    recipient: { name },
    organisation,
    organiser: organiser.name,
    organiserEmail: organiser.email,
    programme,
  };
}

/** Finds who holds this link of the season that is on, and whether it still works; null where it is nobody's. */
export async function holderOfSeasonLink(ctx: Context, kind: SeasonLink, token: string) {
  const [person = '', day = ''] = token.split('-');
  if (!/^\d{1,9}$/.test(person) || !/^\d{1,6}$/.test(day)) return null;
  const programme = await programmes.current(ctx.db);
  if (!programme || token !== seasonToken(ctx, kind, programme.id, Number(person), Number(day))) return null;
  const holder = await people.find(ctx.db, Number(person));
  if (!holder || holder.disabledAt !== null) return null;
  return { programme, holder, works: seasonLinkWorks(Number(day), ctx.now()) };
}
