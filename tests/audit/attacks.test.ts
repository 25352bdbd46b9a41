// The attacks themselves: on what a careless program leaves behind each must find what it is there to find.
import { expect, test } from 'vitest';
import { randomFrom } from '../../src/planning/random.ts';
import { attacks, guesses } from './attacks.ts';
import { count, isBroken, type Line, most, type Truth } from './score.ts';
import type { Sign } from './signs.ts';

const [ada, bo, cleo] = [1, 2, 3];
const found = (name: string, signs: Sign[]) =>
  Object.fromEntries(guesses(attacks[name]!, signs, 'question').map(({ item, person }) => [item, person]));

test('a question written right after its asker’s answer is theirs', () => {
  const signs = [
    { at: 1, person: ada },
    { at: 2, item: 'why' },
    { at: 3, person: bo },
    { at: 4, item: 'how' },
  ];
  expect(found('last named before', signs)).toEqual({ why: ada, how: bo });
  expect(found('nearest named', signs)).toEqual({ why: ada, how: bo });
});

test('a question written by the same transaction as an answer is theirs', () => {
  expect(
    found('last named before', [
      { at: 7, item: 'why' },
      { at: 7, person: ada },
    ]),
  ).toEqual({ why: ada });
});

test('who signs in only after asking is named next after the question', () => {
  const signs = [
    { at: 1, person: bo },
    { at: 2, item: 'why' },
    { at: 3, person: ada },
  ];
  expect(found('next named after', signs)).toEqual({ why: ada });
});

test('where one person alone was there since the last round, its question is theirs, and else nobody is sure', () => {
  const signs = [
    { at: 1, person: ada },
    { at: 2, item: 'why' },
    { at: 3, person: bo },
    { at: 4, person: cleo },
    { at: 5, item: 'how' },
  ];
  expect(found('only one named since', signs)).toEqual({ why: ada });
  expect(found('named since the last', signs)).toEqual({ why: ada, how: cleo });
});

test('what was written in the order of asking belongs to those who came, in their order', () => {
  const signs = [
    { at: 1, person: ada },
    { at: 2, person: bo },
    { at: 3, person: cleo },
    { at: 4, item: 'why' },
    { at: 4, item: 'how' },
    { at: 4, item: 'who' },
  ];
  expect(found('in turn since the last', signs)).toEqual({ why: ada, how: bo, who: cleo });
});

test('a publishing hour that let one question out points at who was there since the hour before', () => {
  const signs: Sign[] = [
    { at: 1, person: bo },
    { at: 2, hour: true },
    { at: 3, person: ada },
    { at: 4, item: 'why' },
    { at: 4, hour: true },
  ];
  expect(found('named since the hour', signs)).toEqual({ why: ada });
});

test('something that moved without a name points at who was named just before, and just after', () => {
  const signs = [{ at: 1, person: ada }, { at: 2 }, { at: 3, person: bo }, { at: 9, item: 'why' }];
  expect(found('named before it moved', signs)).toEqual({ why: ada });
  expect(found('named after it moved', signs)).toEqual({ why: bo });
});

test('votes are guessed apart from questions', () => {
  const signs = [
    { at: 1, person: ada },
    { at: 2, item: 'vote:why' },
  ];
  expect(guesses(attacks['last named before']!, signs, 'question')).toEqual([]);
  expect(guesses(attacks['last named before']!, signs, 'vote')).toEqual([{ item: 'vote:why', person: ada }]);
});

const truth = (item: string, person: number, traced: boolean): Truth => ({
  item,
  person,
  traced,
  holders: 12,
  apart: null,
});

/** Twenty questions, each right behind the name of its asker. */
function careless(traced: boolean): Line {
  const lines = new Map<string, Line>();
  const signs = Array.from({ length: 20 }, (_, n) => [
    { at: 2 * n, person: n },
    { at: 2 * n + 1, item: `q${n}` },
  ]).flat();
  const truths = Array.from({ length: 20 }, (_, n) => truth(`q${n}`, n, traced));
  count(lines, [{ reader: 'copy', lens: 'rows', signs }], truths);
  return [...lines.values()].find(({ attack }) => attack === 'last named before')!;
}

test('a bound is one in five where the visit left a name, and chance among all with slips where it left none', () => {
  const [traced, untraced] = [careless(true), careless(false)];
  expect([traced.tally.hits, untraced.tally.hits]).toEqual([20, 20]);
  expect(traced.tally.mean).toBeCloseTo(20 / 5);
  expect(untraced.tally.mean).toBeCloseTo(20 / 12);
  // Of twenty guesses with a chance of one in five, more than ten are right once in 1770 times.
  expect(most(traced.tally)).toBe(10);
  expect([isBroken(traced), isBroken(untraced)]).toEqual([true, true]);
});

test('guesses at random break no bound', () => {
  const lines = new Map<string, Line>();
  const random = randomFrom(7);
  const signs = Array.from({ length: 240 }, (_, n) => [
    { at: 2 * n, person: random.below(12) },
    { at: 2 * n + 1, item: `q${n}` },
  ]).flat();
  const truths = Array.from({ length: 240 }, (_, n) => truth(`q${n}`, random.below(12), false));
  count(lines, [{ reader: 'copy', lens: 'rows', signs }], truths);
  expect(lines.size).toBeGreaterThan(3);
  expect([...lines.values()].filter(isBroken)).toEqual([]);
});
