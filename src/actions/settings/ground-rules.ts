import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import type { GroundRulesLetter } from '../../domain/letters/programme-facts.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { daysBetweenReminders } from '../../domain/settings/acceptance.ts';
import { DeadLink, orNotFound, Refusal, wrongLink } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as acceptances from '../../store/settings/acceptances.ts';
import { note } from '../audit/note.ts';
import { holderOfSeasonLink, seasonFacts } from '../letters/about-season.ts';
import type { ReminderPress } from '../letters/reminder-presses.ts';
import { sendLetter } from '../letters/send.ts';

/** Notes that a person accepts the ground rules of the season that is on. */
export async function acceptRules(ctx: Context, personId: number): Promise<void> {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  await acceptances.accept(ctx.db, { programmeId: programme.id, personId, acceptedAt: ctx.now() });
}

/** Finds whose link this is. Throws a Refusal ('not-found') for any other, and 'gone' 14 days after it was sent. */
export async function holderOfRulesLink(ctx: Context, token: string) {
  const link = await holderOfSeasonLink(ctx, 'ground-rules', token);
  if (!link) throw wrongLink();
  if (!link.works) throw new DeadLink('This link has ended', 'It ended 14 days after it was sent.');
  return link;
}

/**
 * Writes one e-mail to each who has not accepted and was not reminded within a week; they leave after ten seconds. Throws a
 * Refusal ('conflict') where nobody is left to remind.
 */
export async function remindOfRules(ctx: Context, by: number): Promise<ReminderPress> {
  return ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.lockCurrent(tx), 'page');
    const now = ctx.now();
    const asked = await toRemind(tx, programme, now);
    if (asked.length === 0)
      throw new Refusal('conflict', 'Everyone has accepted, or was reminded within the last seven days.');
    const organiser = orNotFound(await people.find(tx, by), 'person');
    const press = `ground-rules:${programme.id}:${now.epochMilliseconds}`;
    const hold = { id: null, until: undoEnds(now) };
    for (const person of asked) {
      const letter = { key: `${press}:${person.id}`, kind: 'ground-rules', to: person, hold };
      await sendLetter(ctx, tx, { ...letter, facts: { ...factsFor(programme, organiser, person.name) } });
    }
    await note(ctx, tx, {
      by,
      act: 'reminded-of-rules',
      about: programme.name,
      numbers: { n: asked.length },
    });
    return { press, count: asked.length };
  });
}

/** People who have not accepted and were not reminded within a week; nobody where nobody is asked. */
export async function toRemind(tx: Db, { id, asksToAccept }: programmes.Programme, now: Temporal.Instant) {
  const missing = asksToAccept ? await acceptances.withoutAcceptance(tx, id) : [];
  const since = now.subtract({ hours: 24 * daysBetweenReminders });
  const ids = missing.map((person) => person.id);
  const known = await acceptances.remindedSince(tx, ids, since);
  return missing.filter((person) => !known.has(person.id));
}

function factsFor(
  programme: programmes.Programme,
  organiser: people.Person,
  name: string,
): Omit<GroundRulesLetter, 'rulesUrl'> {
  return {
    kind: 'ground-rules',
    ...seasonFacts(programme, organiser, name),
    programmeId: programme.id,
    rules: programme.groundRules,
  };
}
