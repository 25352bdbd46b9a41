// Trends to test with.
import * as trends from '../../src/store/trends.ts';
import type { World } from './world.ts';

/** A trend, proposed by nobody in particular unless told. */
export async function proposeTrend(
  world: World,
  sentence: string,
  values: Partial<trends.NewTrend> = {},
): Promise<trends.Trend> {
  const now = world.clock.now;
  const trend = await trends.add(world.db, { sentence, state: 'proposed', createdAt: now, updatedAt: now, ...values });
  return trend!;
}
