import { describe, expect, test } from 'vitest';
import { concerned, type DraftRow, targetTeams } from '../../../src/domain/teams/draft.ts';
import { type Place, publicReason, type Why, whysOf } from '../../../src/domain/teams/reasons.ts';
import {
  differences,
  differentRules,
  namedIn,
  type PersonToPlace,
  priced,
  type RunQuestion,
  summarised,
  withNames,
  worthOf,
} from '../../../src/domain/teams/runs.ts';

const person = (id: number, tiers: number[][], more: Partial<PersonToPlace> = {}): PersonToPlace => ({
  id,
  teamId: null,
  tiers,
  hasRanked: tiers.length > 0,
  department: '',
  lock: null,
  ...more,
});

const asked = (people: PersonToPlace[], more: Partial<RunQuestion> = {}): RunQuestion => ({
  people,
  trends: [
    { id: 10, least: 1, most: 1 },
    { id: 20, least: 1, most: 2 },
    { id: 30, least: 3, most: 3 },
  ],
  apart: [],
  likes: [],
  mixesDepartments: false,
  seed: 1,
  rule: 'fairest',
  ...more,
});

describe('why somebody has no higher choice', () => {
  test('is said only of lower choices, and names the obstacle that can be seen', () => {
    const people = [person(1, [[10]]), person(2, [[10], [20]]), person(3, [[30], [20]])];
    const whys = whysOf(asked(people), [
      [1, 10],
      [2, 20],
      [3, 20],
    ]);
    expect(whys.has(1)).toBe(false);
    expect(whys.get(2)).toEqual([
      { kind: 'full', trendId: 10, holders: [{ choice: 0, kept: false, n: 1, ids: [1] }], isEven: false },
    ]);
    expect(whys.get(3)).toEqual([{ kind: 'few', trendId: 30, least: 3, wanted: 1 }]);
  });

  test('tells a draw between equals from a rule, and a place that is kept', () => {
    const even = [person(1, [[10], [20]]), person(2, [[10], [20]])];
    const [why] = whysOf(asked(even), [
      [1, 10],
      [2, 20],
    ]).get(2)!;
    expect(why).toMatchObject({ kind: 'full', isEven: true });
    const kept = [person(1, [[10], [20]], { lock: 10 }), person(2, [[10], [20]])];
    const [other] = whysOf(asked(kept), [
      [1, 10],
      [2, 20],
    ]).get(2)!;
    expect(other).toMatchObject({ kind: 'full', isEven: false, holders: [{ kept: true, choice: null }] });
  });

  test('knows who is apart, a team too large for the room, and a team that would be left too small', () => {
    const apart = [person(1, [[20]]), person(2, [[20], [10]])];
    expect(
      whysOf(asked(apart, { apart: [[1, 2]] }), [
        [1, 20],
        [2, 10],
      ]).get(2),
    ).toEqual([{ kind: 'apart', trendId: 20, otherId: 1 }]);
    const team = [person(1, [[20]]), person(2, [[20]], { teamId: 7 }), person(3, [[20]], { teamId: 7 })];
    expect(whysOf(asked(team), [[1, 20]]).get(2)).toEqual([{ kind: 'company', trendId: 20, free: 1 }]);
    const needed = [person(1, [[20], [40]]), person(2, [[40]]), person(3, [[20]])];
    const trends = [
      { id: 20, least: 1, most: 3 },
      { id: 40, least: 2, most: 3 },
    ];
    expect(
      whysOf(asked(needed, { trends }), [
        [1, 40],
        [2, 40],
        [3, 20],
      ]).get(1),
    ).toEqual([{ kind: 'needed', trendId: 20, least: 2 }]);
    const free = [person(1, [[20], [10]])];
    expect(whysOf(asked(free), [[1, 10]]).get(1)).toEqual([{ kind: 'rule', trendId: 20 }]);
  });
});

describe('the reason that the person reads', () => {
  const place = (more: Partial<Place> = {}): Place => ({
    trendId: 20,
    choice: 1,
    hasRanked: true,
    isByHand: false,
    ...more,
  });
  const full: Why = {
    kind: 'full',
    trendId: 10,
    isEven: false,
    holders: [{ choice: 0, kept: false, n: 4, ids: [5] }],
  };

  test('counts people and names none', () => {
    expect(publicReason(place(), [full], [10])).toEqual({ kind: 'full', n: 4, by: 'rule' });
    expect(publicReason(place(), [{ ...full, isEven: true }], [10])).toMatchObject({ by: 'even' });
    const kept = [{ choice: null, kept: true, n: 1, ids: [5] }];
    expect(publicReason(place(), [{ ...full, holders: kept }], [10])).toEqual({
      kind: 'full',
      n: 1,
      by: 'settled',
    });
    expect(publicReason(place(), [{ kind: 'few', trendId: 10, least: 2, wanted: 1 }], [10])).toEqual({
      kind: 'few',
    });
  });

  test('a wish of somebody else looks like the rule: it cannot be told from any other obstacle', () => {
    const others: Why[] = [
      { kind: 'apart', trendId: 10, otherId: 5 },
      { kind: 'company', trendId: 10, free: 1 },
      { kind: 'needed', trendId: 10, least: 2 },
      { kind: 'rule', trendId: 10 },
    ];
    for (const why of others) expect(publicReason(place(), [why], [10])).toEqual({ kind: 'order' });
    expect(publicReason(place(), [full], [10, 11])).toEqual({ kind: 'order' });
  });

  test('says first choices, places by hand, none ranked, none of the ranked, and none at all', () => {
    expect(publicReason(place({ choice: 0 }), [], [20]).kind).toBe('first');
    expect(publicReason(place({ isByHand: true }), [full], [10]).kind).toBe('by-hand');
    expect(publicReason(place({ choice: null, hasRanked: false }), [], []).kind).toBe('unranked');
    expect(publicReason(place({ choice: null }), [full], [10]).kind).toBe('outside');
    expect(publicReason(place({ trendId: null, choice: null }), [full], [10]).kind).toBe('none');
  });
});

describe('plans beside each other', () => {
  const people = [person(1, [[10], [20]]), person(2, [[10], [20]]), person(3, []), person(4, [[10]])];
  const question = asked(people);
  const one: [number, number][] = [
    [1, 10],
    [2, 20],
    [3, 30],
  ];
  const other: [number, number][] = [
    [1, 20],
    [2, 10],
    [3, 30],
  ];

  test('count choices, those who did not rank theirs, and those without', () => {
    expect(worthOf(question, one)).toEqual({ choices: [1, 1], unranked: 1, without: 1 });
  });

  test('say who would be better and worse served', () => {
    expect(differences(question, one, other)).toEqual({
      better: [{ id: 2, from: 1, to: 0 }],
      worse: [{ id: 1, from: 0, to: 1 }],
    });
  });

  test('where the numbers are the same, one of two rules is shown, and always the chosen one', () => {
    const plans = [
      { rule: 'fairest' as const, places: one, proven: true },
      { rule: 'most-firsts' as const, places: other, proven: true },
    ];
    const rules = summarised(question, plans);
    expect(differentRules(rules, 'most-firsts').map(({ rule }) => rule)).toEqual(['most-firsts']);
    expect(differentRules(rules, 'fairest').map(({ rule }) => rule)).toEqual(['fairest']);
    expect(rules[0]!.against[0]!.better).toEqual({ n: 1, some: [{ id: 2, from: 1, to: 0 }] });
  });

  test('a price leaves out the people it is about', () => {
    const plans = [{ rule: 'fairest' as const, trendId: 10, places: other, proven: true }];
    expect(priced({ ...question, places: one }, plans, [2])).toEqual([
      {
        trendId: 10,
        choice: 0,
        better: { n: 0, some: [] },
        worse: { n: 1, some: [{ id: 1, from: 0, to: 1 }] },
      },
    ]);
  });

  test('names stand in no stored sentence: tokens are filled when it is shown', () => {
    const sentence = '⟦p12⟧ and ⟦p3⟧ are both kept with ⟦t4⟧.';
    expect(namedIn([sentence])).toEqual({ people: [12, 3], trends: [4], skills: [] });
    expect(withNames(sentence, (kind, id) => `${kind}${id}`)).toBe('p12 and p3 are both kept with t4.');
  });
});

describe('publishing', () => {
  const row = (personId: number, trendId: number | null, teamId: number | null = null) => ({
    personId,
    trendId,
    teamId,
  });

  test('concerns those whose trend is not the one they were told', () => {
    const draft = [row(1, 10), row(2, 20), row(3, null), row(4, null)] as DraftRow[];
    const told = [
      { personId: 1, trendId: 10 },
      { personId: 2, trendId: 10 },
      { personId: 4, trendId: null },
    ];
    expect(concerned(draft, told)).toEqual([2, 3]);
  });

  test('a team made by hand stays, others join it or the team of their trend, else a new one is made', () => {
    const rows = [
      row(1, 10, 7),
      row(2, 10, 7),
      row(3, 10),
      row(4, 20),
      row(5, 30),
      row(6, null),
      row(7, 10, 8),
    ];
    expect(targetTeams(rows, [{ id: 9, trendId: 20 }])).toEqual(
      new Map<number, number | null>([
        [1, 7],
        [2, 7],
        [3, 7],
        [4, 9],
        [5, null],
        [7, 8],
      ]),
    );
  });
});
