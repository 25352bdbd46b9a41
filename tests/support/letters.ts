// Reads letters that were written and not sent yet.
import { sql } from 'drizzle-orm';
import { keptBytes } from '../../src/actions/letters/kept-bytes.ts';
import { withLinks } from '../../src/actions/letters/links.ts';
import type { Db } from '../../src/database/open.ts';
import type { SignInLetter } from '../../src/domain/letters/facts.ts';
import * as letters from '../../src/store/letters/letters.ts';
import type { World } from './world.ts';

/** All letters as they are drawn, links included, the first one first. */
export async function allLetters(world: World): Promise<letters.Letter[]> {
  const all = await letters.newest(world.db, 1000, 0);
  return all.reverse().map((letter) => withLinks(world.ctx, letter));
}

/** The path and the code in the newest sign-in letter to this address. */
export async function signInLetter(world: World, email: string): Promise<{ path: string; code: string }> {
  const found = (await allLetters(world)).findLast(
    (letter) => letter.kind === 'sign-in' && letter.recipientEmail === email,
  );
  if (!found) throw new Error(`No sign-in letter to ${email}`);
  const { link, code } = found.facts as unknown as SignInLetter;
  return { path: link.replace(world.ctx.baseUrl, ''), code };
}

/** The bytes of a letter as the mail server gets them; throws while there are none. */
export function sentBytes(world: Pick<World, 'ctx'>, letter: letters.Letter): Buffer {
  const bytes = keptBytes(world.ctx, letter);
  if (!bytes) throw new Error(`Letter ${letter.key} has no bytes`);
  return bytes;
}

/** As after the minutes in which a process that died alone had a letter in hand; the database's clock counts them. */
export async function letLeasesRunOut(db: Db): Promise<void> {
  await db.execute(sql`UPDATE letters SET lease_until = lease_until - interval '10 minutes'`);
}
