import type { Context } from '../../context.ts';
import { toldUntil } from '../../domain/people/end-date.ts';
import { Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as endDates from '../../store/people/end-dates.ts';
import * as people from '../../store/people/people.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';
import { disablePerson } from './people.ts';

/** Deactivates everyone whose last day is over, and tells those whose last day is a week ahead, once for each day. */
export async function keepEndDates(ctx: Context): Promise<void> {
  const programme = await programmes.current(ctx.db);
  if (!programme) return;
  const today = ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate().toString();
  for (const { id } of await endDates.pastLastDay(ctx.db, today)) {
    // The last organiser stays, and keeps the others from nothing.
    await disablePerson(ctx, 'program', id).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }
  for (const { id } of await endDates.endingFrom(ctx.db, today, toldUntil(today)))
    await tell(ctx, programme, id);
}

async function tell(ctx: Context, programme: programmes.Programme, id: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const person = await people.find(tx, id);
    const organiser = await people.firstOrganiser(tx, id);
    if (!person?.endsOn || person.disabledAt !== null) return;
    await sendLetter(ctx, tx, {
      key: `last-day:${id}:${person.endsOn}`,
      kind: 'last-day',
      to: person,
      facts: {
        kind: 'last-day',
        ...seasonFacts(
          programme,
          organiser ?? { name: programme.organisation, email: ctx.mail.from },
          person.name,
        ),
        endsOn: person.endsOn,
        siteUrl: `${ctx.baseUrl}/events`,
      },
    });
  });
}
