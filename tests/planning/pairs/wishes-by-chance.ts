// Seniors and talents by chance, with topics, likes, bosses, locks, weights and room for more than one.
import fc from 'fast-check';
import type { PairsWishes, Partner } from '../../../src/planning/pairs/wishes.ts';

const topics = ['ai', 'energy', 'health', 'money', 'work', 'law'];

/** Wishes of up to so many on each side; `likesOnly` has everybody put everybody of the other side in a strict order. */
export function wishesByChance(most: number, likesOnly = false): fc.Arbitrary<PairsWishes> {
  return fc
    .record({
      seniors: fc.integer({ min: 1, max: most }),
      talents: fc.integer({ min: 1, max: most }),
      strangers: fc.boolean(),
    })
    .chain(({ seniors, talents, strangers }) => {
      const ids = [...Array(seniors).keys()].map((index) => `s${index}`);
      const others = [...Array(talents).keys()].map((index) => `t${index}`);
      const everybody = [...ids, ...others];
      const person = (id: string): fc.Arbitrary<Partner> => {
        const isSenior = id.startsWith('s');
        const named = fc.subarray(topics, { maxLength: 3 }).chain((list) => fc.shuffledSubarray(list));
        const opposite = isSenior ? others : ids;
        const whole = { minLength: opposite.length, maxLength: opposite.length };
        const likes = fc
          .shuffledSubarray(opposite, likesOnly ? whole : { maxLength: Math.min(2, opposite.length) })
          .map((list) => list.map((liked) => [liked]));
        return fc.record({
          id: fc.constant(id),
          name: fc.constant(id.toUpperCase()),
          side: fc.constant(isSenior ? ('senior' as const) : ('talent' as const)),
          most: fc.constantFrom(1, 1, 1, 2, 3, 0),
          likes: likesOnly ? likes : fc.oneof(fc.constant([]), likes),
          manager: fc.oneof(fc.constant(undefined), fc.constant(undefined), fc.constantFrom(...everybody)),
          wants: isSenior ? named : fc.constant(undefined),
          offers: isSenior ? fc.constant(undefined) : named,
        });
      };
      const couple = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...others));
      return fc.record({
        people: fc.tuple(...everybody.map(person)),
        strangers: fc.constant(strangers),
        apart: fc.array(couple, { maxLength: 2 }),
        locks: fc.array(couple, { maxLength: 1 }),
        weights: likesOnly
          ? fc.constant([])
          : fc
              .uniqueArray(fc.tuple(couple, fc.nat(60)), { maxLength: 3, selector: ([pair]) => pair.join() })
              .map((list) => list.map(([[a, b], weight]): [string, string, number] => [a, b, weight])),
      });
    });
}
