import type { Context } from '../../context.ts';
import { Refusal } from '../../refusal.ts';
import * as demoPeople from '../../store/demo/people.ts';
import { note } from '../audit/note.ts';
import { personalToken } from '../sign-in/personal-links.ts';
import { openSession } from '../sign-in/sign-ins.ts';

/** Signs in as one of the invented people of the demo programme; nobody else can be chosen. Returns the session. */
export async function enterDemoAs(
  ctx: Context,
  role: demoPeople.DemoRole,
  former: string | undefined,
): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const person = await demoPeople.find(tx, role);
    if (!ctx.demo || !person)
      throw new Refusal('not-found', 'There is nobody in the demo programme to look around as.');
    await note(ctx, tx, { by: person.id, act: 'looked-around' });
    return openSession(ctx, tx, person.id, former);
  });
}

/** The local path of an invited guest's own page, as it stands in their letter. */
export async function demoGuestPath(ctx: Context): Promise<string> {
  const guest = ctx.demo ? await demoPeople.findGuest(ctx.db) : null;
  if (!guest)
    throw new Refusal(
      'not-found',
      'Every guest of the demo programme has answered. Look around as someone else.',
    );
  return `/i/${personalToken(ctx, guest.eventId, guest.personId)}`;
}
