// Wishes for dates drawn by chance, and larger events in which some dates suit more people than others.
import fc from 'fast-check';
import type { Answer, DatesWishes, DateWish, Invitee } from '../../../src/planning/dates/wishes.ts';
import { randomFrom } from '../../../src/planning/random.ts';

const maybe = <T>(one: fc.Arbitrary<T>, freq: number) => fc.option(one, { freq, nil: undefined });

/** Up to `people` people and `dates` dates, of which up to `most` are to be chosen. */
export function wishesByChance(people: number, dates: number, most: number): fc.Arbitrary<DatesWishes> {
  return fc
    .integer({ min: 1, max: dates })
    .chain((count) =>
      fc.record({
        people: fc.array(inviteeOf(count), { minLength: 1, maxLength: people }).map(numbered),
        dates: fc.array(dateOf(), { minLength: count, maxLength: count }).map(datesNumbered),
        choose: fc.integer({ min: 1, max: Math.min(count, most) }),
        quorum: maybe(quorum(), 1),
        least: maybe(fc.integer({ min: 0, max: 2 }), 1),
        most: maybe(fc.integer({ min: 1, max: 4 }), 1),
        first: fc.constantFrom('everyone' as const, 'seniors' as const, undefined),
        group: fc.constantFrom(undefined, undefined, ['p0'], ['p0', 'p1', 'p2']),
      }),
    )
    .map((wishes) => ({
      ...wishes,
      group: wishes.group?.filter((id) => wishes.people.some((person) => person.id === id)),
    }));
}

const numbered = (people: readonly Invitee[]) =>
  people.map((person, index) => ({ ...person, id: `p${index}`, name: `Person ${index}` }));

const datesNumbered = (dates: readonly DateWish[]) =>
  dates.map((date, index) => ({ ...date, id: `d${index}`, name: `Date ${index}` }));

const quorum = () =>
  fc.record({
    talent: maybe(fc.integer({ min: 0, max: 1 }), 1),
    senior: maybe(fc.integer({ min: 0, max: 2 }), 2),
  });

const dateOf = (): fc.Arbitrary<DateWish> =>
  fc.record({
    id: fc.constant(''),
    quorum: fc.option(quorum(), { freq: 6, nil: undefined }).map((own) => own),
    most: fc
      .tuple(fc.boolean(), fc.integer({ min: 1, max: 4 }))
      .map(([own, most]) => (own ? most : undefined)),
  });

function inviteeOf(dates: number): fc.Arbitrary<Invitee> {
  const answer = fc.constantFrom<Answer>('yes', 'yes', 'maybe', 'maybe', 'no');
  return fc
    .record({
      side: fc.constantFrom('talent' as const, 'senior' as const),
      said: fc.array(answer, { minLength: dates, maxLength: dates }),
      draw: fc.integer({ min: 0, max: 11 }),
    })
    .map(({ side, said, draw }) => ({
      id: '',
      name: '',
      side,
      answers: Object.fromEntries(said.map((answer, index) => [`d${index}`, answer])),
      needed: draw === 0 ? ('always' as const) : draw === 1 ? ('once' as const) : undefined,
    }));
}

/** An event whose dates and people differ in how well they suit and can; `yes` and `maybe` are in a hundred. */
export function event(
  shape: { people: number; dates: number; choose: number; quorum: number; yes: number; maybe: number },
  seed: number,
): DatesWishes {
  const random = randomFrom(seed);
  const ease = Array.from({ length: shape.dates }, () => 50 + random.below(100));
  const people = Array.from({ length: shape.people }, (_, index): Invitee => {
    const time = 40 + random.below(120);
    const answers: Record<string, Answer> = {};
    for (const [date, own] of ease.entries()) {
      const draw = (random.below(1000) * 1000) / (own * time);
      if (draw < shape.yes) answers[`d${date}`] = 'yes';
      else if (draw < shape.yes + shape.maybe) answers[`d${date}`] = 'maybe';
    }
    return { id: `p${index}`, name: `Person ${index}`, side: index % 3 === 0 ? 'senior' : 'talent', answers };
  });
  return {
    people,
    dates: ease.map((_, date) => ({ id: `d${date}` })),
    choose: shape.choose,
    quorum: { senior: shape.quorum },
  };
}
