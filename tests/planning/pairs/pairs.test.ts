// Results of pairing, for a handful of people.
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/pairs/faults.ts';
import { pairEveryone } from '../../../src/planning/pairs/pair-everyone.ts';
import type { PairsWishes, Partner } from '../../../src/planning/pairs/wishes.ts';

const senior = (name: string, more: Partial<Partner> = {}): Partner => ({
  id: name.toLowerCase(),
  name,
  side: 'senior',
  ...more,
});
const talent = (name: string, more: Partial<Partner> = {}): Partner => ({
  ...senior(name, more),
  side: 'talent',
});
const couples = (wishes: PairsWishes, seed = 1) =>
  pairEveryone(wishes, { seed }).pairs.map((pair) => `${pair.senior} ${pair.talent}`);

test('two seniors who want the same talent both get somebody, though one gets the second choice', () => {
  const people = [
    senior('Ines', { wants: ['ai', 'law'] }),
    senior('Max', { wants: ['ai'] }),
    talent('Bo', { offers: ['ai'] }),
    talent('Cas', { offers: ['law'] }),
  ];
  const answer = pairEveryone({ people }, { seed: 1 });
  expect(answer.pairs.map(({ senior, talent, topics }) => [senior, talent, topics])).toEqual([
    ['ines', 'cas', ['law']],
    ['max', 'bo', ['ai']],
  ]);
  expect(answer).toMatchObject({ weight: 9 + 10, provenOptimal: true, unpaired: [] });
  expect(answer.pairs[1]!.reason).toBe('Bo can tell about ai.');
});

test('a pair who would rather have each other is counted by the one rule and made by the other', () => {
  const people = [
    senior('Ines', { likes: [['bo'], ['cas']] }),
    senior('Max', { likes: [['bo']], wants: ['ai'] }),
    talent('Bo', { likes: [['ines'], ['max']] }),
    talent('Cas', { likes: [['ines']], offers: ['law'] }),
  ];
  const most = pairEveryone({ people }, { seed: 1 });
  expect(most.pairs.map((pair) => [pair.senior, pair.talent])).toEqual([
    ['ines', 'cas'],
    ['max', 'bo'],
  ]);
  expect(most.blockingPairs).toEqual([{ senior: 'ines', talent: 'bo' }]);
  expect(most.otherRule).toEqual({ rule: 'stable', pairs: 1, weight: 40, blockingPairs: 0 });
  expect(most.price).toBe(
    '1 pair of people would rather have each other; with none there would be 1 pair of weight 40 instead of 2 pairs of weight 78.',
  );
  const stable = pairEveryone({ people, rule: 'stable' }, { seed: 1 });
  expect(stable.pairs.map((pair) => [pair.senior, pair.talent])).toEqual([['ines', 'bo']]);
  expect(stable).toMatchObject({
    provenOptimal: true,
    blockingPairs: [],
    unpaired: ['max', 'cas'],
    otherRule: { rule: 'most', pairs: 2, blockingPairs: 1 },
  });
  expect(stable.reasons).toEqual({
    max: 'Bo, the only talent for Max, has someone else.',
    cas: 'Ines, the only senior for Cas, has someone else.',
  });
});

test('nobody is paired with their boss, nor with the boss of their boss', () => {
  const people = [
    senior('Ines'),
    senior('Max', { manager: 'ines' }),
    talent('Bo', { manager: 'max' }),
    talent('Cas'),
  ];
  expect(couples({ people: people.map((one) => ({ ...one, manager: undefined })) }, 3)).toHaveLength(2);
  for (let seed = 0; seed < 20; seed += 1) expect(couples({ people }, seed)).toHaveLength(1);
  expect(couples({ people: [...people, senior('Ada')] })).toHaveLength(2);
  const alone = pairEveryone({ people: people.slice(0, 3) }, { seed: 1 });
  expect(alone.pairs).toEqual([]);
  expect(alone.reasons.bo).toBe('All seniors are in one reporting line with Bo.');
});

test('somebody with room for two has two, never the same one twice', () => {
  const people = [senior('Ines', { most: 3 }), talent('Bo', { most: 2 }), talent('Cas'), talent('Dora')];
  expect(couples({ people })).toEqual(['ines bo', 'ines cas', 'ines dora']);
  expect(couples({ people: people.slice(0, 2) })).toEqual(['ines bo']);
});

test('people who share no topic become a pair only where strangers may', () => {
  const people = [senior('Ines', { wants: ['ai'] }), talent('Bo', { offers: ['law'] })];
  expect(couples({ people, strangers: true })).toEqual(['ines bo']);
  expect(pairEveryone({ people }, { seed: 1 })).toMatchObject({
    pairs: [],
    reasons: {
      ines: 'None of the talents Ines may be paired with offers ai.',
      bo: 'None of the seniors Bo may be paired with wants law.',
    },
  });
});

test('a lock holds and a pair kept apart is not made', () => {
  const people = [senior('Ines', { wants: ['ai'] }), talent('Bo', { offers: ['ai'] }), talent('Cas')];
  expect(couples({ people })).toEqual(['ines bo']);
  expect(couples({ people, apart: [['bo', 'ines']] })).toEqual(['ines cas']);
  const locked = pairEveryone({ people, locks: [['cas', 'ines']] }, { seed: 1 });
  expect(locked.pairs).toEqual([
    { senior: 'ines', talent: 'cas', weight: 0, topics: [], reason: 'This pair was asked for.' },
  ]);
});

test('wishes that cannot be are named, one sentence each', () => {
  const people = [senior('Ines'), talent('Bo', { manager: 'ines' }), talent('Cas'), senior('Max')];
  const faults = (more: Partial<PairsWishes>) => faultsOf({ people, ...more });
  expect(faults({})).toEqual([]);
  expect(faultsOf({ people: [senior('Ines'), senior('Ines')] })).toEqual([
    'Two people have the id ines.',
    'There is no talent.',
  ]);
  expect(faults({ apart: [['ines', 'eva']] })).toEqual(['apart names eva, who is not among the people.']);
  expect(faults({ locks: [['ines', 'max']] })).toEqual(['Ines and Max are both seniors.']);
  expect(faults({ locks: [['ines', 'bo']] })).toEqual([
    'Ines and Bo are locked as a pair, but are in one reporting line.',
  ]);
  expect(
    faults({
      locks: [
        ['max', 'bo'],
        ['max', 'cas'],
      ],
      apart: [['cas', 'max']],
    }),
  ).toEqual([
    'Max and Cas are locked as a pair and kept apart.',
    'Max is locked in 2 pairs, but is to be in 1 at most.',
  ]);
  expect(faults({ weights: [['ines', 'cas', 1.5]] })).toEqual([
    'The weight of Ines and Cas is 1.5; write a whole number from 0 to 1000000.',
  ]);
  expect(
    faultsOf({ people: [senior('Ines', { offers: ['ai'], most: -1 }), talent('Bo', { wants: ['ai'] })] }),
  ).toEqual([
    'Ines is to be in -1 pairs; write a whole number from 0.',
    'Ines is a senior, who wants topics and offers none.',
    'Bo is a talent, who offers topics and wants none.',
  ]);
  expect(() => pairEveryone({ people: [senior('Ines')] }, { seed: 1 })).toThrow('There is no talent.');
});
