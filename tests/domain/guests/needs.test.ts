import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accesses,
  allergies,
  arrangementsFor,
  diets,
  hasNeeds,
  type Needs,
  noNeeds,
  platesFor,
} from '../../../src/domain/guests/needs.ts';

const needs = (values: Partial<Needs>): Needs => ({ ...noNeeds, ...values });

describe('plates for the caterer', () => {
  test('whoever is vegan and eats no nuts is one plate, not two', () => {
    const plates = platesFor(5, [
      needs({ diet: 'vegan', allergies: ['nuts'] }),
      needs({ diet: 'vegan' }),
      needs({ diet: 'vegan' }),
    ]);
    expect(plates).toEqual([
      { diet: '', allergies: [], food: '', count: 2 },
      { diet: 'vegan', allergies: [], food: '', count: 2 },
      { diet: 'vegan', allergies: ['nuts'], food: '', count: 1 },
    ]);
  });

  test('the order in which boxes were ticked makes no other plate', () => {
    const plates = platesFor(2, [
      needs({ allergies: ['nuts', 'milk'] }),
      needs({ allergies: ['milk', 'nuts'] }),
    ]);
    expect(plates.map(({ count }) => count)).toEqual([0, 2]);
  });

  test('somebody’s own words come last and are kept as written', () => {
    const plates = platesFor(3, [needs({ food: 'No onions' }), needs({ diet: 'halal' })]);
    expect(plates.map(({ diet, food, count }) => [diet, food, count])).toEqual([
      ['', '', 1],
      ['halal', '', 1],
      ['', 'No onions', 1],
    ]);
  });

  test('what has nothing to do with food is no plate', () => {
    expect(platesFor(1, [needs({ access: ['door'], arrange: 'Leaves at five' })])).toEqual([
      { diet: '', allergies: [], food: '', count: 1 },
    ]);
  });

  test('the numbers always add up to those who come', () => {
    const some = fc.record({
      diet: fc.constantFrom('' as const, ...diets),
      allergies: fc.subarray([...allergies]),
      food: fc.constantFrom('', 'No onions', 'no onions'),
      access: fc.subarray([...accesses]),
      arrange: fc.constantFrom('', 'Leaves at five'),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), fc.nat(20), (list, others) => {
        const people = list.length + others;
        expect(platesFor(people, list).reduce((sum, { count }) => sum + count, 0)).toBe(people);
      }),
    );
  });
});

test('what is to be arranged names whom it is for, the most wanted first', () => {
  const [ada, bo, cy] = [
    { name: 'Ada', needs: needs({ access: ['hearing'] }) },
    { name: 'Bo', needs: needs({ access: ['door', 'hearing'] }) },
    { name: 'Cy', needs: needs({ arrange: 'Leaves at 17:40' }) },
  ];
  expect(
    arrangementsFor([ada, bo, cy]).map(({ access, words, people }) => [
      access ?? words,
      people.map(({ name }) => name),
    ]),
  ).toEqual([
    ['hearing', ['Ada', 'Bo']],
    ['door', ['Bo']],
    ['Leaves at 17:40', ['Cy']],
  ]);
});

test('nothing said is nothing to know', () => {
  expect(hasNeeds(noNeeds)).toBe(false);
  expect(hasNeeds(needs({ arrange: 'A chair' }))).toBe(true);
  expect(hasNeeds(needs({ allergies: ['fish'] }))).toBe(true);
});
