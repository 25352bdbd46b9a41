import type { Pages } from '../../web/visit.ts';
import { pairAskedRoutes } from './asked.ts';
import { chemistryRoutes } from './chemistry.ts';
import { pairMeetingRoutes } from './meetings.ts';
import { pairRoutes } from './organise.ts';
import { partnerRoutes } from './partner.ts';
import { pairPlanRoutes } from './plan.ts';
import { pairSwapRoutes } from './swap.ts';
import { pairWishRoutes } from './wish.ts';

/** Registers everything about one-to-one pairs. */
export function pairsRoutes(at: Pages): void {
  pairRoutes(at);
  pairPlanRoutes(at);
  pairAskedRoutes(at);
  pairSwapRoutes(at);
  pairWishRoutes(at);
  partnerRoutes(at);
  pairMeetingRoutes(at);
  chemistryRoutes(at);
}
