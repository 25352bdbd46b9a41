import type { Pages } from '../../../web/visit.ts';
import { joiningRoutes } from './joining.ts';
import { lateRoutes } from './late.ts';
import { meetingRoutes } from './meetings.ts';
import { offeredPlaceRoutes } from './offered-place.ts';

/** Registers who comes into a team and leaves it after it was formed, and its meetings. */
export function teamLifeRoutes(at: Pages): void {
  joiningRoutes(at);
  lateRoutes(at);
  offeredPlaceRoutes(at);
  meetingRoutes(at);
}
