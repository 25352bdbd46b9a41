import { expect, test } from 'vitest';
import * as interests from '../../../src/store/trends/interests.ts';
import { proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

test('organisers see which sides and departments want what, and no name; nobody else does', async () => {
  const [heat, agents] = [await proposeTrend(world, 'Heat'), await proposeTrend(world, 'Agents')];
  const finance = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      world.addPerson({ name: `Finn ${n}`, department: 'Finance', side: n < 2 ? 'talent' : 'senior' }),
    ),
  );
  const loner = await world.addPerson({ name: 'Lone Ranger', department: 'Board' });
  for (const person of finance.slice(0, 4))
    await interests.add(world.db, agents.id, person.id, 'want-to-know');
  await interests.add(world.db, agents.id, loner.id, 'want-to-know');
  await interests.add(world.db, heat.id, finance[0]!.id, 'can-tell');
  const shown = await world.get('/trends/coverage', { as: world.organiser });
  const html = page(shown);
  const rows = html('tbody tr')
    .map((_, row) => html(row).text().replace(/\s+/g, ' ').trim())
    .get();
  expect(rows[0]).toContain('Agents');
  expect(rows[0]).toContain('Seniors3');
  expect(rows[0]).toContain('Talents2');
  expect(rows[0]).toContain('Finance: 4');
  expect(rows[0]).not.toContain('Board');
  expect(rows[1]).toContain('Nobody yet in Finance');
  expect(shown.body).not.toMatch(/Lone Ranger|Finn \d/);
  const csv = await world.get('/trends/coverage.csv', { as: world.organiser });
  expect(csv.body.split('\r\n')[1]).toBe('Agents,3,2,0,Finance: 4,0');
  for (const path of ['/trends/coverage', '/trends/coverage.csv'])
    expect((await world.get(path, { as: loner })).statusCode).toBe(404);
});
