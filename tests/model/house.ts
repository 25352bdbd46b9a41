// One event with twelve people, in a simple model and in a database; the same acts are applied to both.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { draft } from '../../src/actions/events/events.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/open.ts';
import type { BeforeNo } from '../../src/domain/guests/taking-back.ts';
import { builtInFormat } from '../../src/domain/run-of-show/built-in-formats.ts';
import * as events from '../../src/store/events/events.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import * as holds from '../../src/store/letters/holds.ts';
import * as people from '../../src/store/people/people.ts';
import { invariants } from '../support/invariants.ts';
import { english } from '../support/words.ts';
import { type Act, type Ending, perform, type Said } from './acts.ts';
import { calendarFaults, reminderFaults, sequenceFaults } from './faults.ts';
import { type Mood, mailOf } from './mail.ts';
import {
  copyOf,
  eveOf,
  expect as expected,
  type Guest,
  type Model,
  type Side,
  sidesToAsk,
  startIn,
} from './model.ts';

export const sides: Side[] = [...Array(8).fill('senior'), ...Array(4).fill('talent')];
const zone = 'Europe/Brussels';
const longestWaitLate = 61;

/** Does an act somewhere else than here: in another process on the same database. */
export type Elsewhere = (eventId: number, act: Act, crash: boolean, now: Temporal.Instant) => Promise<Ending>;

export interface Base {
  ctx: Context;
  clock: { now: Temporal.Instant };
  organiserId: number;
  programmeId: number;
  /** The ids of the twelve, seniors first. */
  people: number[];
}

export function contextOn(db: Db, clock: { now: Temporal.Instant }, secret: Buffer): Context {
  return {
    db,
    now: () => clock.now,
    random: randomBytes,
    baseUrl: 'https://flipside.halden.example',
    secret,
    queue: async () => {},
    words: english,
    mail: { from: 'invitations@halden.example', configured: true },
    demo: false,
  };
}

export async function baseOn(db: Db, secret = randomBytes(32)): Promise<Base> {
  const clock = { now: Temporal.Instant.from('2027-03-01T08:00:00Z') };
  const ctx = contextOn(db, clock, secret);
  const createdAt = clock.now;
  const programme = await programmes.add(db, {
    organisation: 'Halden',
    name: 'Model',
    timeZone: zone,
    createdAt,
  });
  const add = (name: string, side: Side) =>
    people.add(db, { name, email: `${name}@halden.example`, side, createdAt, updatedAt: createdAt });
  const organiser = await add('ida', 'senior');
  const ids: number[] = [];
  for (const [n, side] of sides.entries()) ids.push((await add(`${side}-${n}`, side)).id);
  return { ctx, clock, organiserId: organiser.id, programmeId: programme.id, people: ids };
}

export interface Step {
  act:
    | Act
    | { do: 'rush'; people: number[]; said: Said }
    | { do: 'wait'; minutes: number | 'to the eve' }
    | { do: 'deliver'; moods: Mood[] }
    | { do: 'nothing' };
  crash: boolean;
  elsewhere: boolean;
}

/** Starts with a draft on the eve of the change to summer time; `run` takes steps and says what was wrong, a sentence each. */
export async function openHouse(
  base: Base,
  {
    rendered = false,
    elsewhere,
    late = false,
  }: { rendered?: boolean; elsewhere?: Elsewhere; late?: boolean } = {},
) {
  const { ctx, clock } = base;
  // 18:30 there on the evening before, or in good time.
  clock.now = Temporal.Instant.from(late ? '2027-03-24T17:30:00Z' : '2027-03-01T08:00:00Z');
  const startsAt = '2027-03-25T14:00';
  const event = await draftOf(base, startsAt);
  const model: Model = {
    state: 'draft',
    seats: { senior: 3, talent: 2 },
    start: startIn(startsAt),
    minutes: event.minutes,
    place: 'The Atrium',
    guests: new Map(),
    named: [],
    turns: 0,
  };
  const sideOf = (person: number) => sides[base.people.indexOf(person)]!;
  const mail = mailOf(ctx, (letter) => reminderFaults(ctx, letter), { rendered });
  let before: { model: Model; hold: number } | undefined;
  let offersTaken = false;

  /** Time goes on for this process and for the database, by whose clock a hold on a letter ends. */
  async function pass(minutes: number): Promise<void> {
    clock.now = clock.now.add({ minutes });
    await ctx.db.execute(
      sql`UPDATE letters SET lease_until = lease_until - make_interval(mins => ${minutes}) WHERE lease_until IS NOT NULL`,
    );
  }

  async function step({ act: drawn, crash, elsewhere: away }: Step): Promise<string[]> {
    const act = drawn.do === 'take-offer' ? { ...drawn, person: askedFor(drawn.person) } : drawn;
    clock.now = clock.now.add({ seconds: 1 });
    if (act.do === 'nothing') return [];
    if (act.do === 'deliver') await mail.deliver(act.moods);
    else if (act.do === 'rush') {
      const faults = await rush(act.people, act.said);
      if (faults.length > 0) return faults;
    } else if (act.do === 'wait') {
      const minutes = act.minutes === 'to the eve' ? minutesToEve() : act.minutes;
      // In a life that begins on the eve of the event time passes in hours, not days.
      await pass(late ? Math.min(minutes, longestWaitLate) : minutes);
      for (const due of [{ do: 'release' }, { do: 'offer' }, { do: 'send-due' }] as const) {
        const faults = await doIt(due, false, away);
        if (faults.length > 0) return faults;
      }
    } else {
      const faults = await doIt(act, crash, away);
      if (faults.length > 0) return faults;
    }
    const faults = await differences();
    if (act.do === 'wait') faults.push(...(await unasked()));
    return [...faults, ...(await look()), ...mail.wrong];
  }

  /** Mostly somebody who was asked takes an offer: where there are any, the person drawn stands for one of them. */
  function askedFor(person: number): number {
    const asked = [...model.guests].filter(([, one]) => one.asked).map(([id]) => id);
    return asked[person % (asked.length + 1)] ?? person;
  }

  /** Minutes until one after 18:00 on the day before, 1 where that is past. */
  function minutesToEve(): number {
    return Math.max(1, Math.ceil((eveOf(model.start) - clock.now.epochMilliseconds) / 60_000) + 1);
  }

  /** Finds sides on which nobody was asked in time; the database is believed about whom it asked. */
  async function unasked(): Promise<string[]> {
    if (await holds.current(ctx.db, event.id, clock.now)) return [];
    const asked = (side: Side) =>
      [...model.guests].some(([person, one]) => one.asked && sideOf(person) === side);
    return sidesToAsk(model, clock.now.epochMilliseconds, sideOf)
      .filter((side) => !asked(side))
      .map((side) => `a seat is free for a ${side} and nobody who waits was asked`);
  }

  /** Many press at the same moment, here and elsewhere: the database decides who was first, but not how many get a seat. */
  async function rush(people: number[], said: Said): Promise<string[]> {
    const acts = people.map((person): Act => ({ do: 'answer', person, said }));
    const endings = await Promise.all(
      acts.map((act, i) =>
        i % 2 && elsewhere ? elsewhere(event.id, act, false, clock.now) : perform(ctx, event.id, act),
      ),
    );
    const verdicts = acts.map((act) => expected(model, act, clock.now.epochMilliseconds, sideOf));
    if (endings.join() !== verdicts.join())
      return [`pressed at once: ${endings}, and it ought to be ${verdicts}`];
    const found = await guestsIn(ctx.db, event.id);
    const count = (guests: Map<number, Guest>) =>
      [...guests]
        .map(([person, { state }]) => `${sideOf(person)} ${state}`)
        .sort()
        .join();
    if (count(found) !== count(model.guests))
      return [`pressed at once, they are ${count(found)} and ought to be ${count(model.guests)}`];
    model.guests = found;
    model.turns = Math.max(model.turns, ...[...found.values()].map(({ turn }) => turn));
    return [];
  }

  async function doIt(act: Act, crash: boolean, away: boolean): Promise<string[]> {
    const now = clock.now;
    const held = await holds.current(ctx.db, event.id, now);
    const ending = await (away && elsewhere
      ? elsewhere(event.id, act, crash, now)
      : perform(ctx, event.id, act, crash));
    if (act.do === 'take-back') return ending === 'done' ? tookBack(held?.id) : [];
    const next = copyOf(model);
    const verdict = expected(next, act, now.epochMilliseconds, sideOf);
    if (ending === 'crashed' || (crash && ending === 'refused')) return [];
    if (ending !== verdict) return [`${JSON.stringify(act)} was ${ending} and ought to be ${verdict}`];
    const hold = await holds.current(ctx.db, event.id, now);
    if (hold && hold.id !== held?.id) before = { model: copyOf(model), hold: hold.id };
    if (act.do === 'take-offer' && verdict === 'done') offersTaken = true;
    if (verdict === 'done') Object.assign(model, next);
    const isPress = act.do === 'substitute' || (act.do === 'answer' && act.person % 4 === 0);
    return isPress && verdict === 'done' ? pressAgain(act) : [];
  }

  /** I11: the same press once more, as a slow phone sends it, does nothing. */
  async function pressAgain(act: Act): Promise<string[]> {
    const written = async () => (await ctx.db.execute(sql`SELECT 1 FROM letters`)).length;
    const before = await written();
    const ending = await perform(ctx, event.id, act);
    const more = (await written()) - before;
    return ending === 'done' && more === 0
      ? []
      : [`I11: pressed again it was ${ending}, with ${more} letters more`];
  }

  /** Keeps the model's event; its guests are read from the database, where the invariants hold. */
  async function tookBack(hold: number | undefined): Promise<string[]> {
    if (hold === undefined) return ['something was taken back that was not held'];
    const row = (await events.find(ctx.db, event.id))!;
    if (hold === before?.hold && row.state !== before.model.state)
      return [`taken back, the event is ${row.state} and was ${before.model.state}`];
    const seats = { senior: row.seniorCapacity, talent: row.talentCapacity };
    Object.assign(model, { state: row.state, start: startIn(row.startsAt), place: row.place, seats });
    if (hold === before?.hold)
      for (const key of ['start', 'place', 'seats'] as const)
        if (JSON.stringify(before.model[key]) !== JSON.stringify(model[key]))
          return [`taken back, ${key} is ${JSON.stringify(model[key])}`];
    model.guests = await guestsIn(ctx.db, event.id);
    model.turns = Math.max(model.turns, ...[...model.guests.values()].map(({ turn }) => turn));
    return [];
  }

  async function differences(): Promise<string[]> {
    const row = (await events.find(ctx.db, event.id))!;
    const found = await guestsIn(ctx.db, event.id);
    const seen = [row.state, startIn(row.startsAt), row.place, row.seniorCapacity, row.talentCapacity];
    const meant = [model.state, model.start, model.place, model.seats.senior, model.seats.talent];
    for (const [person, one] of model.guests) one.asked = found.get(person)?.asked ?? false;
    const wrong = seen.join() === meant.join() ? [] : [`the event is ${seen} and ought to be ${meant}`];
    for (const person of base.people) {
      const [one, other] = [said(found.get(person)), said(model.guests.get(person))];
      if (one !== other) wrong.push(`person ${person} is ${one} and ought to be ${other}`);
    }
    const line = (guests: Map<number, Guest>) =>
      [...guests]
        .filter(([, { state }]) => state === 'waiting')
        .sort((a, b) => a[1].turn - b[1].turn)
        .map(([person]) => person);
    if (line(found).join() !== line(model.guests).join())
      wrong.push(`${line(found)} wait in this order and ought to in this: ${line(model.guests)}`);
    return wrong;
  }

  async function look(atRest = false): Promise<string[]> {
    const isOver = clock.now.epochMilliseconds >= model.start + model.minutes * 60_000;
    const wrong = [
      ...(await invariants(ctx.db, { atRest, lateAt: clock.now })),
      ...(await sequenceFaults(ctx.db)),
    ];
    // Once it is over nobody moves up any more; an offered seat goes to the first who pressed, not to the longest wait.
    const passed = [...(isOver ? ['I2'] : []), ...(offersTaken ? ['I3'] : [])];
    return wrong.filter((one) => !passed.some((rule) => one.startsWith(rule)));
  }

  /** Checks what people’s calendars show once every letter has gone out. */
  async function atRest(): Promise<string[]> {
    for (let tries = 0; tries < 200; tries++) {
      await pass(61);
      const waiting = await ctx.db.execute(sql`SELECT 1 FROM letters WHERE state = 'waiting'`);
      if (waiting.length === 0) break;
      await mail.deliver(['takes']);
    }
    return [...(await look(true)), ...mail.wrong, ...calendarFaults(model, mail, base.people)];
  }

  async function close(): Promise<void> {
    await ctx.db.execute(sql`DELETE FROM letters`);
    // The next life has the same people and the same hours, and none of their limits used up.
    await ctx.db.execute(sql`DELETE FROM attempts`);
    await ctx.db.execute(sql`DELETE FROM events`);
  }

  return { step, atRest, close, eventId: event.id };
}

async function draftOf(base: Base, startsAt: string) {
  const format = builtInFormat('lunch-and-learn')!;
  const event = await draft(base.ctx, {
    formKey: crypto.randomUUID(),
    programmeId: base.programmeId,
    organiserId: base.organiserId,
    format: format.slug,
    shape: format.shape,
    blocks: format.blocks,
    name: 'Spring round',
    headline: 'What reaches your desk',
    lede: '',
    startsAt,
    timeZone: zone,
    place: 'The Atrium',
    joinUrl: '',
    access: '',
    seniorCapacity: 3,
    talentCapacity: 2,
    answerBy: null,
    guestListShown: true,
    topics: [],
    guestIds: [],
  });
  return { id: event.id, minutes: format.blocks.reduce((sum, { minutes }) => sum + minutes, 0) };
}

async function guestsIn(db: Db, eventId: number): Promise<Map<number, Guest>> {
  const rows = await db.execute<{
    person: number;
    state: Guest['state'];
    turn: number | null;
    kept: string | null;
    before: BeforeNo | null;
    asked: boolean;
  }>(
    sql`SELECT person_id AS person, state, waiting_number AS turn, extract(epoch FROM seat_kept_until)::text AS kept,
      before_no AS before, offered_at IS NOT NULL AS asked
      FROM rsvps WHERE event_id = ${eventId}`,
  );
  return new Map(
    rows.map(({ person, state, turn, kept, before, asked }) => [
      person,
      {
        state,
        turn: turn ?? 0,
        keptUntil: kept === null ? null : Math.round(Number(kept) * 1000),
        back: before && backOf(before),
        asked,
      },
    ]),
  );
}

const milliseconds = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

const backOf = ({ state, waitingNumber, seatKeptUntil, until }: BeforeNo): Guest['back'] => ({
  state,
  turn: waitingNumber ?? 0,
  keptUntil: seatKeptUntil === null ? null : milliseconds(seatKeptUntil),
  until: milliseconds(until),
});

const said = (guest: Guest | undefined) =>
  guest === undefined
    ? 'not on the list'
    : guest.state + (guest.keptUntil === null ? '' : ' with a seat kept');
