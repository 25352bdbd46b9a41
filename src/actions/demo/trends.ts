import { demoProgramme } from '../../domain/demo/events.ts';
import { demoSeniors, demoTalents, moreDemoTalents } from '../../domain/demo/people.ts';
import { pickEvenly } from '../../domain/demo/spread.ts';
import {
  autumnTeams,
  type DemoTrend,
  demoTrends,
  mergedTrend,
  openTeam,
  winterTeams,
} from '../../domain/demo/trends.ts';
import type { InterestKind } from '../../domain/trends/trend.ts';
import * as content from '../../store/demo/content.ts';
import * as meetings from '../../store/teams/meetings.ts';
import * as trends from '../../store/trends/trends.ts';
import { type DemoProgress, daysBefore, idByName } from './filling.ts';

type ForTrends = Pick<DemoProgress, 'tx' | 'now' | 'people'>;

/** Makes the trends, and who wants to know or can tell about each. */
export async function fillTrends(filling: ForTrends): Promise<Map<string, number>> {
  const { tx, now, people } = filling;
  const ids = await content.addTrends(
    tx,
    demoTrends.map((trend) => ({
      sentence: trend.sentence,
      detail: trend.detail,
      links: [...trend.links],
      state: trend.state,
      parkedReason: trend.parkedReason ?? '',
      proposerId: idByName(people, trend.proposer),
      createdAt: daysBefore(now, trend.daysAgo),
      updatedAt: daysBefore(now, trend.daysAgo),
    })),
  );
  const mergedIntoId = idByName(ids, mergedTrend.mergedInto ?? '');
  await trends.change(tx, idByName(ids, mergedTrend.sentence), { mergedIntoId });
  await content.addInterests(
    tx,
    demoTrends.flatMap((trend, turn) =>
      interestsIn(trend, turn).map(([name, kind]) => ({
        trendId: idByName(ids, trend.sentence),
        personId: idByName(people, name),
        kind,
      })),
    ),
  );
  return ids;
}

const seniors = demoSeniors.map(({ name }) => name);
// Amina's interests are named one by one, since the tour looks around as her.
const talents = [...demoTalents, ...moreDemoTalents]
  .map(({ name }) => name)
  .filter((name) => name !== 'Amina Yusuf');

function interestsIn(trend: DemoTrend, turn: number): [string, InterestKind][] {
  const tellers = trend.canTell;
  const wanting = [
    ...trend.wantToo,
    ...pickEvenly(seniors, trend.want.seniors, turn, tellers),
    ...pickEvenly(talents, trend.want.talents, turn, tellers),
  ];
  return [
    ...wanting.map((name): [string, InterestKind] => [name, 'want-to-know']),
    ...tellers.map((name): [string, InterestKind] => [name, 'can-tell']),
  ];
}

/** Makes the research teams of both rounds. */
export async function fillTeams(
  filling: ForTrends & Pick<DemoProgress, 'trends'>,
): Promise<Map<string, number>> {
  const { tx, now, people } = filling;
  const rows = (teams: typeof winterTeams, daysAgo: number) =>
    teams.map(({ name, trend, isOpen = false }) => ({
      name,
      isOpen,
      trendId: idByName(filling.trends, trend),
      createdAt: daysBefore(now, daysAgo),
    }));
  const ids = await content.addTeams(tx, [
    ...rows(winterTeams, 27),
    ...rows([openTeam], 6),
    ...rows(autumnTeams, 80),
  ]);
  const members = [...winterTeams, openTeam, ...autumnTeams].flatMap((team) =>
    team.members.map((name) => ({ teamId: idByName(ids, team.name), personId: idByName(people, name) })),
  );
  await content.addMembers(tx, members);
  await stateHours(filling, idByName(ids, winterTeams[0]!.name));
  return ids;
}

/** Hours at which the first team can meet, by member: all of them on Tuesdays and Thursdays before noon. */
const hoursOfTeam = [
  [33, 34, 35, 58, 82, 83],
  [33, 34, 57, 58, 81, 82, 83],
  [10, 33, 34, 82, 83, 106],
];

async function stateHours({ tx, now, people }: ForTrends, teamId: number): Promise<void> {
  const { timeZone } = demoProgramme;
  for (const [at, name] of winterTeams[0]!.members.entries()) {
    const own = { personId: idByName(people, name), timeZone, hours: hoursOfTeam[at]! };
    await meetings.saveHours(tx, teamId, own, daysBefore(now, 3));
  }
}
