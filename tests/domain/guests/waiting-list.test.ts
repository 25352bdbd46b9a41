import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  comingBySide,
  freeSeats,
  nextWaitingNumber,
  placeInLine,
  type Room,
  type Side,
  stateForYes,
  takenBySide,
  whoMovesUp,
  type YesAnswer,
} from '../../../src/domain/guests/waiting-list.ts';

const room = (senior: number, talent: number, capacity = senior + talent): Room => ({
  capacity,
  bySide: { senior, talent },
});
const coming = (personId: number, side: Side = 'senior'): YesAnswer => ({
  personId,
  side,
  state: 'coming',
  waitingNumber: null,
});
const waiting = (personId: number, waitingNumber: number, side: Side = 'senior'): YesAnswer => ({
  personId,
  side,
  state: 'waiting',
  waitingNumber,
});

describe('a yes', () => {
  test('takes a seat while one is free on that side', () => {
    expect(stateForYes(room(2, 0), [coming(1)], 'senior')).toBe('coming');
  });

  test('waits when the side is full, though the other side has seats', () => {
    expect(stateForYes(room(1, 5), [coming(1)], 'senior')).toBe('waiting');
  });

  test('waits when the event as a whole is full, though the side has seats', () => {
    expect(stateForYes(room(5, 5, 1), [coming(1)], 'talent')).toBe('waiting');
  });

  test('waits behind somebody of the same side who waited before', () => {
    expect(stateForYes(room(2, 0), [coming(1), waiting(2, 1)], 'senior')).toBe('waiting');
  });

  test('does not wait behind the other side', () => {
    expect(stateForYes(room(1, 1), [coming(1), waiting(2, 1)], 'talent')).toBe('coming');
  });
});

describe('when a seat is given back', () => {
  test('whoever waited longest moves up, and nobody else', () => {
    expect(
      whoMovesUp(room(1, 0), [waiting(7, 5), waiting(8, 2), waiting(9, 3)]).map(({ personId }) => personId),
    ).toEqual([8]);
  });

  test('somebody whose side is full does not hold up the other side', () => {
    const yeses = [coming(1), waiting(2, 1), waiting(3, 2, 'talent')];
    expect(whoMovesUp(room(1, 1), yeses).map(({ personId }) => personId)).toEqual([3]);
  });

  test('numbers go on from the highest ever given to those who are still there', () => {
    expect(nextWaitingNumber([coming(1), waiting(2, 4), waiting(3, 9)])).toBe(10);
    expect(nextWaitingNumber([])).toBe(1);
  });
});

describe('a seat that is kept for a substitute', () => {
  const kept = (personId: number): YesAnswer => ({ ...coming(personId), state: 'kept' });

  test('is taken for everybody else: who says yes waits, and nobody moves up to it', () => {
    expect(freeSeats(room(2, 0), [coming(1), kept(2)], 'senior')).toBe(0);
    expect(stateForYes(room(2, 0), [coming(1), kept(2)], 'senior')).toBe('waiting');
    expect(whoMovesUp(room(2, 0), [coming(1), kept(2), waiting(3, 1)])).toEqual([]);
  });

  test('counts as taken, not as coming', () => {
    expect(takenBySide([coming(1), kept(2), waiting(3, 1)])).toEqual({ senior: 2, talent: 0 });
    expect(comingBySide([coming(1), kept(2)])).toEqual({ senior: 1, talent: 0 });
  });
});

test('a place in line is counted per side', () => {
  const yeses = [coming(1), waiting(2, 4), waiting(3, 5, 'talent'), waiting(4, 9)];
  expect([2, 3, 4].map((id) => placeInLine(yeses, id))).toEqual([1, 1, 2]);
  expect(placeInLine(yeses, 1)).toBeNull();
});

const sides = fc.constantFrom<Side>('senior', 'talent');
const rooms = fc
  .record({ senior: fc.nat(6), talent: fc.nat(6), capacity: fc.nat(12) })
  .map(({ senior, talent, capacity }) => room(senior, talent, capacity));

/** Lets people say yes one after another, and moves up those who can. */
function allSayYes(hall: Room, whom: readonly Side[]): YesAnswer[] {
  const yeses: YesAnswer[] = [];
  for (const [index, side] of whom.entries()) {
    const state = stateForYes(hall, yeses, side);
    yeses.push({
      personId: index,
      side,
      state,
      waitingNumber: state === 'waiting' ? nextWaitingNumber(yeses) : null,
    });
  }
  return yeses;
}

function settle(hall: Room, yeses: YesAnswer[]): YesAnswer[] {
  const up = new Set(whoMovesUp(hall, yeses).map(({ personId }) => personId));
  return yeses.map((yes) => (up.has(yes.personId) ? { ...yes, state: 'coming', waitingNumber: null } : yes));
}

function isSound(hall: Room, yeses: YesAnswer[]): void {
  const count = comingBySide(yeses);
  expect(count.senior).toBeLessThanOrEqual(hall.bySide.senior);
  expect(count.talent).toBeLessThanOrEqual(hall.bySide.talent);
  expect(count.senior + count.talent).toBeLessThanOrEqual(hall.capacity);
  for (const side of ['senior', 'talent'] as const) {
    const somebodyWaits = yeses.some((yes) => yes.side === side && yes.state === 'waiting');
    expect(somebodyWaits && freeSeats(hall, yeses, side) > 0).toBe(false);
  }
}

describe('whatever people answer', () => {
  test('nobody sits on a seat that is not there, and no seat is free while somebody waits for it', () => {
    fc.assert(
      fc.property(rooms, fc.array(sides, { maxLength: 20 }), (hall, whom) => {
        isSound(hall, allSayYes(hall, whom));
      }),
    );
  });

  test('the same holds after some give their seat back, and the first of each side who waited move up', () => {
    fc.assert(
      fc.property(rooms, fc.array(sides, { maxLength: 20 }), fc.array(fc.nat(19)), (hall, whom, leaving) => {
        const before = allSayYes(hall, whom).filter(({ personId }) => !leaving.includes(personId));
        const after = settle(hall, before);
        isSound(hall, after);
        for (const side of ['senior', 'talent'] as const) {
          const queue = before.filter((yes) => yes.side === side && yes.state === 'waiting');
          const still = after.filter((yes) => yes.side === side && yes.state === 'waiting');
          expect(still.map(({ personId }) => personId)).toEqual(
            queue.slice(queue.length - still.length).map(({ personId }) => personId),
          );
        }
      }),
    );
  });
});
