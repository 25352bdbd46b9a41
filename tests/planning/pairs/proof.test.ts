// Pairs are as many and as heavy as can be, and stable where they are to be: against every pairing there is, and
// against a second solver that knows nothing of augmenting paths.
import fc from 'fast-check';
import type { Highs } from 'highs';
import loader from 'highs';
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/pairs/faults.ts';
import { pairEveryone } from '../../../src/planning/pairs/pair-everyone.ts';
import type { PairsAnswer, PairsWishes } from '../../../src/planning/pairs/wishes.ts';
import { byLength } from '../../support/length.ts';
import { type Couple, check, everyPairing, mayBePair, weightOf } from './checker.ts';
import { wishesByChance } from './wishes-by-chance.ts';

const runs = byLength(250, 1000);
const possible = (most: number, likesOnly?: boolean) =>
  wishesByChance(most, likesOnly).filter((wishes) => faultsOf(wishes).length === 0);
const couplesOf = (answer: PairsAnswer) => answer.pairs.map(({ senior, talent }): Couple => [senior, talent]);

/** The answer's own words are those of the checker. */
function expectHonest(wishes: PairsWishes, answer: PairsAnswer): void {
  const found = check(wishes, couplesOf(answer));
  expect(found.broken).toEqual([]);
  expect(answer.weight).toBe(found.weight);
  expect(answer.blockingPairs.map(({ senior, talent }) => `${senior} ${talent}`).sort()).toEqual(
    found.blocking.sort(),
  );
  const alone = wishes.people.filter(
    ({ id, most = 1 }) => most > 0 && !couplesOf(answer).some((couple) => couple.includes(id)),
  );
  expect([...answer.unpaired].sort()).toEqual(alone.map(({ id }) => id).sort());
  expect(Object.keys(answer.reasons).sort()).toEqual([...answer.unpaired].sort());
}

test(`of all pairings of a few people none has more pairs, nor as many of more weight, ${runs} times`, () => {
  fc.assert(
    fc.property(possible(4), fc.nat(), (wishes, seed) => {
      const answer = pairEveryone(wishes, { seed });
      expectHonest(wishes, answer);
      const all = everyPairing(wishes).map(
        (couples) => [couples.length, check(wishes, couples).weight] as const,
      );
      const best = all.reduce((a, b) => (b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a));
      expect([answer.pairs.length, answer.weight]).toEqual(best);
      expect(answer.provenOptimal).toBe(true);
    }),
    { numRuns: runs, seed: 7 },
  );
});

test(`nobody would rather have each other, and where it is said so no stable pairing has more, ${runs} times`, () => {
  const seen = { proven: 0, fewer: 0 };
  fc.assert(
    fc.property(fc.oneof(possible(4), possible(4, true)), fc.nat(), (wishes, seed) => {
      const answer = pairEveryone({ ...wishes, rule: 'stable' }, { seed });
      expectHonest(wishes, answer);
      expect(answer.blockingPairs).toEqual([]);
      const all = everyPairing(wishes);
      const stable = all.filter((couples) => check(wishes, couples).blocking.length === 0);
      const most = Math.max(...stable.map(({ length }) => length));
      if (answer.provenOptimal) expect(answer.pairs.length).toBe(most);
      expect(answer.goals[0]!.bound).toBeGreaterThanOrEqual(most);
      expect(answer.otherRule.pairs).toBe(Math.max(...all.map(({ length }) => length)));
      seen.proven += answer.provenOptimal ? 1 : 0;
      seen.fewer += most < answer.otherRule.pairs ? 1 : 0;
    }),
    { numRuns: runs, seed: 8 },
  );
  expect(seen.proven).toBeGreaterThan(runs / 2);
  expect(seen.fewer).toBeGreaterThan(0);
});

test('seniors who put all talents in a strict order get the best stable pairing there is for them', () => {
  const place = (wishes: PairsWishes, id: string, liked: string) =>
    wishes.people.find((person) => person.id === id)!.likes!.findIndex((tier) => tier.includes(liked));
  fc.assert(
    fc.property(possible(4, true), fc.nat(), (drawn, seed) => {
      const people = drawn.people.map((person) => ({ ...person, most: 1 }));
      const wishes = { ...drawn, people, locks: [] };
      const own = couplesOf(pairEveryone({ ...wishes, rule: 'stable' }, { seed }));
      for (const couples of everyPairing(wishes))
        if (check(wishes, couples).blocking.length === 0)
          for (const [senior, talent] of couples) {
            const mine = own.find(([id]) => id === senior)!;
            expect(place(wishes, senior, mine[1])).toBeLessThanOrEqual(place(wishes, senior, talent));
          }
    }),
    { numRuns: runs, seed: 9 },
  );
});

/** The same by the simplex method: the constraints of pairs with room are totally unimodular, so it ends on whole numbers. */
function bySimplex(highs: Highs, wishes: PairsWishes): number {
  const side = (which: string) => wishes.people.filter((person) => person.side === which);
  const terms: string[] = [];
  const rows = new Map<string, string[]>();
  for (const senior of side('senior'))
    for (const talent of side('talent')) {
      if (!mayBePair(wishes, senior, talent)) continue;
      const name = `x_${senior.id}_${talent.id}`;
      terms.push(`${100_000 + weightOf(wishes, senior, talent)} ${name}`);
      for (const id of [senior.id, talent.id]) rows.set(id, [...(rows.get(id) ?? []), name]);
    }
  if (terms.length === 0) return 0;
  const most = (id: string) => wishes.people.find((person) => person.id === id)!.most ?? 1;
  const room = [...rows].map(([id, names]) => `room_${id}: ${names.join(' + ')} <= ${most(id)}`);
  const bounds = [...rows.values()].flat().map((name) => `${name} <= 1`);
  const text = `Maximize\nobj: ${terms.join(' + ')}\nSubject To\n${room.join('\n')}\nBounds\n${[...new Set(bounds)].join('\n')}\nEnd\n`;
  return Math.round(highs.solve(text).ObjectiveValue);
}

test('the simplex method finds no more pairs and no more weight among dozens of people', async () => {
  const highs = await (loader as unknown as () => Promise<Highs>)();
  fc.assert(
    fc.property(possible(25), fc.nat(), (drawn, seed) => {
      const wishes = { ...drawn, locks: [] };
      const answer = pairEveryone(wishes, { seed });
      expectHonest(wishes, answer);
      expect(answer.pairs.length * 100_000 + answer.weight).toBe(bySimplex(highs, wishes));
    }),
    { numRuns: runs / 5, seed: 10 },
  );
});

test('the same seed gives the same pairs, and pairs stopped early keep every rule and claim nothing', () => {
  fc.assert(
    fc.property(possible(12), fc.nat(), fc.nat(12), fc.boolean(), (wishes, seed, iterations, isStable) => {
      const asked: PairsWishes = { ...wishes, rule: isStable ? 'stable' : 'most' };
      const answer = pairEveryone(asked, { seed, iterations });
      expect(pairEveryone(asked, { seed, iterations })).toEqual(answer);
      expectHonest(asked, answer);
      if (isStable) expect(answer.blockingPairs).toEqual([]);
      const whole = pairEveryone(asked, { seed });
      expect(answer.goals[0]!.bound).toBeGreaterThanOrEqual(whole.pairs.length);
      if (answer.provenOptimal && !isStable)
        expect([answer.pairs.length, answer.weight]).toEqual([whole.pairs.length, whole.weight]);
    }),
    { numRuns: runs, seed: 11 },
  );
});
