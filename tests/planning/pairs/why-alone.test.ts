// Why somebody has no partner is true, whatever the rule and however little time there was: read by program.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/pairs/faults.ts';
import { pairEveryone } from '../../../src/planning/pairs/pair-everyone.ts';
import type { PairsAnswer, PairsWishes, Partner } from '../../../src/planning/pairs/wishes.ts';
import { byLength } from '../../support/length.ts';
import { mayBePair } from './checker.ts';
import { wishesByChance } from './wishes-by-chance.ts';

/** Whether a sentence about somebody without a partner holds; undefined for a sentence this does not know. */
function holds(
  wishes: PairsWishes,
  answer: PairsAnswer,
  person: Partner,
  sentence: string,
): boolean | undefined {
  const others = wishes.people.filter(({ side, most }) => side !== person.side && most !== 0);
  const may = others.filter((other) =>
    person.side === 'senior' ? mayBePair(wishes, person, other) : mayBePair(wishes, other, person),
  );
  const pairsOf = ({ id }: Partner) =>
    answer.pairs.filter(({ senior, talent }) => senior === id || talent === id).length;
  const full = (one: Partner) => pairsOf(one) >= (one.most ?? 1);
  if (/^There are no (seniors|talents)( who take part)?\.$/.test(sentence)) return others.length === 0;
  const only = /^(.+), the only (?:senior|talent) for .+, has someone else\.$/.exec(sentence);
  if (only) return may.length === 1 && may[0]!.name === only[1] && full(may[0]!);
  const all = /^All (\d+) (?:seniors|talents)(?: who take part)? for .+ have someone else\.$/.exec(sentence);
  if (all) return may.length === Number(all[1]) && may.every(full);
  const time = /^There was no time to pair .+ with (.+)\.$/.exec(sentence);
  if (time) return may.some((one) => one.name === time[1] && !full(one));
  if (/ are in one reporting line with /.test(sentence)) return others.length > 0 && may.length === 0;
  if (/^(None of|There are no) .* may be paired with/.test(sentence))
    return others.length > 0 && may.length === 0;
  return undefined;
}

test('every sentence about somebody without a partner holds', () => {
  const seen = { sentences: 0, withoutPlace: 0 };
  const possible = wishesByChance(5).filter((wishes) => faultsOf(wishes).length === 0);
  fc.assert(
    fc.property(
      possible,
      fc.nat(),
      fc.boolean(),
      fc.constantFrom(0, 1, 100),
      (drawn, seed, stable, iterations) => {
        const wishes: PairsWishes = { ...drawn, rule: stable ? 'stable' : 'most' };
        const answer = pairEveryone(wishes, { seed, iterations });
        for (const [id, sentence] of Object.entries(answer.reasons)) {
          const person = wishes.people.find((one) => one.id === id)!;
          expect(holds(wishes, answer, person, sentence), sentence).toBe(true);
          seen.sentences += 1;
          if (sentence.includes('who take part')) seen.withoutPlace += 1;
        }
      },
    ),
    { numRuns: byLength(200, 4000), seed: 3 },
  );
  expect(seen.sentences).toBeGreaterThan(100);
  expect(seen.withoutPlace).toBeGreaterThan(5);
});
