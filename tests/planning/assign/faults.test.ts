// Wishes that cannot be kept are named, one sentence each, before or while they are assigned.
import { expect, test } from 'vitest';
import { assignTrends } from '../../../src/planning/assign/assign-trends.ts';
import { faultsOf } from '../../../src/planning/assign/faults.ts';
import type { Agent, AssignWishes } from '../../../src/planning/assign/wishes.ts';

const film = { id: 'film', name: 'Film', most: 1 };
const code = { id: 'code', name: 'Code', most: 2 };
const agent = (name: string, ranks: string[], more: Partial<Agent> = {}): Agent => ({
  id: name.toLowerCase(),
  name,
  ranks: ranks.map((id) => [id]),
  ...more,
});
const [ada, bo] = [agent('Ada', ['film', 'code']), agent('Bo', ['code'])];

test.each<[string, AssignWishes, string[]]>([
  ['nothing', { agents: [], trends: [] }, ['There is nobody to give a trend to.', 'There is no trend.']],
  [
    'the same twice',
    { agents: [ada, ada], trends: [film, code, code] },
    ['Two agents have the id ada.', 'Two trends have the id code.'],
  ],
  ['a rank twice', { agents: [agent('Ada', ['film', 'film'])], trends: [film] }, ['ada ranks film twice.']],
  [
    'unknown ids',
    {
      agents: [agent('Ada', ['music'], { lock: 'dance' })],
      trends: [film],
      apart: [['ada', 'zed']],
      together: [['yan', 'ada']],
    },
    [
      'ada ranks music, which is not among the trends.',
      'ada is locked to dance, which is not among the trends.',
      'apart names zed, who is not among the agents.',
      'together names yan, who is not among the agents.',
    ],
  ],
  [
    'numbers',
    {
      agents: [ada, bo],
      trends: [
        { ...film, least: 2 },
        { ...code, most: 1.5 },
      ],
    },
    ['Film is to have at least 2 and takes at most 1.', 'Code takes 0 to 1.5: write whole numbers.'],
  ],
  [
    'locks',
    {
      agents: [
        { ...ada, lock: 'film' },
        { ...bo, lock: 'film' },
      ],
      trends: [film, code],
      apart: [['bo', 'ada']],
    },
    [
      '2 are locked to Film, which takes 1: Ada, Bo.',
      'Bo and Ada are to be apart, but are both locked to Film.',
    ],
  ],
  [
    'pairs',
    {
      agents: [
        { ...ada, lock: 'film' },
        { ...bo, lock: 'code' },
      ],
      trends: [film, code],
      apart: [
        ['ada', 'bo'],
        ['bo', 'bo'],
      ],
      together: [['bo', 'ada']],
    },
    [
      'Bo and Ada are to be apart and together.',
      'Bo and Ada are to be together, but are locked to Code and Film.',
      'Bo cannot be apart from themselves.',
    ],
  ],
  ['nothing at all', { agents: [ada, bo], trends: [film, code] }, []],
])('faults of %s', async (_, wishes, faults) => {
  expect(faultsOf(wishes)).toEqual(faults);
  if (faults.length > 0)
    await expect(assignTrends(wishes, 'fairest', { seed: 1 })).rejects.toThrow(
      new RangeError(faults.join('\n')),
    );
});

test('wishes that only contradict each other all together are named, and no others', async () => {
  const ask = (wishes: AssignWishes) => assignTrends(wishes, 'fairest', { seed: 1 });
  const agents = [ada, { ...bo, lock: 'code' }, agent('Cy', ['film', 'code'])];
  const trends = [
    { ...film, most: 3 },
    { ...code, most: 3, least: 2 },
  ];
  await expect(ask({ agents, trends, apart: [['ada', 'bo']], together: [['ada', 'cy']] })).rejects.toThrow(
    new RangeError(
      'These wishes cannot all be kept: Bo is locked to Code; Code is to have at least 2 (3 can be there); Ada and Cy are to be together; Ada and Bo are to be apart.',
    ),
  );
  await expect(ask({ agents: [ada], trends: [film, { ...code, least: 2 }] })).rejects.toThrow(
    new RangeError('This wish cannot be kept: Code is to have at least 2 (1 can be there).'),
  );
  await expect(
    ask({ agents: [ada, bo], trends: [{ ...film, least: 1, skills: ['films'] }, code] }),
  ).rejects.toThrow(
    new RangeError('This wish cannot be kept: Film is to have someone with films (0 can be there).'),
  );
});
