import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reminderLeaves } from '../../../src/domain/letters/asking.ts';
import { seasonLinkWorks } from '../../../src/domain/letters/season-links.ts';
import {
  among,
  countRanked,
  isRankingOpen,
  type Move,
  mostRanked,
  moved,
  orderText,
  readOrder,
  type Tiers,
  tierOf,
} from '../../../src/domain/teams/ranking.ts';
import { mayRemind } from '../../../src/domain/teams/ranking-reminders.ts';
import { apartPairs, mutualPairs, type TeamWish } from '../../../src/domain/teams/team-wishes.ts';

describe('an order of trends', () => {
  const order: Tiers = [[1], [2, 3], [4]];

  test('one press up puts a trend level with the one above, a second press ahead of it; down is the way back', () => {
    const level = moved(order, 4, 'up');
    expect(level).toEqual([[1], [2, 3, 4]]);
    const ahead = moved(level, 4, 'up');
    expect(ahead).toEqual([[1], [4], [2, 3]]);
    expect(moved(ahead, 4, 'down')).toEqual([[1], [2, 3, 4]]);
    expect(moved(moved(order, 1, 'up'), 4, 'down')).toEqual(order);
    expect(moved(order, 2, 'down')).toEqual([[1], [3], [2], [4]]);
  });

  test('no opinion takes a trend out, and ranking one puts it last', () => {
    expect(moved(order, 1, 'out')).toEqual([[2, 3], [4]]);
    expect(moved(order, 9, 'in')).toEqual([...order, [9]]);
    expect(moved(order, 9, 'out')).toEqual(order);
    expect(moved(order, 3, 'in')).toEqual(order);
    const full = Array.from({ length: mostRanked }, (_, n) => [n + 1]);
    expect(moved(full, 99, 'in')).toEqual(full);
  });

  const tiers = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }).chain((all) =>
    fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }).map((breaks) => {
      const made: number[][] = [];
      for (const [i, id] of all.entries()) {
        if (i === 0 || breaks[i]) made.push([id]);
        else made.at(-1)!.push(id);
      }
      return made;
    }),
  );

  test('whatever is pressed, all other trends keep their order among themselves, and no tier is empty', () => {
    const move = fc.constantFrom<Move>('up', 'down', 'out', 'in');
    fc.assert(
      fc.property(tiers, fc.integer({ min: 1, max: 40 }), move, (before, trend, how) => {
        const after = moved(before, trend, how);
        const others = (order: Tiers) =>
          order.map((tier) => tier.filter((id) => id !== trend).toSorted()).filter((tier) => tier.length > 0);
        const sameOrder = others(after).map(String).join(';') === others(before).map(String).join(';');
        expect(sameOrder).toBe(true);
        expect(after.every((tier) => tier.length > 0)).toBe(true);
        expect(new Set(after.flat()).size).toBe(countRanked(after));
      }),
    );
  });

  test('up and then down gives back the same order, level or not', () => {
    fc.assert(
      fc.property(tiers, fc.integer({ min: 1, max: 40 }), (before, trend) => {
        const after = moved(before, trend, 'up');
        fc.pre(after !== before);
        const sorted = (order: Tiers) => order.map((tier) => tier.toSorted());
        expect(sorted(moved(after, trend, 'down'))).toEqual(sorted(before));
      }),
    );
  });

  test('travels in a form as text, and what is no order is told from it', () => {
    expect(orderText(order)).toBe('1;2,3;4');
    expect(readOrder('1;2,3;4')).toEqual(order);
    expect(readOrder('')).toEqual([]);
    for (const wrong of ['1;;2', 'a', '1,1', '0', '1;2;1', '-1', ';1'])
      expect(readOrder(wrong)).toBe(undefined);
    expect(readOrder(Array.from({ length: mostRanked + 1 }, (_, n) => n + 1).join(';'))).toBe(undefined);
  });

  test('a trend that is off the list leaves its place', () => {
    expect(among(order, new Set([2, 4]))).toEqual([[2], [4]]);
    expect([tierOf(order, 3), tierOf(order, 8)]).toEqual([1, null]);
  });

  test('is open until the end of its last day where the programme is', () => {
    const at = (time: string) => isRankingOpen('2026-10-23', Temporal.Instant.from(time), 'Europe/Oslo');
    expect([at('2026-10-23T21:59:00Z'), at('2026-10-23T22:01:00Z')]).toEqual([true, false]);
    expect(isRankingOpen(null, Temporal.Instant.from('2030-01-01T00:00:00Z'), 'Europe/Oslo')).toBe(true);
  });
});

describe('reminding who has not ranked', () => {
  const at = (text: string) => Temporal.Instant.from(text);

  test('happens twice at most, two days apart', () => {
    const monday = at('2026-11-09T08:00:00Z');
    expect(mayRemind([], monday)).toBe(true);
    expect(mayRemind([at('2026-11-08T08:00:00Z')], monday)).toBe(false);
    expect(mayRemind([at('2026-11-07T08:00:00Z')], monday)).toBe(true);
    expect(mayRemind([at('2026-10-01T08:00:00Z'), at('2026-10-05T08:00:00Z')], monday)).toBe(false);
  });

  test('waits for Monday morning at a weekend, and for the next working day after another e-mail that asks', () => {
    const leaves = (time: string, askedToday = false) =>
      reminderLeaves(at(time), 'Europe/Oslo', { askedToday, isOff: () => false }).toString();
    expect(leaves('2026-11-09T08:00:00Z')).toBe('2026-11-09T08:00:00Z');
    expect(leaves('2026-11-07T08:00:00Z')).toBe('2026-11-09T08:00:00Z');
    expect(leaves('2026-11-09T08:00:00Z', true)).toBe('2026-11-10T08:00:00Z');
    expect(leaves('2026-11-13T10:00:00Z', true)).toBe('2026-11-16T08:00:00Z');
  });

  test('carries a link that works for 14 days', () => {
    const day = Math.floor(at('2026-11-09T08:00:00Z').epochMilliseconds / 86_400_000);
    const works = (time: string) => seasonLinkWorks(day, at(time));
    expect([works('2026-11-23T20:00:00Z'), works('2026-11-24T00:00:00Z')]).toEqual([true, false]);
    expect(works('2026-11-08T00:00:00Z')).toBe(false);
  });
});

describe('wishes about working together', () => {
  const wish = (personId: number, kind: TeamWish['kind'], otherId: number): TeamWish => ({
    personId,
    otherId,
    kind,
    setBy: 'person',
  });

  test('"with" counts where both name each other; "not with" holds from one side', () => {
    const wishes = [wish(1, 'with', 2), wish(2, 'with', 1), wish(3, 'with', 1), wish(4, 'not-with', 1)];
    expect(mutualPairs(wishes)).toEqual([[1, 2]]);
    expect(apartPairs(wishes)).toEqual([[1, 4]]);
  });

  test('two who are to be apart are not counted as wanting to be together', () => {
    const wishes: TeamWish[] = [
      wish(1, 'with', 2),
      wish(2, 'with', 1),
      { personId: 2, otherId: 1, kind: 'not-with', setBy: 'organiser' },
      wish(1, 'not-with', 2),
    ];
    expect(mutualPairs(wishes)).toEqual([]);
    expect(apartPairs(wishes)).toEqual([[1, 2]]);
  });
});
