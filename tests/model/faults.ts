// Checks after a life of an event: reminders went to the right people, calendars show the event, SEQUENCE never fell.
import { sql } from 'drizzle-orm';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/open.ts';
import { whyNoWork } from '../../src/domain/events/working-days.ts';
import * as events from '../../src/store/events/events.ts';
import * as rsvps from '../../src/store/guests/rsvps.ts';
import type { Letter } from '../../src/store/letters/letters.ts';
import type { Mail } from './mail.ts';
import { type Model, startIn } from './model.ts';

/** I9: a reminder goes to nobody who said no, for no event that is off, on no weekend, and once per kind and start. */
export async function reminderFaults(ctx: Context, letter: Letter): Promise<string[]> {
  if (!['reminder', 'preparation', 'see-you-soon', 'today'].includes(letter.kind)) return [];
  const event = (await events.find(ctx.db, letter.eventId!))!;
  const rsvp = await rsvps.find(ctx.db, event.id, letter.personId!);
  const wrong: string[] = [];
  const state = rsvp?.state ?? 'not on the list';
  const mayGo = letter.kind === 'reminder' ? ['invited', 'maybe'] : ['coming'];
  if (!mayGo.includes(state)) wrong.push(`I9: a ${letter.kind} went to somebody who is ${state}`);
  if (event.state !== 'published')
    wrong.push(`I9: a ${letter.kind} went out for an event that is ${event.state}`);
  if (whyNoWork(letter.createdAt, event.timeZone, () => false) !== null)
    wrong.push(`I9: a ${letter.kind} was written at the weekend`);
  const days = (startIn(event.startsAt) - letter.createdAt.epochMilliseconds) / 86_400_000;
  if (letter.kind === 'today' && days > 3) wrong.push(`I9: “today” went out ${days} days before`);
  if (letter.kind === 'see-you-soon' && days > 5)
    wrong.push(`I9: “see you soon” went out ${days} days before`);
  const [again] = await ctx.db.execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM letters
    WHERE kind = ${letter.kind} AND event_id = ${event.id} AND person_id = ${letter.personId} AND state <> 'cancelled'
      AND (kind = 'reminder' OR facts->'event'->>'start' = ${event.startsAt})`);
  if (again!.n > (letter.kind === 'reminder' ? 2 : 1))
    wrong.push(`I9: ${again!.n} letters “${letter.kind}” for one person`);
  return wrong;
}

/** The most important check: a person's calendar is never wrong. It covers I10, since the wall time is compared. */
export function calendarFaults(model: Model, mail: Mail, everybody: number[]): string[] {
  const start = new Date(model.start).toISOString();
  return everybody.flatMap((person) => {
    if (mail.unreachable.has(person)) return [];
    const entry = mail.calendars.get(person);
    const state = model.guests.get(person)?.state;
    const goes =
      model.state === 'published' && state !== undefined && state !== 'uninvited' && state !== 'declined';
    if (!goes) {
      return !entry?.isThere
        ? []
        : [`the event stands in the calendar of person ${person}, who is ${state ?? 'not on the list'}`];
    }
    if (!entry?.isThere) return [`the event is missing in the calendar of person ${person}, who is ${state}`];
    const shown = new Date(startIn(entry.start.slice(0, 16))).toISOString();
    if (shown !== start) return [`the calendar of person ${person} shows ${shown} in place of ${start}`];
    return entry.place === model.place
      ? []
      : [`the calendar of person ${person} shows “${entry.place}” in place of “${model.place}”`];
  });
}

/** I7: in the order in which a person's letters were written, SEQUENCE never falls, and rises with a CANCEL. */
export async function sequenceFaults(db: Db): Promise<string[]> {
  const rows = await db.execute<{ person: number; kind: string; sequence: number; was: number | null }>(sql`
    SELECT person_id AS person, kind, (facts->'calendar'->>'sequence')::int AS sequence,
      lag((facts->'calendar'->>'sequence')::int) OVER (PARTITION BY event_id, person_id ORDER BY id) AS was
    FROM letters WHERE facts ? 'calendar' AND state <> 'cancelled'`);
  return rows
    .filter(({ kind, sequence, was }) =>
      was === null
        ? false
        : ['moved', 'cancelled', 'uninvited', 'seat-given-back'].includes(kind)
          ? sequence <= was
          : sequence < was,
    )
    .map(
      ({ person, kind, sequence, was }) =>
        `I7: person ${person} got ${kind} with SEQUENCE ${sequence} after ${was}`,
    );
}
