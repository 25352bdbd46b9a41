// What stands in letters that were written and not sent yet.
import type { SignInLetter } from '../../src/domain/letter-facts.ts';
import * as letters from '../../src/store/letters.ts';
import type { World } from './world.ts';

/** All letters, the first one first. */
export async function allLetters(world: World): Promise<letters.Letter[]> {
  return (await letters.newest(world.db, 1000, 0)).reverse();
}

/** The path and the code in the newest sign-in letter to this address. */
export async function signInLetter(world: World, email: string): Promise<{ path: string; code: string }> {
  const found = (await letters.newest(world.db, 1000, 0)).find(
    (letter) => letter.kind === 'sign-in' && letter.recipientEmail === email,
  );
  if (!found) throw new Error(`No sign-in letter to ${email}`);
  const { link, code } = found.facts as unknown as SignInLetter;
  return { path: link.replace(world.ctx.baseUrl, ''), code };
}
