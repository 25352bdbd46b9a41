import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { closed } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as setUpLinks from '../../store/sign-in/set-up-links.ts';
import * as settings from '../../store/sign-in/settings.ts';
import { note } from '../audit/note.ts';
import { seedDemo, type WriteLetter } from '../demo/demo.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { openSession } from './sign-ins.ts';

export interface FirstProgramme {
  organisation: string;
  programme: string;
  /** IANA zone. */
  timeZone: string;
  name: string;
  email: string;
  /** The organiser's own side; null or left out: they only organise. */
  side?: 'senior' | 'talent' | null;
  /** Slug of a built-in format. */
  format: string;
}

/** Makes a new set-up link to print (160 bits); the one before stops working. Null once there is a programme. */
export async function prepareSetUp(ctx: Context): Promise<string | null> {
  if (await programmes.current(ctx.db)) return null;
  const token = newSecret(ctx, 20);
  await settings.set(ctx.db, 'set-up-token-hash', hashSecret(token));
  return `${ctx.baseUrl}/setup/${token}`;
}

/** Whether this set-up link may be used, has done its work, or is not the one that was printed last. */
export async function lookAtSetUpLink(ctx: Context, token: string): Promise<'open' | 'done' | 'wrong'> {
  // In this order: Start spends the link and makes the programme at one moment, which may fall between the two.
  const printed = await settings.get(ctx.db, 'set-up-token-hash');
  if (await programmes.current(ctx.db)) return 'done';
  return printed === hashSecret(token) ? 'open' : 'wrong';
}

/** Makes the programme and its first organiser, once; returns the organiser's session. Throws a Refusal ('gone'). */
export async function setUp(ctx: Context, token: string, first: FirstProgramme): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    await spendLink(tx, token);
    const now = ctx.now();
    await programmes.add(tx, {
      organisation: first.organisation,
      name: first.programme,
      timeZone: first.timeZone,
      firstFormat: first.format,
      createdAt: now,
    });
    const organiser = await firstOrganiser(tx, first, now);
    await note(ctx, tx, { by: organiser.id, act: 'set-up', about: first.programme });
    return openSession(ctx, tx, organiser.id, undefined);
  });
}

/** A house set up anew, after the demo was taken away, may have people already: one of that address becomes organiser. */
async function firstOrganiser(
  tx: Tx,
  { name, email, side }: FirstProgramme,
  now: Temporal.Instant,
): Promise<people.Person> {
  const known = await people.findByEmail(tx, email);
  const role = { name, isOrganiser: true, disabledAt: null, updatedAt: now };
  if (known) return (await people.change(tx, known.id, known.updatedAt, role)) ?? known;
  const place = { side: side ?? ('senior' as const), onlyOrganises: !side };
  return people.add(tx, { ...role, ...place, email, createdAt: now });
}

/** Fills the empty house with the demo programme, once; returns the session of its organiser. Throws a Refusal ('gone'). */
export async function setUpDemo(ctx: Context, token: string, write: WriteLetter): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    await spendLink(tx, token);
    const { organiserId } = await seedDemo({ ...ctx, db: tx }, write);
    await note(ctx, tx, { by: organiserId, act: 'set-up-demo' });
    return openSession(ctx, tx, organiserId, undefined);
  });
}

async function spendLink(tx: Tx, token: string): Promise<void> {
  const isSpent = await setUpLinks.spend(tx, hashSecret(token));
  if (!isSpent || (await programmes.current(tx))) {
    throw closed(
      'Set-up is done',
      'This set-up link has done its work. Sign in with the address it was set up with.',
    );
  }
}
