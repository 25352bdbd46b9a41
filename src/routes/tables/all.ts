import type { Pages } from '../../web/visit.ts';
import { tableDayRoutes } from './day.ts';
import { tableLinkRoutes } from './links.ts';
import { tableListRoutes } from './list.ts';
import { tablePlanRoutes } from './plan.ts';
import { tablePrintRoutes } from './print.ts';
import { seatRoutes } from './seat.ts';
import { tableWishRoutes } from './wishes.ts';

/** Registers all pages of tables: the plan, the day, wishes, lists, print, and a guest's own. */
export function tableRoutes(at: Pages): void {
  tablePlanRoutes(at);
  tableDayRoutes(at);
  tableWishRoutes(at);
  tableLinkRoutes(at);
  tableListRoutes(at);
  tablePrintRoutes(at);
  seatRoutes(at);
}
