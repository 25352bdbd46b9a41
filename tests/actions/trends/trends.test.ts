// People change trends at the same moment, on a real PostgreSQL server.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import * as teamActions from '../../../src/actions/teams/teams.ts';
import * as actions from '../../../src/actions/trends/trends.ts';
import * as teams from '../../../src/store/teams/teams.ts';
import * as interests from '../../../src/store/trends/interests.ts';
import * as trends from '../../../src/store/trends/trends.ts';
import { needs } from '../../support/needs.ts';
import { eventWith, formTeam, proposeTrend } from '../../support/trends.ts';
import { useWorld } from '../../support/world.ts';

needs('postgresql')('at the same moment', () => {
  const world = useWorld({ home: 'server' });

  test('thirty people press while two trends are merged: everyone who was told "noted" counts once', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => world.addPerson({ side: 'talent' })));
    const [from, into] = [await proposeTrend(world, 'Too hot to load'), await proposeTrend(world, 'Heat')];
    const presses = people.map((person, i) =>
      actions.sayInterest(world.ctx, person.id, i % 3 === 0 ? into.id : from.id, 'want-to-know', true).then(
        () => true,
        (error: Error) => error.message,
      ),
    );
    const merging = actions.merge(world.ctx, from.id, into.id);
    const answers = await Promise.all(presses);
    await merging;
    const noted = answers.filter((answer) => answer === true).length;
    const refused = answers.filter((answer) => answer !== true);
    expect(new Set(refused)).toEqual(
      new Set(
        refused.length
          ? ['This trend is not open for voting any more. What was said before still counts.']
          : [],
      ),
    );
    const tallies = await interests.tallies(world.db, [from.id, into.id]);
    expect([tallies.get(from.id), tallies.get(into.id)]).toEqual([undefined, { want: noted, tell: 0 }]);
  });

  test('organisers merge, give away, park and delete at once: nobody waits for ever, and nothing points at a merged trend', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [a, b] = [await proposeTrend(world, `A ${round}`), await proposeTrend(world, `B ${round}`)];
      const team = await formTeam(world, `Team ${round}`, a.id, []);
      const other = await formTeam(world, `Other ${round}`, b.id, []);
      await eventWith(world, [a.id], { teamIds: [team.id], state: 'draft' });
      const tries = await Promise.allSettled([
        actions.merge(world.ctx, a.id, b.id),
        teamActions.change(world.ctx, team.id, { name: 'Renamed', memberIds: [], trendId: b.id }),
        teamActions.change(world.ctx, other.id, { name: 'Renamed too', memberIds: [], trendId: a.id }),
        actions.park(world.ctx, b.id, 'Later.'),
        teamActions.dissolve(world.ctx, other.id),
        actions.shortlist(world.ctx, a.id),
      ]);
      const kinds = tries.flatMap((each) =>
        each.status === 'rejected' ? [(each.reason as { name: string }).name] : [],
      );
      expect(kinds.filter((name) => name !== 'Refusal')).toEqual([]);
      const merged = await trends.find(world.db, a.id);
      if (merged!.state !== 'merged') continue;
      const pointing = (await teams.withMembers(world.db)).filter((each) => each.trendId === a.id);
      expect(pointing).toEqual([]);
      expect(await world.db.execute(sql`SELECT id FROM topics WHERE trend_id = ${a.id}`)).toHaveLength(0);
    }
  });
});
