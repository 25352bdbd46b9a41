// An evening in its harvest: hosts have noted things, and the demo's people sit in it.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import * as rsvps from '../../../src/actions/guests/answer.ts';
import { keepNote } from '../../../src/actions/notes/notes.ts';
import { keepSentence } from '../../../src/actions/notes/own-sentence.ts';
import { personalToken, personalTokenHash } from '../../../src/actions/sign-in/personal-links.ts';
import * as demoPeople from '../../../src/store/demo/people.ts';
import { topics } from '../../../src/store/schema/index.ts';
import type { House } from '../demo-house.ts';

/** Minutes from the start of a Perspective Challenger into its harvest. */
export const minutesIntoHarvest = 103;

/** Sentence that a guest keeps for themselves in the harvest. */
export const keptSentence = 'I will let it draft my minutes, and read them';

/** Turns a published event into one that began so long ago; returns personal links of a guest and a host in it. */
export async function holdTheEvening(
  { ctx }: House,
  { id }: { id: number },
  guests: readonly { id: number }[],
): Promise<Record<string, string>> {
  const host = (await demoPeople.find(ctx.db, 'talent'))!;
  const senior = (await demoPeople.find(ctx.db, 'senior'))!;
  const invited = sql`INSERT INTO rsvps (event_id, person_id, state, token_hash, invited_at)
    SELECT ${id}, p.id, 'coming', ${randomUUID()} || p.id, now() FROM people p
    WHERE p.id IN (${host.id}, ${senior.id}) AND NOT EXISTS (SELECT FROM rsvps r WHERE r.event_id = ${id} AND r.person_id = p.id)`;
  for (const guest of guests) await rsvps.answer(ctx, id, guest.id, 'yes');
  await ctx.db.execute(invited);
  await ctx.db.execute(sql`UPDATE rsvps SET state = 'coming' WHERE event_id = ${id}`);
  const [team] = await ctx.db.execute<{ trend: number; team: number }>(sql`
    SELECT (SELECT max(id) FROM trends tr WHERE NOT EXISTS (SELECT FROM topics o WHERE o.trend_id = tr.id)) AS trend,
      m.team_id AS team FROM team_members m WHERE m.person_id = ${host.id} LIMIT 1`);
  await ctx.db.insert(topics).values({ eventId: id, number: 1, trendId: team!.trend, teamId: team!.team });
  const began = ctx.now().subtract({ minutes: minutesIntoHarvest }).toZonedDateTimeISO('Europe/Oslo');
  const startsAt = began.toPlainDateTime().toString({ smallestUnit: 'minute' });
  await ctx.db.execute(sql`UPDATE events SET starts_at = ${startsAt} WHERE id = ${id}`);
  await ctx.db.execute(sql`UPDATE blocks SET question = 'Which task would you never hand over?'
    WHERE event_id = ${id} AND kind = 'talk'`);
  const kept = [
    ['idea', 'Two signatures above 10,000 euros, one of them human'],
    ['worry', 'Nobody could say who pays when it is wrong'],
    ['follow', 'Legal to say what “signed by software” is worth in court'],
  ] as const;
  for (const [n, [kind, text]] of kept.entries())
    await keepNote(ctx, id, host.id, { id: randomUUID(), table: 1, round: n + 1, kind, text });
  await keepSentence(ctx, id, senior.id, keptSentence);
  for (const person of [host.id, senior.id])
    await ctx.db.execute(sql`UPDATE rsvps SET token_hash = ${personalTokenHash(personalToken(ctx, id, person))}
      WHERE event_id = ${id} AND person_id = ${person}`);
  const link = (person: number) => `/i/${personalToken(ctx, id, person)}`;
  const other = guests.find((one) => one.id !== senior.id)!;
  return { 'sits in the harvest': link(other.id), 'hosts in the harvest': link(host.id) };
}
