// Everybody hears why they have what they have, and every word of it is true.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignTrends } from '../../../src/planning/assign/assign-trends.ts';
import { faultsOf } from '../../../src/planning/assign/faults.ts';
import type { Agent, AssignWishes } from '../../../src/planning/assign/wishes.ts';
import { byLength } from '../../support/length.ts';
import { untrue } from './reasons-checker.ts';
import { everythingByChance } from './wishes-by-chance.ts';

const agent = (name: string, ranks: string[], more: Partial<Agent> = {}): Agent => ({
  id: name.toLowerCase(),
  name,
  ranks: ranks.map((id) => [id]),
  ...more,
});

const film = { id: 'film', name: 'Film', most: 1 };
const code = { id: 'code', name: 'Code', most: 2 };
const data = { id: 'data', name: 'Data', most: 2 };

const reasons = async (wishes: AssignWishes) =>
  (await assignTrends(wishes, 'most-firsts', { seed: 1 })).reasons;

test('Bo hears that Film is full, and who has it as what', async () => {
  const ada = agent('Ada', ['film'], { lock: 'film' });
  expect(await reasons({ agents: [ada, agent('Bo', ['film', 'code'])], trends: [film, code] })).toEqual({
    ada: 'Ada is locked to Film, a first choice.',
    bo: 'Bo has Code, a second choice. Film is full: Ada is locked to it.',
  });
  const first = agent('Ada', ['film', 'code']);
  const both = await reasons({ agents: [first, agent('Bo', ['film'])], trends: [film, code] });
  expect(both).toEqual({
    ada: 'Ada has Code, a second choice. Film is full: Bo has it as a first choice.',
    bo: 'Bo has Film, a first choice.',
  });
});

test('Ada hears that Film is closed because it needs three, and Data because nobody can do films', async () => {
  const agents = [agent('Ada', ['film', 'data', 'code']), agent('Bo', ['code'])];
  const trends = [{ ...film, most: 4, least: 3, mayClose: true }, { ...data, skills: ['films'] }, code];
  expect(await reasons({ agents, trends })).toEqual({
    ada: 'Ada has Code, a third choice. Film is closed: it needs at least 3 to open. Data is closed: it needs someone with films to open.',
    bo: 'Bo has Code, a first choice.',
  });
});

test('Ada hears about those she is to be with, and those she is to be apart from', async () => {
  const agents = [agent('Ada', ['film', 'code']), agent('Bo', ['code'])];
  expect(await reasons({ agents, trends: [film, code], together: [['ada', 'bo']] })).toMatchObject({
    ada: 'Ada has Code, a second choice. Bo, with whom Ada is to be, cannot have Film.',
  });
  const apart = [agent('Ada', ['code', 'film']), agent('Bo', ['code'], { lock: 'code' })];
  expect(await reasons({ agents: apart, trends: [film, code], apart: [['ada', 'bo']] })).toMatchObject({
    ada: 'Ada has Film, a second choice. Code has Bo, from whom Ada is to be apart.',
  });
});

test('Ada hears that Code cannot do without her', async () => {
  const agents = [agent('Ada', ['data', 'code']), agent('Bo', ['code'])];
  const needsTwo = await reasons({ agents, trends: [data, { ...code, least: 2 }] });
  expect(needsTwo.ada).toBe(
    'Ada has Code, a second choice. Data has room, but Code needs Ada: it is to have at least 2.',
  );
  const skilled = [agent('Ada', ['data', 'code'], { skills: ['films'] }), agent('Bo', ['code'])];
  const needsFilms = await reasons({
    agents: skilled,
    trends: [data, { ...code, least: 1, skills: ['films'] }],
  });
  expect(needsFilms.ada).toBe(
    'Ada has Code, a second choice. Data has room, but Code needs Ada, the only one there with films.',
  );
});

test('Ada, who ranks nothing, and Bo, for whom there is no room, hear so', async () => {
  const agents = [agent('Ada', []), agent('Bo', ['film']), agent('Cy', ['film'], { lock: 'film' })];
  expect(await reasons({ agents, trends: [film] })).toMatchObject({
    ada: 'Ada has no trend. Ada ranks none, and those who rank go first.',
    bo: 'Bo has no trend. Film is full: Cy is locked to it.',
  });
});

const runs = byLength(100, 1000);

test(`whatever is asked, every sentence is true, ${runs} times`, { timeout: 3_000_000 }, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      everythingByChance(7, 4),
      fc.constantFrom('most-firsts', 'fairest', 'firsts-fair'),
      async (wishes, rule) => {
        if (faultsOf(wishes).length > 0) return;
        const answer = await assignTrends(wishes, rule, { seed: 1 }, { compares: false }).catch(
          () => undefined,
        );
        if (!answer) return;
        expect(untrue(wishes, answer)).toEqual([]);
        for (const sentence of Object.values(answer.reasons))
          for (const form of [
            'full',
            'closed',
            'apart',
            'with whom',
            'at least',
            'only one',
            'better by',
            'room for',
            'Between equals',
            'likes to be with',
            'fills what',
            'would not be even',
          ])
            if (sentence.includes(form)) seen.add(form);
      },
    ),
    { numRuns: runs, seed: 9 },
  );
  const often = [
    'apart',
    'at least',
    'closed',
    'full',
    'with whom',
    'Between equals',
    'likes to be with',
    'fills what',
  ];
  expect(often.filter((form) => !seen.has(form))).toEqual([]);
});
