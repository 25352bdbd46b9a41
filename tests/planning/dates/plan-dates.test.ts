// Dates as an organiser asks for them: who is needed, how many it takes, what is said about it, and stopping.
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/dates/faults.ts';
import { planDates } from '../../../src/planning/dates/plan-dates.ts';
import type { Answer, DatesWishes, Invitee } from '../../../src/planning/dates/wishes.ts';
import { bookFaults, check, givenBy } from './checker.ts';
import { event } from './wishes-by-chance.ts';

const dates = [
  { id: 'mon', name: 'Monday' },
  { id: 'tue', name: 'Tuesday' },
  { id: 'wed', name: 'Wednesday' },
];

/** Answers to Monday, Tuesday and Wednesday: y, m or n. */
function person(name: string, side: Invitee['side'], said: string, needed?: Invitee['needed']): Invitee {
  const words: Record<string, Answer> = { y: 'yes', m: 'maybe', n: 'no' };
  const answers = Object.fromEntries(dates.map(({ id }, index) => [id, words[said[index]!]!]));
  return { id: name.toLowerCase(), name, side, answers, needed };
}

const [ada, bo, cy, di] = [
  person('Ada', 'talent', 'yyn'),
  person('Bo', 'talent', 'ymy'),
  person('Cy', 'senior', 'nyy'),
  person('Di', 'senior', 'nym'),
];

test('most people can come on Tuesday; with only a maybe from Bo it is still most people', async () => {
  const answer = await planDates({ people: [ada, bo, cy, di], dates }, { seed: 1 });
  expect(answer.dates).toEqual([
    { id: 'tue', people: ['ada', 'cy', 'di', 'bo'], maybe: ['bo'], talents: 2, seniors: 2 },
  ]);
  expect(answer.reason).toBe(
    'Tuesday gives 4 people a place, 2 seniors among them, 3 after a yes; 4 were asked. No other choice of one date does better.',
  );
  expect(answer.tallies.map(({ yes, maybe }) => [yes, maybe])).toEqual([
    [2, 0],
    [3, 1],
    [2, 1],
  ]);
});

test('when Ada is needed and two seniors must come, the date most people can come on is passed over', async () => {
  const people = [
    person('Ada', 'talent', 'nyn', 'always'),
    person('Bo', 'talent', 'yny'),
    person('Ed', 'talent', 'yny'),
    person('Flo', 'talent', 'ynn'),
    cy,
    di,
  ];
  const answer = await planDates({ people, dates, quorum: { senior: 2 } }, { seed: 1 });
  expect(answer.dates.map(({ id }) => id)).toEqual(['tue']);
  expect(answer.reason).toContain(
    'The date most people can come on, Wednesday, cannot be held. Ada is needed and cannot come on Wednesday.',
  );
  expect(answer.tallies[0]!.missing).toEqual([
    'Ada is needed and cannot come on Monday.',
    'Monday needs 2 seniors, but 0 can come.',
  ]);
});

test('where seniors count first, a date with more of them is taken before one with more people', async () => {
  const people = [
    person('Ada', 'talent', 'ynn'),
    person('Bo', 'talent', 'ynn'),
    person('Cy', 'senior', 'nyn'),
  ];
  const [everyone, seniors] = await Promise.all([
    planDates({ people, dates }, { seed: 1 }),
    planDates({ people, dates, first: 'seniors' }, { seed: 1 }),
  ]);
  expect([everyone.dates[0]!.id, seniors.dates[0]!.id]).toEqual(['mon', 'tue']);
});

test('hours that a team shares: the date most of the team can come on goes before the one most people can', async () => {
  const people = [
    person('Ada', 'talent', 'ynn'),
    person('Bo', 'talent', 'myn'),
    person('Cy', 'senior', 'nyy'),
    di,
  ];
  const answer = await planDates({ people, dates, group: ['ada', 'bo'] }, { seed: 1 });
  expect(answer.dates.map(({ id }) => id)).toEqual(['mon']);
  expect(answer.goals.slice(0, 2)).toEqual([
    { name: 'group', value: 2, bound: 2 },
    { name: 'groupYes', value: 1, bound: 1 },
  ]);
  expect(answer.tallies.map(({ group }) => group)).toEqual([2, 1, 0]);
  expect(answer.reason).toContain('2 of the group of 2, 1 of them after a yes');
});

test('two dates: everybody has one place, and who reports is at both', async () => {
  const people = [person('Rae', 'talent', 'yyy', 'always'), ada, bo, cy, di];
  const answer = await planDates({ people, dates, choose: 2, quorum: { senior: 1 }, most: 3 }, { seed: 1 });
  const found = check({ people, dates, choose: 2, quorum: { senior: 1 }, most: 3 }, givenBy(answer));
  expect([found.broken, answer.attendees, answer.yes]).toEqual([[], 5, 5]);
  expect(answer.reasons).toMatchObject({ rae: 'Rae is needed at every date.' });
});

test('the reason says what the dates most people can come on would give, and nothing where they are chosen', async () => {
  // Everybody who can come on Monday can come on Tuesday too, so that the two together are no better than one.
  const people = ['Ada', 'Bo', 'Cy'].map((name) => person(name, 'talent', 'yyn'));
  const others = ['Di', 'Ed'].map((name) => person(name, 'talent', 'nny'));
  const { reason } = await planDates({ people: [...people, ...others], dates, choose: 2 }, { seed: 1 });
  expect(reason).toMatch(
    /^(Mon|Tues)day and Wednesday give 5 people a place, 0 seniors among them, 5 after a yes; 5 were asked\./,
  );
  expect(reason).toContain(
    'The dates most people can come on, Monday and Tuesday, would give 3 people a place, 0 seniors among them, 3 after a yes.',
  );
  const equal = await planDates({ people: others, dates: [...dates, { id: 'thu' }], choose: 1 }, { seed: 1 });
  expect(equal.reason).not.toContain('most people can come on');
});

test('Bo, for whom a date is full or not chosen, hears so', async () => {
  const people = [
    person('Ada', 'talent', 'ynn', 'once'),
    person('Bo', 'talent', 'mnn'),
    person('Cy', 'senior', 'nny'),
    person('Di', 'senior', 'nnn'),
  ];
  const { reasons } = await planDates({ people, dates, most: 1 }, { seed: 1 });
  expect(reasons).toEqual({
    ada: 'Ada has a place on Monday, after a yes.',
    bo: 'Bo could come on Monday, full with 1.',
    cy: 'Cy can come on Wednesday, which was not chosen.',
    di: 'Di can come on none of the dates.',
  });
});

test.each<[string, DatesWishes, string[]]>([
  ['nothing', { people: [], dates: [] }, ['There is nobody to ask.', 'There is no date.']],
  ['too many dates', { people: [ada], dates, choose: 4 }, ['4 dates are to be chosen, but there are 3.']],
  ['no dates chosen', { people: [ada], dates, choose: 0 }, ['Choose one date or more.']],
  [
    'ids',
    { people: [ada, ada], dates: [dates[0]!, dates[0]!] },
    [
      'Two people have the id ada.',
      'Two dates have the id mon.',
      'ada answers about tue, which is not among the dates.',
      'ada answers about wed, which is not among the dates.',
      'ada answers about tue, which is not among the dates.',
      'ada answers about wed, which is not among the dates.',
    ],
  ],
  [
    'numbers',
    { people: [ada], dates, quorum: { senior: -1 } },
    ['All dates: write whole numbers for quorum, least and most.'],
  ],
  [
    'sizes',
    { people: [{ ...ada, answers: { mon: 'yes' } }], dates: [{ ...dates[0]!, least: 3, most: 2 }] },
    ['1 of 1 dates are to be held, but only 0 can be.', 'Monday needs at least 3 and has room for 2.'],
  ],
  [
    'quorum',
    { people: [ada, bo, cy], dates, choose: 2, quorum: { senior: 1, talent: 2 } },
    [
      '2 of 3 dates are to be held, but only 1 can be.',
      'Monday needs 1 senior, but 0 can come.',
      'Wednesday needs 2 talents, but 1 can come.',
    ],
  ],
  [
    'one who is needed once',
    {
      people: [person('Ada', 'talent', 'ynn', 'once'), person('Bo', 'talent', 'nyy'), cy, di],
      dates,
      choose: 2,
      quorum: { senior: 1 },
    },
    ['Ada is needed once, but can come on no date that can be held.'],
  ],
])('faults of %s', async (_, wishes, faults) => {
  expect(faultsOf(wishes)).toEqual(faults);
  await expect(planDates(wishes, { seed: 1 })).rejects.toThrow(new RangeError(faults.join('\n')));
});

test('a date that can never be held is not chosen, and does not refuse the others', async () => {
  const everybody = { m: 'yes', t: 'yes' } as const;
  const people = ['a', 'b'].map((id) => ({ id, name: id, side: 'talent' as const, answers: everybody }));
  const wishes = { people, dates: [{ id: 'm' }, { id: 't', most: 1 }], least: 2 };
  const answer = await planDates(wishes, { seed: 1 });
  expect(answer.dates.map(({ id }) => id)).toEqual(['m']);
  expect(faultsOf({ ...wishes, people: people.slice(0, 1) })).toEqual([
    '1 of 2 dates are to be held, but only 0 can be.',
    'm needs 2 people, but 1 can come.',
    't needs at least 2 and has room for 1.',
  ]);
});

test('wishes that only contradict each other all together are named', async () => {
  const people = [person('Cy', 'senior', 'yyy'), person('Ada', 'talent', 'yyy')];
  expect(faultsOf({ people, dates, choose: 2, quorum: { senior: 1 } })).toEqual([]);
  await expect(planDates({ people, dates, choose: 2, quorum: { senior: 1 } }, { seed: 1 })).rejects.toThrow(
    new RangeError('These wishes cannot all be kept: 2 dates are to be chosen; every date needs 1 senior.'),
  );
});

const forty = event({ people: 40, dates: 20, choose: 3, quorum: 3, yes: 20, maybe: 12 }, 1);

test('the same seed gives the same dates and places', async () => {
  const [one, other] = [await planDates(forty, { seed: 4 }), await planDates(forty, { seed: 4 })];
  expect(one).toEqual(other);
});

test('between dates that are as good as each other the seed draws', async () => {
  const people = [person('Ada', 'talent', 'yyy')];
  const chosen = new Set<string>();
  for (let seed = 1; seed <= 20; seed += 1)
    chosen.add((await planDates({ people, dates }, { seed })).dates[0]!.id);
  expect([...chosen].toSorted()).toEqual(['mon', 'tue', 'wed']);
});

test('progress comes in sentences, the value never below what is possible', async () => {
  const heard: [number, number, string][] = [];
  await planDates(forty, {
    seed: 1,
    onProgress: (...[best, bound, told]) => void heard.push([best, bound, told]),
  });
  expect(heard.length).toBeGreaterThan(2);
  expect(heard.filter(([best, bound]) => best < bound)).toEqual([]);
  expect(heard.filter(([, , sentence]) => !/^\d+ of 40 people have a place.*\.$/.test(sentence))).toEqual([]);
});

test('stopped at once it gives a choice that keeps every wish, with the gap that is open', async () => {
  const wishes = event({ people: 60, dates: 30, choose: 4, quorum: 3, yes: 10, maybe: 6 }, 1);
  const whole = await planDates(wishes, { seed: 1 });
  expect([whole.provenOptimal, whole.gap]).toEqual([true, 0]);
  for (const effort of [
    { seed: 1, signal: { aborted: true } },
    { seed: 1, isOver: () => true },
    { seed: 1, iterations: 0 },
  ]) {
    const answer = await planDates(wishes, effort);
    expect([check(wishes, givenBy(answer)).broken, bookFaults(wishes, answer)]).toEqual([[], []]);
    expect([answer.provenOptimal, answer.gap > 0]).toEqual([false, true]);
    expect(answer.attendees).toBeLessThanOrEqual(whole.attendees);
    expect(answer.goals[0]!.bound).toBeGreaterThanOrEqual(whole.attendees);
    expect(answer.reason).toContain('Another choice might give more than');
  }
});
