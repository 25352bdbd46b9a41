// Two phones at the door, offline and back in any order: no press is lost, and both end with the same list.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  comparePresses,
  type DoorPress,
  mergePress,
  type Standing,
} from '../../../src/domain/guests/door-presses.ts';

interface Press {
  id: string;
  action: string;
  here: boolean;
  at: number;
}
interface Queue {
  withPress(queue: Press[], press: Press): Press[];
  withoutPress(queue: Press[], id: string): Press[];
  nextPress(queue: Press[]): Press | undefined;
  shownBy(queue: Press[]): Map<string, boolean>;
}
// The phones' own script.
const script = '../../../static/js/door-queue.js';
const phoneQueue = (await import(script)) as Queue;

const people = [1, 2, 3];

/** The server: for each person the press that counts, and all that came of each press. */
class Door {
  standing = new Map<number, Standing>();
  take(press: Press): 'applied' | 'again' | { overruledBy: Standing } {
    const made: DoorPress = {
      id: press.id,
      personId: Number(press.action.split('/').at(-1)),
      here: press.here,
      at: Temporal.Instant.fromEpochMilliseconds(press.at),
    };
    const merged = mergePress(this.standing.get(made.personId) ?? null, made);
    this.standing.set(made.personId, merged.standing);
    return merged.outcome === 'overruled' ? { overruledBy: merged.standing } : merged.outcome;
  }
  list(): Map<number, boolean> {
    return new Map(people.map((id) => [id, this.standing.get(id)?.here ?? false]));
  }
}

/** One phone: what it saw last, what waits, what it was refused, and whether it has a line. */
class Phone {
  queue: Press[] = [];
  seen = new Map<number, boolean>(people.map((id) => [id, false]));
  refused: { press: Press; by: Standing }[] = [];
  applied: string[] = [];
  online = true;
  readonly door: Door;
  constructor(door: Door) {
    this.door = door;
  }
  shown(): Map<number, boolean> {
    const waiting = phoneQueue.shownBy(this.queue);
    return new Map(people.map((id) => [id, waiting.get(`/door/${id}`) ?? this.seen.get(id)!]));
  }
  press(person: number, id: string, at: number): Press {
    const press = { id, action: `/door/${person}`, here: !this.shown().get(person)!, at };
    this.queue = phoneQueue.withPress(this.queue, press);
    return press;
  }
  /** Sends one press; with `isLost` the server takes it and its answer never arrives. */
  send(isLost = false): boolean {
    const press = this.online ? phoneQueue.nextPress(this.queue) : undefined;
    if (!press) return false;
    const answer = this.door.take(press);
    if (isLost) return true;
    this.queue = phoneQueue.withoutPress(this.queue, press.id);
    if (typeof answer === 'object') this.refused.push({ press, by: answer.overruledBy });
    else this.applied.push(press.id);
    return true;
  }
  look(): void {
    if (this.online) this.seen = this.door.list();
  }
}

const step = fc.record({
  phone: fc.constantFrom(0, 1),
  act: fc.constantFrom('press', 'press', 'press', 'send', 'send', 'lost', 'line', 'look'),
  person: fc.constantFrom(...people),
  // Presses of one moment happen too; ids are drawn, so that either may be the greater.
  minutes: fc.constantFrom(0, 0, 1, 7),
  id: fc.uuid(),
});

test('over a thousand interleavings every press is applied or refused with its reason, and the two end equal', () => {
  const seen = { refused: 0, lost: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const door = new Door();
      const phones = [new Phone(door), new Phone(door)] as const;
      const made: Press[] = [];
      let now = 1_700_000_000_000;
      for (const { phone: index, act, person, minutes, id } of steps) {
        now += minutes * 60_000;
        const phone = phones[index]!;
        if (act === 'press' && !made.some((press) => press.id === id))
          made.push(phone.press(person, id, now));
        if (act === 'send') phone.send();
        if (act === 'lost' && phone.send(true)) seen.lost += 1;
        if (act === 'line') phone.online = !phone.online;
        if (act === 'look') phone.look();
      }
      for (const phone of phones) phone.online = true;
      while (phones.some((phone) => phone.send()));
      for (const phone of phones) phone.look();
      // None waits and none is lost: each was applied, or refused with the press that was made later and says the opposite.
      expect(phones.flatMap(({ queue }) => queue)).toEqual([]);
      const settled = phones.flatMap(({ applied, refused }) => [
        ...applied,
        ...refused.map(({ press }) => press.id),
      ]);
      expect(settled.toSorted()).toEqual(made.map(({ id }) => id).toSorted());
      for (const { press, by } of phones.flatMap(({ refused }) => refused)) {
        seen.refused += 1;
        const later = made.find(({ id }) => id === by.id)!;
        expect(later.action).toBe(press.action);
        expect(later.here).not.toBe(press.here);
        expect(comparePresses(asMade(later), asMade(press))).toBe(1);
      }
      // Both show what the last press of each person says, in whatever order all of them arrived.
      expect(phones[0]!.shown()).toEqual(phones[1]!.shown());
      for (const person of people) {
        const last = made
          .filter(({ action }) => action === `/door/${person}`)
          .toSorted((a, b) => comparePresses(asMade(a), asMade(b)))
          .at(-1);
        expect(phones[0]!.shown().get(person)).toBe(last?.here ?? false);
      }
    }),
    { numRuns: 1000, seed: 20261130 },
  );
  expect(seen.refused).toBeGreaterThan(100);
  expect(seen.lost).toBeGreaterThan(100);
});

const asMade = ({ id, at }: Press) => ({ id, at: Temporal.Instant.fromEpochMilliseconds(at) });

test('a press that arrives again says the same as before, and of two phones that agree neither is refused', () => {
  const at = Temporal.Instant.from('2026-12-10T15:00:00Z');
  const press = { id: 'a', personId: 1, here: true, at };
  const first = mergePress(null, press);
  expect(first.outcome).toBe('applied');
  expect(mergePress(first.standing, press).outcome).toBe('again');
  // Sent again it may seem a little later, since the way took longer.
  expect(mergePress(first.standing, { ...press, at: at.add({ seconds: 2 }) })).toEqual({
    outcome: 'again',
    standing: first.standing,
  });
  const other = { ...press, id: 'b', at: at.subtract({ minutes: 3 }) };
  expect(mergePress(first.standing, other).outcome).toBe('again');
  expect(mergePress(first.standing, { ...other, here: false }).outcome).toBe('overruled');
});
