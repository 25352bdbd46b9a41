import { expect, test } from 'vitest';
import { countOutcomes, type InvitationHistory, outcomeOf } from '../../../src/domain/guests/commitment.ts';

const yes = { said: 'yes', late: false } as const;
const no = { said: 'no', late: false } as const;
const known = (values: Partial<InvitationHistory>): InvitationHistory => ({
  state: 'coming',
  answers: [yes],
  came: false,
  isOver: false,
  isCancelled: false,
  doorWasKept: false,
  ...values,
});

test.each<[string, Partial<InvitationHistory>, string]>([
  ['who was seen at the door came, whatever they had answered', { state: 'declined', came: true }, 'came'],
  ['who said yes and was not seen did not come', { isOver: true, doorWasKept: true }, 'did-not-come'],
  ['where nobody kept the door, a yes is all that is known', { isOver: true }, 'said-yes'],
  ['before the event a yes is coming', {}, 'coming'],
  ['who never said yes could not come', { state: 'declined', answers: [no] }, 'could-not'],
  ['who took a yes back in time cancelled', { state: 'declined', answers: [yes, no] }, 'cancelled'],
  [
    'who took a yes back within 48 hours cancelled late',
    { state: 'declined', answers: [yes, { said: 'no', late: true }] },
    'cancelled-late',
  ],
  [
    'who named somebody in their place sent a substitute, however late',
    { state: 'declined', answers: [yes, { said: 'substitute', late: true }] },
    'sent-a-substitute',
  ],
  ['nobody is to blame for an event that was called off', { isCancelled: true, isOver: true }, 'called-off'],
  ['who was taken off the list was', { state: 'uninvited' }, 'taken-off'],
  ['who waits waits', { state: 'waiting' }, 'waiting'],
  ['who is not sure is not sure', { state: 'maybe', answers: [] }, 'not-sure'],
  ['who has not answered has not', { state: 'invited', answers: [] }, 'no-answer'],
])('%s', (_sentence, values, outcome) => {
  expect(outcomeOf(known(values))).toBe(outcome);
});

test('outcomes are counted', () => {
  const counted = countOutcomes([
    { outcome: 'cancelled', n: 1 },
    { outcome: 'came', n: 1 },
    { outcome: 'came', n: 4 },
  ]);
  expect([...counted]).toEqual([
    ['came', 5],
    ['cancelled', 1],
  ]);
});
