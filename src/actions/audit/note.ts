import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type Act, type ActName, acts, auditSince } from '../../domain/audit/acts.ts';
import * as log from '../../store/audit/log.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import { hashSecret } from '../sign-in/secrets.ts';

/** The id of the person who acts; the program itself; or a browser in which nobody is signed in. */
export type Actor = number | 'program' | 'stranger';

export interface Note {
  by: Actor;
  act: ActName;
  /** The person it was done to, or the name of a file or event, or the key of a page or an e-mail; never a secret, never words of a question. */
  about?: { id: number; name: string } | string;
  numbers?: Record<string, number>;
  /** How often it was done; once where nothing is said. */
  times?: number;
}

/**
 * Notes an act in the audit log, in the transaction of the change itself: its day, no time. Call it last, so that its
 * row is locked for a moment only.
 */
export async function note(ctx: Pick<Context, 'now'>, tx: Tx, { by, act, ...more }: Note): Promise<void> {
  const actor = typeof by === 'number' ? await people.find(tx, by) : null;
  const { kind }: Act = acts[act];
  const about = typeof more.about === 'string' ? { id: null, name: more.about } : more.about;
  const numbers = more.numbers ?? {};
  const day = await today(ctx, tx);
  await log.add(tx, {
    key: hashSecret(JSON.stringify([day, act, by, about?.id ?? about?.name, Object.entries(numbers)])),
    day,
    kind,
    act,
    by: typeof by === 'number' ? 'person' : by,
    actorId: actor?.id ?? null,
    actor: actor?.name ?? '',
    subjectId: about?.id ?? null,
    subject: about?.name ?? '',
    numbers,
    times: more.times ?? 1,
  });
}

/** Notes that an organiser downloaded a file; nothing changes with it. */
export async function noteExport(
  ctx: Context,
  organiserId: number,
  act:
    | 'exported-people'
    | 'exported-guests'
    | 'exported-questions'
    | 'exported-audit-log'
    | 'exported-not-ranked'
    | 'exported-draft'
    | 'exported-coverage'
    | 'exported-offers'
    | 'exported-without-team'
    | 'exported-list'
    | 'exported-pairs'
    | 'exported-wishes'
    | 'exported-notes',
  n: number,
  about = '',
): Promise<void> {
  await ctx.db.transaction((tx) => note(ctx, tx, { by: organiserId, act, about, numbers: { n } }));
}

/** Notes that somebody who is no organiser asked for a page of organisers; `area` is a key such as "people". */
export async function noteClosedPage(ctx: Context, personId: number, area: string): Promise<void> {
  await ctx.db.transaction((tx) => note(ctx, tx, { by: personId, act: 'organisers-only', about: area }));
}

/** Deletes what is older than a year. */
export async function forgetOldAuditLog(ctx: Context): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const day = Temporal.PlainDate.from(await today(ctx, tx));
    await log.removeBefore(tx, auditSince(day).toString());
  });
}

/** The day on the wall clock of the programme. */
async function today({ now }: Pick<Context, 'now'>, tx: Tx): Promise<string> {
  const timeZone = (await programmes.current(tx))?.timeZone ?? 'UTC';
  return now().toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
