// An event as a child would keep it on paper: who is invited, who sits, who waits, in which order. It shares no code
// with what it is compared to.
import type { Act } from './acts.ts';

export type Side = 'senior' | 'talent';
export type State = 'invited' | 'coming' | 'waiting' | 'maybe' | 'declined' | 'uninvited';

export interface Guest {
  state: State;
  /** When they said yes, counted in yeses; only of those who wait. */
  turn: number;
  /** Epoch milliseconds until which a seat is kept for them, as a substitute. */
  keptUntil: number | null;
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
    model.guests.set(person, { turn: 0, keptUntil: null, ...more, state });
  const moveUp = () => {
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
      if (act.said !== 'yes') becomes(act.person, act.said === 'maybe' ? 'maybe' : 'declined');
      else if (one.state === 'coming' || one.state === 'waiting') return 'done';
      else if (one.keptUntil !== null) becomes(act.person, 'coming');
      else if (free(side) > 0 && waiting(side).length === 0) becomes(act.person, 'coming');
      else becomes(act.person, 'waiting', { turn: ++model.turns });
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
    case 'take-back':
    case 'send-due':
      return 'done';
  }
}

/** The events here are in Brussels, and its wall time is looked up by the platform alone. */
export function startIn(wall: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Brussels').epochMilliseconds;
}

export function copyOf(model: Model): Model {
  return structuredClone(model);
}
