// An impossible seating is said in a sentence that names it, before anything is searched.
import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';

const names = ['Ada', 'Bo', 'Cy', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal'];
const people: Attendee[] = names.map((name, index) => ({
  id: name.toLowerCase(),
  name,
  side: index < 4 ? 'talent' : 'senior',
}));
const event: TablesWishes = { people, tables: 2, rounds: 3 };
const faults = (change: Partial<TablesWishes>) => faultsOf({ ...event, ...change });
const person = (name: string, change: Partial<Attendee>) =>
  people.map((one) => (one.name === name ? { ...one, ...change } : one));

test('an event without a fault has none', () => {
  expect(faults({})).toEqual([]);
  expect(seatEveryone(event, { seed: 1 }).rounds).toHaveLength(3);
});

describe('each fault by name', () => {
  test.each<[string, Partial<TablesWishes>, string]>([
    ['nobody', { people: [] }, 'There is nobody to seat.'],
    ['no table', { tables: 0 }, 'There is no table.'],
    ['no round', { rounds: 0 }, 'There is no round.'],
    ['two of an id', { people: [...people, people[0]!] }, 'Two people have the id ada.'],
    ['an unknown person', { apart: [['ada', 'zoe']] }, 'apart names zoe, who is not among the people.'],
    ['an unknown friend', { together: [['zoe', 'bo']] }, 'together names zoe, who is not among the people.'],
    [
      'a lock of an unknown person',
      { locks: [{ person: 'zoe', table: '1' }] },
      'A lock names zoe, who is not among the people.',
    ],
    [
      'a lock to an unknown table',
      { locks: [{ person: 'ada', table: '9' }] },
      'The lock of ada names table 9, which is not among the tables.',
    ],
    [
      'an unknown table to host',
      { people: person('Ada', { host: '7' }) },
      'The host ada names table 7, which is not among the tables.',
    ],
    [
      'somebody of the past unknown',
      { past: [[['zoe'], ['bo']]] },
      'past names zoe, who is not among the people.',
    ],
    [
      'coming after leaving',
      { people: person('Ada', { from: 3, until: 2 }) },
      'Ada cannot come in round 3 and leave after round 2; let the last round be the first or a later one.',
    ],
    [
      'staying too long',
      { people: person('Ada', { until: 4 }) },
      'Ada is here for rounds 1 to 4, but there are 3 rounds.',
    ],
    [
      'too many hosts',
      { people: people.map((one, index) => (index < 3 ? { ...one, host: true } : one)) },
      '3 hosts are locked to 2 tables: every host keeps a table of their own.',
    ],
    [
      'a host locked to the table of another',
      {
        people: people.map((one, index) => (index < 2 ? { ...one, host: index === 0 || '1' } : one)),
        locks: [{ person: 'ada', table: '1' }],
      },
      'Ada and Bo would all host table 1. To let them share it, name the table as the one each hosts, or put them together.',
    ],
    [
      'hosts who are to share two tables',
      {
        people: people.map((one, index) => (index < 2 ? { ...one, host: String(index + 1) } : one)),
        together: [['ada', 'bo']],
      },
      'Ada and Bo are to host together, but at tables 1 and 2.',
    ],
    [
      'a closed table with a host',
      { people: person('Ada', { host: '2' }), rounds: 1, closed: [{ table: '2' }] },
      'Table 2 is closed in round 1, but Ada is to sit there.',
    ],
    [
      'too many people',
      { people: Array.from({ length: 3001 }, (_, id) => ({ ...people[0]!, id: `p${id}` })) },
      'There are 3001 people; 3000 can be planned at once.',
    ],
    [
      'more tables than can be listed',
      { tables: 1_000_000_000 },
      'There are 1000000000 tables; 1000 can be planned at once.',
    ],
    ['too many rounds', { rounds: 51 }, 'There are 51 rounds; 50 can be planned at once.'],
    [
      'two locks at once',
      {
        locks: [
          { person: 'ada', table: '1' },
          { person: 'ada', table: '2', rounds: [2] },
        ],
      },
      'Ada is locked to table 1 and to table 2 in round 2.',
    ],
    [
      'a lock while away',
      { people: person('Ada', { from: 2 }), locks: [{ person: 'ada', table: '1', rounds: [1] }] },
      'Ada is locked to table 1 in round 1, but is not here then.',
    ],
    [
      'a lock beyond the end',
      { locks: [{ person: 'ada', table: '1', rounds: [9] }] },
      'The lock of Ada names round 9, but there are 3 rounds.',
    ],
    [
      'a host locked elsewhere',
      { people: person('Ada', { host: '1' }), locks: [{ person: 'ada', table: '2', rounds: [1] }] },
      'Ada is locked to table 1 and to table 2 in round 1.',
    ],
    [
      'too few seats',
      {
        tables: [
          { id: 'a', seats: 4 },
          { id: 'b', seats: 3 },
        ],
        rounds: 1,
      },
      'Round 1 has 8 people for 7 seats. With sitOut they sit out in turn.',
    ],
    [
      'too many at a table',
      {
        tables: [
          { id: 'a', seats: 1 },
          { id: 'b', seats: 9 },
        ],
        rounds: 1,
        locks: [
          { person: 'ada', table: 'a' },
          { person: 'bo', table: 'a' },
        ],
      },
      '2 people are locked to the 1 seats of table a in round 1: Ada, Bo.',
    ],
    [
      'apart and together',
      { apart: [['ada', 'bo']], together: [['bo', 'ada']] },
      'Bo and Ada are to sit apart and together.',
    ],
    [
      'apart at one table',
      {
        rounds: 1,
        apart: [['ada', 'bo']],
        locks: [
          { person: 'ada', table: '1' },
          { person: 'bo', table: '1' },
        ],
      },
      'Ada and Bo are to sit apart, but are both locked to table 1 in round 1.',
    ],
    [
      'together at two tables',
      {
        rounds: 1,
        together: [['ada', 'bo']],
        locks: [
          { person: 'ada', table: '1' },
          { person: 'bo', table: '2' },
        ],
      },
      'Ada and Bo are to sit together, but are locked to tables 1 and 2 in round 1.',
    ],
    [
      'somebody twice in the past',
      { past: [[['ada', 'ada'], ['bo']]] },
      'Round 1 of the past seats ada twice.',
    ],
    [
      'more past than rounds',
      { rounds: 1, past: [[['ada']], [['ada']]] },
      '2 rounds are held already, but there are 1 rounds.',
    ],
  ])('%s', (_, change, sentence) => {
    expect(faults(change)).toEqual([sentence]);
  });
});

test('the planner refuses what has a fault, with the same words', () => {
  expect(() => seatEveryone({ ...event, tables: 0 }, { seed: 1 })).toThrow(
    new RangeError('There is no table.'),
  );
});
