import { expect, test } from 'vitest';
import { type EventSoFar, nextSteps } from '../../../src/domain/events/next-steps.ts';

const begun: EventSoFar = {
  state: 'draft',
  topics: 0,
  topicsWithoutTeam: 0,
  invited: 0,
  answered: 0,
  questions: 0,
  isOver: false,
  hasAnswerBy: true,
  answersClosed: false,
};
const done = (event: Partial<EventSoFar>) =>
  nextSteps({ ...begun, ...event }).flatMap(({ step, done }) => (done ? [step] : []));

test('a fresh draft has its format, and trends come next', () => {
  expect(done({})).toEqual(['format']);
});

test('a trend without a team is not chosen yet', () => {
  expect(done({ topics: 2, topicsWithoutTeam: 1 })).toEqual(['format']);
  expect(done({ topics: 2 })).toEqual(['format', 'trends']);
});

test('answers are in when everyone has answered, or when their day has passed', () => {
  const sent = { state: 'published' as const, topics: 1, invited: 3, questions: 1 };
  expect(done({ ...sent, answered: 2 })).toEqual(['format', 'trends', 'people', 'publish', 'questions']);
  expect(done({ ...sent, answered: 3 })).toEqual([
    'format',
    'trends',
    'people',
    'publish',
    'questions',
    'answers',
  ]);
  expect(done({ ...sent, answered: 2, answersClosed: true })).toEqual([
    'format',
    'trends',
    'people',
    'publish',
    'questions',
    'answers',
  ]);
});
