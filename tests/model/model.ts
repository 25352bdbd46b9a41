// A simple model of an event: who is invited, who has a seat, who waits, and in which order. It shares no code with what
// it is compared to.
import type { Act } from './acts.ts';

export type Side = 'senior' | 'talent';
export type State = 'invited' | 'coming' | 'waiting' | 'maybe' | 'declined' | 'uninvited';

export interface Guest {
  state: State;
  /** Number of their yes among all of the event, by which they stand in line; only of those who wait. */
  turn: number;
  /** Epoch milliseconds until which a seat is kept for them: as a substitute, or after a no. */
  keptUntil: number | null;
  /** After a no on the page: what it was before, and until when it can be that again. */
  back: { state: State; turn: number; keptUntil: number | null; until: number } | null;
  /** Whether they were asked if they can take a free seat; the program decides whom it asks, and how many at a time. */
  asked?: boolean;
}

export interface Model {
  state: 'draft' | 'published' | 'cancelled';
  seats: Record<Side, number>;
  /** Epoch milliseconds. */
  start: number;
  minutes: number;
  place: string;
  guests: Map<number, Guest>;
  /** Substitutions: the guest, and the person they named in their place. */
  named: [who: number, whom: number][];
  turns: number;
}

export type Verdict = 'done' | 'refused';

const tenMinutes = 10 * 60_000;
const twoDays = 48 * 3_600_000;

const hourInOslo = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Europe/Oslo',
});

/** The next 8, 12, 16 or 20 o'clock. */
function tellingHour(at: number): number {
  const hour = 3_600_000;
  let next = Math.ceil(at / hour) * hour;
  while (!['08', '12', '16', '20'].includes(hourInOslo.format(next))) next += hour;
  return next;
}

/** Applies an act to the model and returns the verdict: it changes the model, or refuses and changes nothing. */
export function expect(model: Model, act: Act, now: number, sideOf: (person: number) => Side): Verdict {
  const guest = (person: number) => model.guests.get(person);
  const onList = (person: number) => model.guests.has(person) && guest(person)!.state !== 'uninvited';
  const isOver = now >= model.start + model.minutes * 60_000;
  const open = model.state === 'published' && !isOver;
  const of = (side: Side) =>
    [...model.guests].filter(([person]) => sideOf(person) === side).map(([, one]) => one);
  const taken = (side: Side) =>
    of(side).filter(({ state, keptUntil }) => state === 'coming' || keptUntil !== null).length;
  const waiting = (side: Side) => of(side).filter(({ state }) => state === 'waiting');
  const free = (side: Side) => model.seats[side] - taken(side);
  const becomes = (person: number, state: State, more: Partial<Guest> = {}) =>
    model.guests.set(person, { turn: 0, keptUntil: null, back: null, ...more, state });
  const moveUp = () => {
    // From the eve on seats are offered: whoever takes one has it.
    if (now >= eveOf(model.start)) return;
    for (const side of ['senior', 'talent'] as const)
      while (free(side) > 0 && waiting(side).length > 0)
        waiting(side).reduce((a, b) => (a.turn < b.turn ? a : b)).state = 'coming';
  };

  switch (act.do) {
    case 'invite':
      if (model.state === 'cancelled') return 'refused';
      if (model.state === 'published' && model.start <= now) return 'refused';
      for (const person of act.people) if (!onList(person)) becomes(person, 'invited');
      return 'done';
    case 'publish':
      if (model.state === 'published') return 'done';
      if (model.state === 'cancelled' || model.guests.size === 0 || model.start <= now) return 'refused';
      model.state = 'published';
      return 'done';
    case 'answer': {
      if (!open || !onList(act.person)) return 'refused';
      const one = guest(act.person)!;
      const side = sideOf(act.person);
      const back = one.back !== null && now < one.back.until ? one.back : null;
      if (act.said === 'no') {
        if (one.state === 'declined') return 'done';
        const { state, turn, keptUntil } = one;
        const until = now + tenMinutes;
        const hasSeat = state === 'coming' || keptUntil !== null;
        const stood = { state, turn, keptUntil, until };
        becomes(act.person, 'declined', { keptUntil: hasSeat ? until : null, back: stood });
      } else if (act.said === 'maybe') {
        if (one.state !== 'maybe') becomes(act.person, 'maybe');
      } else if (back?.state === 'coming' || back?.state === 'waiting')
        becomes(act.person, back.state, { turn: back.turn });
      else if (one.state === 'coming' || one.state === 'waiting') return 'done';
      else if (one.keptUntil !== null) becomes(act.person, 'coming');
      else if (free(side) > 0 && waiting(side).length === 0) becomes(act.person, 'coming');
      else becomes(act.person, 'waiting', { turn: ++model.turns });
      moveUp();
      return 'done';
    }
    case 'undo-no': {
      if (!open || !onList(act.person)) return 'refused';
      const one = guest(act.person)!;
      if (one.state !== 'declined') return 'done';
      if (one.back === null || now >= one.back.until) return 'refused';
      becomes(act.person, one.back.state, { turn: one.back.turn, keptUntil: one.back.keptUntil });
      moveUp();
      return 'done';
    }
    case 'change': {
      if (model.state === 'cancelled') return 'refused';
      const { seniorCapacity: senior = model.seats.senior, talentCapacity: talent = model.seats.talent } =
        act.plan;
      if (senior < taken('senior') || talent < taken('talent')) return 'refused';
      const start = act.plan.startsAt === undefined ? model.start : startIn(act.plan.startsAt);
      if (model.state === 'published' && start !== model.start && start <= now) return 'refused';
      Object.assign(model, { start, seats: { senior, talent }, place: act.plan.place ?? model.place });
      moveUp();
      return 'done';
    }
    case 'add-seat':
      if (model.state === 'cancelled') return 'refused';
      model.seats[act.side] += 1;
      moveUp();
      return 'done';
    case 'uninvite':
      if (model.state === 'cancelled') return 'refused';
      if (model.state === 'draft') {
        model.guests.delete(act.person);
        return 'done';
      }
      if (!onList(act.person)) return 'refused';
      becomes(act.person, 'uninvited');
      moveUp();
      return 'done';
    case 'cancel':
      model.state = 'cancelled';
      return 'done';
    case 'substitute': {
      if (!open || !onList(act.person)) return 'refused';
      const [one, other] = [guest(act.person)!, guest(act.other)];
      const last = model.named.findLast(([who]) => who === act.person);
      if (one.state === 'declined' && last?.[1] === act.other) return 'done';
      const hasPart = model.named.some((pair) => pair.includes(act.person));
      if (hasPart || one.state === 'declined') return 'refused';
      const mayCome =
        !other || other.state === 'maybe' || (other.state === 'invited' && other.keptUntil === null);
      if (act.person === act.other || sideOf(act.person) !== sideOf(act.other) || !mayCome) return 'refused';
      const keeps = one.state === 'coming' || one.keptUntil !== null;
      model.named.push([act.person, act.other]);
      becomes(act.person, 'declined');
      becomes(act.other, 'invited', {
        keptUntil: keeps ? Math.min(tellingHour(now + twoDays), model.start) : null,
      });
      moveUp();
      return 'done';
    }
    case 'release':
      for (const one of model.guests.values())
        if (one.keptUntil !== null && one.keptUntil <= now) one.keptUntil = null;
      if (open) moveUp();
      return 'done';
    case 'take-offer': {
      if (!open || !onList(act.person)) return 'refused';
      const one = guest(act.person)!;
      if (one.state === 'coming') return 'done';
      const isOffered =
        one.state === 'waiting' && one.asked && now >= eveOf(model.start) && now < model.start;
      if (!isOffered || free(sideOf(act.person)) <= 0) return 'refused';
      becomes(act.person, 'coming');
      return 'done';
    }
    case 'offer':
    case 'take-back':
    case 'send-due':
      return 'done';
  }
}

/** The events here are in Brussels, and its wall time is looked up by the platform alone. */
export function startIn(wall: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Brussels').epochMilliseconds;
}

/** Sides on which somebody must have been asked by now: a seat is free, people wait, and it is between 7 and 21 o'clock. */
export function sidesToAsk(model: Model, now: number, sideOf: (person: number) => Side): Side[] {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('Europe/Brussels');
  const isTime = now >= eveOf(model.start) && now < model.start && hour >= 7 && hour < 21;
  if (model.state !== 'published' || !isTime) return [];
  return (['senior', 'talent'] as const).filter((side) => {
    const theirs = [...model.guests].filter(([person]) => sideOf(person) === side).map(([, one]) => one);
    const taken = theirs.filter(({ state, keptUntil }) => state === 'coming' || keptUntil !== null).length;
    return taken < model.seats[side] && theirs.some(({ state }) => state === 'waiting');
  });
}

/** 18:00 there on the day before. */
export function eveOf(start: number): number {
  const starts = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO('Europe/Brussels');
  return starts.subtract({ days: 1 }).withPlainTime('18:00').epochMilliseconds;
}

export function copyOf(model: Model): Model {
  return structuredClone(model);
}
