import { describe, expect, test } from 'vitest';
import { type EventSoFar, nextSteps } from '../../../src/domain/events/next-steps.ts';

const begun: EventSoFar = {
  state: 'draft',
  wasPublished: false,
  shape: 'tables',
  topics: 0,
  topicsWithoutTeam: 0,
  invited: 0,
  answered: 0,
  questions: 0,
  isOver: false,
  answersClosed: false,
  cancellationsUnderWay: 0,
};
const steps = (event: Partial<EventSoFar>) => nextSteps({ ...begun, ...event });
const done = (event: Partial<EventSoFar>) => steps(event).flatMap(({ step, done }) => (done ? [step] : []));
const places = (event: Partial<EventSoFar>) => steps(event).map(({ step, at }) => `${step}: ${at}`);
const sent = { state: 'published', wasPublished: true, topics: 1, invited: 3, questions: 1 } as const;

describe('ahead of an event', () => {
  test('a fresh draft has its format, and trends come next', () => {
    expect(done({})).toEqual(['format']);
  });

  test('a trend without a team is not chosen yet', () => {
    expect(done({ topics: 2, topicsWithoutTeam: 1 })).toEqual(['format']);
    expect(done({ topics: 2 })).toEqual(['format', 'trends']);
  });

  test('answers are in when everyone has answered, or when their day has passed', () => {
    const before = ['format', 'trends', 'people', 'publish', 'questions'];
    expect(done({ ...sent, answered: 2 })).toEqual(before);
    expect(done({ ...sent, answered: 3 })).toEqual([...before, 'answers']);
    expect(done({ ...sent, answered: 2, answersClosed: true })).toEqual([...before, 'answers']);
  });

  test('each step of a draft leads to the place in its form, or to its review', () => {
    expect(places({ decided: false })).toEqual([
      'format: edit',
      'trends: teams',
      'people: choose',
      'publish: review',
      'questions: questions',
      'answers: answerBy',
      'decide: decideOn',
      'hold: date',
    ]);
  });

  test('once invitations are out, the steps lead to people, invitations and the live desk', () => {
    expect(places({ ...sent, decided: false, isToBeDecided: true })).toEqual([
      'format: page',
      'trends: teams',
      'people: people',
      'publish: invitations',
      'questions: questions',
      'answers: people',
      'decide: decide',
      'hold: live',
    ]);
  });

  test('an event for one person asks for no wall of questions', () => {
    expect(steps({ ...sent, invited: 2 }).map(({ step }) => step)).toContain('questions');
    expect(steps({ ...sent, invited: 1 }).map(({ step }) => step)).toEqual([
      'format',
      'trends',
      'people',
      'publish',
      'answers',
      'hold',
    ]);
  });

  test('a pair brings its own topics', () => {
    expect(steps({ ...sent, shape: 'pair', invited: 2 }).map(({ step }) => step)).toEqual([
      'format',
      'people',
      'publish',
      'answers',
      'hold',
    ]);
  });
});

describe('afterwards', () => {
  test('an event that was held asks for nothing that is too late, and offers the next one', () => {
    expect(steps({ ...sent, topics: 0, questions: 0, isOver: true, decided: false })).toEqual([
      { step: 'publish', done: true, at: 'invitations' },
      { step: 'hold', done: true, at: 'people' },
      { step: 'questions', done: true, at: 'questions' },
      { step: 'again', done: false, at: 'copy' },
    ]);
  });

  test('a draft whose date has passed needs another date first', () => {
    expect(places({ isOver: true, invited: 1 })).toEqual([
      'hold: date',
      'format: edit',
      'trends: teams',
      'people: people',
      'publish: review',
      'answers: answerBy',
    ]);
  });

  test('a cancelled event is told to everyone, and then there is another one to plan', () => {
    expect(steps({ ...sent, state: 'cancelled', cancellationsUnderWay: 2 })).toEqual([
      { step: 'told', done: false, at: 'invitations' },
      { step: 'again', done: false, at: 'copy' },
    ]);
    expect(done({ ...sent, state: 'cancelled' })).toEqual(['told']);
  });

  test('a draft that was cancelled was never told to anyone', () => {
    expect(places({ state: 'cancelled', invited: 3 })).toEqual(['again: copy']);
  });
});
