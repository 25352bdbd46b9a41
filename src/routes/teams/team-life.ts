import type { Pages } from '../../web/visit.ts';
import { joiningRoutes } from './joining.ts';
import { lateRoutes } from './late.ts';
import { offeredPlaceRoutes } from './offered-place.ts';

/** Registers who comes into a team and leaves it after it was formed. */
export function teamLifeRoutes(at: Pages): void {
  joiningRoutes(at);
  lateRoutes(at);
  offeredPlaceRoutes(at);
}
