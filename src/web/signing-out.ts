// Data a browser forgets when its user signs out.
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** Sent by the script that has asked, or forgotten, already. */
export const signOutForm = z.object({ keep: z.enum(['yes', 'no']).optional().catch(undefined) });

/** Has the browser clear what it keeps for asking without a name, where the page's script had no part in signing out. */
export function forgetOnBrowser(reply: FastifyReply, { keep }: z.output<typeof signOutForm>): void {
  if (keep === undefined) reply.header('clear-site-data', '"storage"');
}
