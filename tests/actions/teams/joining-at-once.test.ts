// Places in open teams, pressed at the same moment on a real PostgreSQL with many connections.
import { expect, test } from 'vitest';
import { joinTeam, leaveTeam, undoLeaving } from '../../../src/actions/teams/joining.ts';
import { placeInTeam } from '../../../src/actions/teams/late-places.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { teamMembers, teamPresses } from '../../../src/store/schema/index.ts';
import * as teams from '../../../src/store/teams/teams.ts';
import { needs } from '../../support/needs.ts';
import { proposeTrend } from '../../support/trends.ts';
import { useWorld } from '../../support/world.ts';

needs('postgresql')('many who press at once', () => {
  const world = useWorld({ home: 'server' });
  const talents = async (n: number) => {
    const people: Person[] = [];
    for (let i = 0; i < n; i++) people.push(await world.addPerson({ side: 'talent' }));
    return people;
  };
  const openTeam = async (name: string, members: Person[], most: number) => {
    const trend = await proposeTrend(world, `Trend of ${name}`, { state: 'shortlisted' });
    return world.db.transaction(async (tx) => {
      const values = { name, trendId: trend.id, isOpen: true, least: 2, most, createdAt: world.clock.now };
      const team = (await teams.add(tx, values))!;
      await teams.setMembers(
        tx,
        team.id,
        members.map(({ id }) => id),
      );
      return team;
    });
  };
  const membersOf = async (id: number) => (await teams.find(world.db, id))!.members.map((one) => one.id);
  const outcomes = (all: PromiseSettledResult<unknown>[]) =>
    all.map((one) => (one.status === 'fulfilled' ? 'in' : (one.reason as Error).message)).toSorted();

  test('the last place of a team goes to one of twenty, and each of the others reads why', async () => {
    const [first, ...many] = await talents(21);
    const team = await openTeam('Team 1', [first!], 2);
    const pressed = await Promise.allSettled(many.map(({ id }) => joinTeam(world.ctx, id, team.id)));
    expect(await membersOf(team.id)).toHaveLength(2);
    const sentence = 'The last place was taken a moment ago. Choose another team.';
    expect(outcomes(pressed)).toEqual([...Array.from({ length: 19 }, () => sentence), 'in']);
  });

  test('one person who joins five teams at once is in one', async () => {
    const [noor] = await talents(1);
    const five = [];
    for (let n = 1; n <= 5; n++) five.push(await openTeam(`Team ${n}`, [], 3));
    const pressed = await Promise.allSettled(five.map(({ id }) => joinTeam(world.ctx, noor!.id, id)));
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.db.select().from(teamMembers)).toHaveLength(1);
  });

  test('an organiser places somebody while others join: the team never has more than its most', async () => {
    const [first, placed, ...many] = await talents(8);
    const team = await openTeam('Team 1', [first!], 3);
    await Promise.allSettled([
      placeInTeam(world.ctx, world.organiser.id, team.id, { personId: placed!.id }),
      ...many.map(({ id }) => joinTeam(world.ctx, id, team.id)),
    ]);
    expect(await membersOf(team.id)).toHaveLength(3);
  });

  test('who leaves and comes back at once is in the team or has left it, and their place is not given twice', async () => {
    for (let round = 0; round < 5; round++) {
      const [noor, other] = await talents(2);
      const team = await openTeam(`Team ${round}`, [noor!], 1);
      await leaveTeam(world.ctx, noor!.id, team.id);
      const presses = await world.db.select().from(teamPresses);
      const press = presses.find(({ personId }) => personId === noor!.id)!.press;
      const pressed = await Promise.allSettled([
        undoLeaving(world.ctx, noor!.id, press),
        joinTeam(world.ctx, other!.id, team.id),
      ]);
      expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await membersOf(team.id)).toHaveLength(1);
    }
  });
});
