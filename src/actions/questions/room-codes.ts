import type { Context } from '../../context.ts';
import { codeIn, codeLength, codeSigns, wrongCodes } from '../../domain/questions/room.ts';
import * as room from '../../store/questions/room.ts';
import { type Asker, countIn, refuseIn } from '../sign-in/limits.ts';
import { derived } from '../sign-in/secrets.ts';

/** The code people scan or type to ask at an event: six signs that only this deployment can work out. */
export function codeOf(ctx: Pick<Context, 'secret'>, eventId: number): string {
  const bytes = derived(ctx, `event-code:${eventId}`, codeLength);
  return [...bytes].map((byte) => codeSigns[byte % codeSigns.length]).join('');
}

/** An event of the past this long ago still says that its code has ended; days. */
const daysToSayEnded = 3;

/**
 * Finds the event of a code as somebody typed it, null where it is none of ours. Wrong ones are counted by network, and
 * once there were too many no code is looked up. Throws a Refusal ('too-many').
 */
export async function findByCode(
  ctx: Context,
  typed: string,
  asker: Pick<Asker, 'address' | 'isShared'>,
): Promise<number | null> {
  const limit = asker.isShared ? wrongCodes.perSharedAddress : wrongCodes.perNetwork;
  await refuseIn(ctx, limit, 'room-code', asker.address);
  const code = codeIn(typed);
  const since = ctx.now().subtract({ hours: 24 * daysToSayEnded });
  const ids = code === null ? [] : await room.eventsSince(ctx.db, since.toString().slice(0, 16));
  const found = ids.find((id) => codeOf(ctx, id) === code) ?? null;
  if (found === null) await countIn(ctx, limit, 'room-code', asker.address);
  return found;
}
