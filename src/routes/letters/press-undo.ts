import { undoSeconds } from '../../domain/letters/timing.ts';
import type { Visit } from '../../web/visit.ts';

/** Returns the offer to take back what a press wrote, for ten seconds; its name ends with its moment. */
export function pressUndo(
  { ctx, words }: Visit,
  { press, sent }: { press?: string | undefined; sent?: number | undefined },
): { press: string; text: string } | null {
  if (!press || !sent) return null;
  if (ctx.now().epochMilliseconds - Number(press.split(':').at(-1)) >= undoSeconds * 1000) return null;
  return {
    press,
    text: words.tn(sent, 'One e-mail goes out in ten seconds.', '{n} e-mails go out in ten seconds.'),
  };
}
