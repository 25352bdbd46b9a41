// Two talents who meet one senior together: of all pairs and trios none place more people, nor as many of more weight.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/pairs/faults.ts';
import { pairInTrios } from '../../../src/planning/pairs/trios.ts';
import type { PairsWishes, Partner, TriosAnswer } from '../../../src/planning/pairs/wishes.ts';
import { byLength } from '../../support/length.ts';
import { mayBePair, weightOf } from './checker.ts';
import { wishesByChance } from './wishes-by-chance.ts';

const runs = byLength(40, 500);

/** A senior and one or two talents. */
type Meeting = readonly [senior: string, ...talents: string[]];

const key = (a: string, b: string) => [a, b].sort().join(' ');
const named = (pairs: PairsWishes['apart'], a: string, b: string) =>
  (pairs ?? []).some(([one, other]) => key(one, other) === key(a, b));

function bosses({ people }: PairsWishes, id: string): string[] {
  const above: string[] = [];
  for (
    let boss = people.find((one) => one.id === id)?.manager;
    boss !== undefined && !above.includes(boss);
  ) {
    above.push(boss);
    boss = people.find((one) => one.id === boss)?.manager;
  }
  return above;
}

/** Whether two talents may meet a senior together. */
const mayMeet = (wishes: PairsWishes, a: string, b: string) =>
  !named(wishes.apart, a, b) && !bosses(wishes, a).includes(b) && !bosses(wishes, b).includes(a);

const person = (wishes: PairsWishes, id: string) => wishes.people.find((one) => one.id === id)!;

/** People with a place, and the weight of all talents with their seniors. */
function worth(wishes: PairsWishes, meetings: readonly Meeting[]): [number, number] {
  const couples = meetings.flatMap(([senior, ...talents]) =>
    talents.map((talent) => [senior, talent] as const),
  );
  const weight = couples.reduce(
    (sum, [s, t]) => sum + weightOf(wishes, person(wishes, s), person(wishes, t)),
    0,
  );
  return [new Set(couples.flat()).size, weight];
}

function broken(wishes: PairsWishes, meetings: readonly Meeting[]): string[] {
  const faults: string[] = [];
  const couples = meetings.flatMap(([senior, ...talents]) => talents.map((talent) => key(senior, talent)));
  if (new Set(couples).size < couples.length) faults.push('two meet twice');
  for (const [a, b] of wishes.locks ?? [])
    if (!couples.includes(key(a, b))) faults.push(`${a} ${b} are locked`);
  for (const { id, most = 1 } of wishes.people)
    if (meetings.filter((meeting) => meeting.includes(id)).length > most)
      faults.push(`${id} meets too often`);
  for (const [senior, ...talents] of meetings) {
    const { trio } = person(wishes, senior);
    if (talents.length > (wishes.trios || trio ? 2 : 1)) faults.push(`${senior} has too many at once`);
    if (talents.length === 2 && !mayMeet(wishes, talents[0]!, talents[1]!))
      faults.push(`${talents} may not meet`);
    for (const talent of talents)
      if (
        !named(wishes.locks, senior, talent) &&
        !mayBePair(wishes, person(wishes, senior), person(wishes, talent))
      )
        faults.push(`${senior} and ${talent} may not be a pair`);
  }
  return faults;
}

/** Every set of meetings there is; for a handful of people. */
function* everySet(wishes: PairsWishes): Generator<Meeting[]> {
  const side = (which: string) => wishes.people.filter((one) => one.side === which).map(({ id }) => id);
  const possible = side('senior').flatMap((senior) => {
    const talents = side('talent');
    const both = talents.flatMap((a, index) => talents.slice(index + 1).map((b): Meeting => [senior, a, b]));
    return [...talents.map((talent): Meeting => [senior, talent]), ...both];
  });
  const keeps = (meetings: readonly Meeting[]) =>
    broken(wishes, meetings).every((fault) => fault.endsWith('are locked'));
  function* grow(from: number, chosen: Meeting[]): Generator<Meeting[]> {
    yield chosen;
    for (let index = from; index < possible.length; index += 1) {
      const next = [...chosen, possible[index]!];
      if (keeps(next)) yield* grow(index + 1, next);
    }
  }
  for (const meetings of grow(0, [])) if (broken(wishes, meetings).length === 0) yield meetings;
}

const meetingsOf = ({ pairs }: TriosAnswer): Meeting[] =>
  pairs.map((pair) => ('talents' in pair ? [pair.senior, ...pair.talents] : [pair.senior, pair.talent]));

/** Sentences about people without a place that are not so. */
function untrue(wishes: PairsWishes, answer: TriosAnswer): string[] {
  const meetings = meetingsOf(answer);
  const used = (other: Partner) =>
    meetings
      .filter((meeting) => meeting.includes(other.id))
      .reduce((sum, meeting) => sum + (other.side === 'senior' ? meeting.length - 1 : 1), 0);
  const isFull = (other: Partner) =>
    used(other) >= (other.most ?? 1) * (other.side === 'senior' && (wishes.trios || other.trio) ? 2 : 1);
  return Object.entries(answer.reasons).flatMap(([id, sentence]) => {
    const own = person(wishes, id);
    const may = wishes.people.filter(
      (other) =>
        other.side !== own.side &&
        other.most !== 0 &&
        (own.side === 'senior' ? mayBePair(wishes, own, other) : mayBePair(wishes, other, own)),
    );
    const holds = sentence.startsWith('There are no')
      ? may.length === 0
      : sentence.includes('the only')
        ? may.length === 1 && isFull(may[0]!) && sentence.startsWith(may[0]!.name)
        : sentence.startsWith('All')
          ? may.every(isFull) && sentence.startsWith(`All ${may.length} `)
          : sentence.startsWith('No pairs and trios with') && answer.provenOptimal && may.length > 0;
    return holds ? [] : [sentence];
  });
}

test(`of all pairs and trios of a few people none place more, nor as many of more weight, ${runs} times`, async () => {
  const seen = { trios: 0, impossible: 0, alone: 0 };
  const asked = fc
    .tuple(wishesByChance(3), fc.boolean(), fc.nat(2))
    .map(([wishes, trios, which]): PairsWishes => {
      const people = wishes.people.map((one) =>
        one.id === `s${which}` || one.id === 's0'
          ? { ...one, trio: true, most: Math.min(2, one.most ?? 1) }
          : one,
      );
      return { ...wishes, people, ...(trios && { trios }) };
    })
    .filter((wishes) => faultsOf(wishes).length === 0);
  await fc.assert(
    fc.asyncProperty(asked, fc.nat(), async (wishes, seed) => {
      const all = [...everySet(wishes)].map((meetings) => worth(wishes, meetings));
      if (all.length === 0) {
        await expect(pairInTrios(wishes, { seed })).rejects.toThrow('cannot');
        seen.impossible += 1;
        return;
      }
      const best = all.reduce((a, b) => (b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a));
      const answer = await pairInTrios(wishes, { seed });
      const meetings = meetingsOf(answer);
      expect([broken(wishes, meetings), worth(wishes, meetings), answer.provenOptimal]).toEqual([
        [],
        best,
        true,
      ]);
      expect(answer.goals.map(({ value }) => value)).toEqual(best);
      expect(answer.weight).toBe(best[1]);
      expect(untrue(wishes, answer)).toEqual([]);
      const placed = new Set(meetings.flat());
      const alone = wishes.people.filter(({ id, most }) => most !== 0 && !placed.has(id)).map(({ id }) => id);
      expect([answer.unpaired, Object.keys(answer.reasons)]).toEqual([alone, alone]);
      seen.trios += meetings.some(({ length }) => length === 3) ? 1 : 0;
      seen.alone += alone.length > 0 ? 1 : 0;
    }),
    { numRuns: runs, seed: 6 },
  );
  expect(seen.trios).toBeGreaterThan(runs / 8);
  expect(seen.alone).toBeGreaterThan(0);
});

const people: Partner[] = [
  { id: 'ines', name: 'Ines', side: 'senior', wants: ['law', 'ai'], trio: true },
  { id: 'ada', name: 'Ada', side: 'talent', offers: ['ai'] },
  { id: 'bo', name: 'Bo', side: 'talent', offers: ['law'] },
];

test('Ada and Bo meet Ines together, and her two topics are joined', async () => {
  const answer = await pairInTrios({ people }, { seed: 1 });
  expect(answer.pairs).toEqual([
    {
      senior: 'ines',
      talents: ['ada', 'bo'],
      weight: 19,
      topics: ['law', 'ai'],
      reason: 'Ada can tell about ai. Bo can tell about law.',
    },
  ]);
  expect(answer).toMatchObject({ unpaired: [], provenOptimal: true, weight: 19 });
});

test.each<[string, Partial<PairsWishes>]>([
  ['are kept apart', { apart: [['bo', 'ada']] }],
  [
    'are in one reporting line',
    { people: people.map((one) => (one.id === 'bo' ? { ...one, manager: 'ada' } : one)) },
  ],
])('two talents who %s never meet Ines together', async (_, more) => {
  expect((await pairInTrios({ people, ...more }, { seed: 1 })).pairs).toHaveLength(1);
  expect((await pairInTrios({ people, ...more }, { seed: 1 })).unpaired).toHaveLength(1);
});

test('a trio of a talent, and stable trios, are refused', async () => {
  const talent = people.map((one) => (one.id === 'ada' ? { ...one, trio: true } : one));
  await expect(pairInTrios({ people: talent }, { seed: 1 })).rejects.toThrow(
    'Ada is a talent; trio goes with a senior.',
  );
  await expect(pairInTrios({ people, rule: 'stable' }, { seed: 1 })).rejects.toThrow(
    'The rule stable knows no trios.',
  );
});
