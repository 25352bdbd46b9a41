import type { Pages } from '../../web/visit.ts';
import { guestPhoneRoutes } from './guest-phone.ts';
import { hostingRoutes } from './hosting.ts';
import { noteListRoutes } from './list.ts';

/** Notes of tables: the phones of hosts and guests in the room, and the list for organisers. */
export function noteRoutes(at: Pages): void {
  hostingRoutes(at);
  guestPhoneRoutes(at);
  noteListRoutes(at);
}
