// Steps that may happen to an event, in any order, likely and unlikely.
import fc from 'fast-check';
import type { Step } from './house.ts';

const person = fc.nat(11);
const held = fc.boolean();
const days = [
  '2027-03-24T14:00',
  '2027-03-26T14:00',
  '2027-03-28T14:00',
  '2027-03-29T14:00',
  '2027-10-31T14:00',
  '2027-03-10T09:00',
];

/** `ids`: of the twelve people, seniors first. */
export function steps(ids: readonly number[], most: number, elsewhere: boolean): fc.Arbitrary<Step[]> {
  const who = person.map((n) => ids[n]!);
  const act: fc.Arbitrary<Step['act']> = fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant({ do: 'nothing' as const }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('invite' as const),
        people: fc.uniqueArray(who, { minLength: 1, maxLength: 6 }),
        held,
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('publish' as const), held }) },
    {
      weight: 24,
      arbitrary: fc.record({
        do: fc.constant('answer' as const),
        person: who,
        said: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'maybe' as const),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('undo-no' as const), person: who }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('change' as const),
        plan: fc.oneof(
          fc.record({ startsAt: fc.constantFrom(...days) }),
          fc.record({ place: fc.constantFrom('The Atrium', 'The Library') }),
          fc.record({ lede: fc.constantFrom('', 'New words') }),
          fc.record({
            seniorCapacity: fc.integer({ min: 1, max: 7 }),
            talentCapacity: fc.integer({ min: 1, max: 4 }),
          }),
        ),
        held,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('add-seat' as const),
        side: fc.constantFrom('senior' as const, 'talent' as const),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('uninvite' as const), person: who }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), held }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('substitute' as const), person: who, other: who }) },
    { weight: 3, arbitrary: fc.constant({ do: 'take-back' as const }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('take-offer' as const), person: who }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('deliver' as const),
        moods: fc.array(
          fc.constantFrom(
            'takes' as const,
            'takes' as const,
            'takes' as const,
            'busy' as const,
            'lost' as const,
            'refuses' as const,
          ),
          { minLength: 1, maxLength: 5 },
        ),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        minutes: fc.constantFrom<number | 'to the eve'>(
          ...[1, 5, 61, 60 * 9, 60 * 25, 60 * 49, 60 * 24 * 5],
          ...[5, 61, 60 * 9, 60 * 25],
          'to the eve',
        ),
      }),
    },
  );
  const rush = fc.record({
    do: fc.constant('rush' as const),
    people: fc.uniqueArray(who, { minLength: 2, maxLength: 12 }),
    said: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const),
  });
  const acts = elsewhere
    ? fc.oneof({ withCrossShrink: true }, { weight: 9, arbitrary: act }, { weight: 1, arbitrary: rush })
    : act;
  const crash = fc.nat(11).map((n) => n === 11);
  const step = fc.record({ act: acts, crash, elsewhere: elsewhere ? fc.boolean() : fc.constant(false) });
  return fc.array(step, { minLength: most, maxLength: most });
}
