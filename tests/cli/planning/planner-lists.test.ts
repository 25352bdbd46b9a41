// Lists for trends, dates and pairs: everything these planners can be asked stands in columns, and what a cell says wrongly is said.
import { expect, test } from 'vitest';
import {
  assignFromCsv,
  datesFromCsv,
  datesOfCsv,
  pairsFromCsv,
  trendsFromCsv,
} from '../../../src/cli/planning/planner-lists.ts';
import { schemas } from '../../../src/cli/planning/schemas.ts';
import { InputError } from '../../../src/cli/planning/wrong.ts';

const csv = (...lines: string[]) => Buffer.from(lines.join('\n'));

function sentencesOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.sentences;
    throw error;
  }
  return [];
}

test('people who rank trends, with last season, departments and likes', () => {
  const trends = trendsFromCsv(
    csv(
      'Trend;Name;Least;Most;May close;Optional;Skills',
      'ai;Agents;1;2;yes;;',
      'en;Energy;;3;;yes;film | code',
    ),
  );
  expect(trends).toEqual([
    { id: 'ai', name: 'Agents', least: 1, most: 2, mayClose: true },
    { id: 'en', name: 'Energy', most: 3, optional: true, skills: ['film', 'code'] },
  ]);
  const list = csv(
    'Name;E-mail;Department;Rank 2;Rank 1;Skills;Lock;Last rank;Apart;Together;Likes',
    'Ada;ada@x.example;Sales;en;Agents;film;;none;Bo;;',
    'Bo;;IT;;ai | Energy;;;2;;;Cy',
    'Cy;;IT;;;;en;;;Ada;',
  );
  const { data } = assignFromCsv(list, { trends, mix: 'departments', likes: [['Bo', 'ada@x.example']] });
  expect(data).toEqual({
    trends,
    mix: 'departments',
    agents: [
      {
        id: 'ada@x.example',
        name: 'Ada',
        ranks: [['ai'], ['en']],
        skills: ['film'],
        department: 'Sales',
        lastRank: 'none',
      },
      { id: 'Bo', name: 'Bo', ranks: [['ai', 'en']], department: 'IT', lastRank: 2 },
      { id: 'Cy', name: 'Cy', ranks: [], lock: 'en', department: 'IT' },
    ],
    apart: [['ada@x.example', 'Bo']],
    together: [['Cy', 'ada@x.example']],
    likes: [
      ['Bo', 'ada@x.example'],
      ['Bo', 'Cy'],
    ],
  });
  expect(schemas.assign.safeParse(data).error).toBeUndefined();
});

test('answers to dates in columns, a team, and events with hosts of their own', () => {
  const dates = datesOfCsv(
    csv('Date;Name;Talents;Seniors;Least;Most', 'mon;Monday;1;2;3;20', 'tue;Tuesday;;;;'),
  );
  expect(dates).toEqual([
    { id: 'mon', name: 'Monday', quorum: { talent: 1, senior: 2 }, least: 3, most: 20 },
    { id: 'tue', name: 'Tuesday' },
  ]);
  const list = csv(
    'Name;Side;Monday;tue;Needed;Team',
    'Ada;talent;yes;?;always;yes',
    'Ines;senior;Maybe;;once;',
    'Max;senior;no;x;;yes',
  );
  const events = csv('Event;Name;Needs;Dates', 'e1;Lunch;Ada | Max;tue | Monday', 'e2;Panel;;');
  const { data } = datesFromCsv(list, { dates, once: true }, events);
  expect(data).toEqual({
    dates,
    once: true,
    people: [
      { id: 'Ada', name: 'Ada', side: 'talent', answers: { mon: 'yes', tue: 'maybe' }, needed: 'always' },
      { id: 'Ines', name: 'Ines', side: 'senior', answers: { mon: 'maybe', tue: 'no' }, needed: 'once' },
      { id: 'Max', name: 'Max', side: 'senior', answers: { mon: 'no', tue: 'yes' } },
    ],
    group: ['Ada', 'Max'],
    events: [
      { id: 'e1', name: 'Lunch', needs: ['Ada', 'Max'], dates: ['tue', 'mon'] },
      { id: 'e2', name: 'Panel' },
    ],
  });
  expect(schemas.dates.safeParse(data).error).toBeUndefined();
});

test('without a list of dates each column of answers is one, and others are named', () => {
  const { data, notes } = datesFromCsv(
    csv('Name;Side;Mon 5;Remark;Tue 6', 'Ada;talent;yes;late;no', 'Bo;senior;;;maybe'),
    {},
  );
  expect(data.dates).toEqual([{ id: 'Mon 5' }, { id: 'Tue 6' }]);
  expect(notes).toEqual(['The column Remark was not read: not all of its cells are yes, maybe or no.']);
});

test('topics, likes and trios of pairs', () => {
  const list = csv(
    'Name;Side;Manager;Wants;Offers;Likes;Likes 2;Most;Trio;Apart;Lock',
    'Ines;senior;;ai | energy;;Bo;Cy;2;yes;;Cy',
    'Bo;talent;Ines;;ai;;;;;;',
    'Cy;talent;;;energy | ai;;;1;;Ines;',
  );
  const { data } = pairsFromCsv(list, { trios: false, locks: [['Ines', 'Bo']] });
  expect(data).toEqual({
    trios: false,
    people: [
      {
        id: 'Ines',
        name: 'Ines',
        side: 'senior',
        wants: ['ai', 'energy'],
        likes: [['Bo'], ['Cy']],
        most: 2,
        trio: true,
      },
      { id: 'Bo', name: 'Bo', side: 'talent', manager: 'Ines', offers: ['ai'] },
      { id: 'Cy', name: 'Cy', side: 'talent', offers: ['energy', 'ai'], most: 1 },
    ],
    apart: [['Cy', 'Ines']],
    locks: [
      ['Ines', 'Bo'],
      ['Ines', 'Cy'],
    ],
  });
  expect(schemas.pairs.safeParse(data).error).toBeUndefined();
});

test('what a cell says wrongly is said row by row', () => {
  const trends = [{ id: 'ai', most: 2 }];
  expect(
    sentencesOf(() =>
      assignFromCsv(csv('Name;Rank 1;Last rank;Apart', 'Ada;robots;0;Zoe', 'Bo;ai;often;'), { trends }),
    ),
  ).toEqual([
    'Row 2: there is no trend robots.',
    'Row 2: a rank counts from 1; write none for nothing.',
    'Row 3: “often” is not a whole number from 0.',
    'Row 2: Zoe is not in the list.',
  ]);
  expect(sentencesOf(() => trendsFromCsv(csv('Trend;Most;Optional', 'ai;two;perhaps')))).toEqual([
    'Row 2 of the trends: “two” is not a whole number from 0.',
    'Row 2 of the trends: “perhaps” is neither yes nor no.',
  ]);
  expect(
    sentencesOf(() =>
      datesFromCsv(csv('Name;Side;mon;Needed;Team', 'Ada;talent;later;soon;us'), { dates: [{ id: 'mon' }] }),
    ),
  ).toEqual([
    'Row 2: “later” is neither yes, maybe nor no.',
    'Row 2: “soon” is neither once nor always.',
    'Row 2: “us” is neither yes nor no.',
  ]);
  expect(sentencesOf(() => pairsFromCsv(csv('Name;Side;Most;Lock', 'Ada;talent;-1;Bo'), {}))).toEqual([
    'Row 2: “-1” is not a whole number from 0.',
    'Row 2: Bo is not in the list.',
  ]);
});
