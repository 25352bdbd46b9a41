import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import * as stored from '../../store/sign-in/secret-rows.ts';
import { sealedBytes } from '../letters/kept-bytes.ts';
import { confirmToken } from '../letters/links.ts';
import { wrapKey } from '../questions/slip-keys.ts';
import { isWrapped } from './secret-keys.ts';
import { hashSecret, newSecret } from './secrets.ts';

type World = Pick<Context, 'secret' | 'random'>;

/**
 * Takes out of the tables what older versions kept there in the clear: links and codes in letters (what waits to be sent
 * is drawn with the same links), the bytes of letters, and the private keys of slips, which are encrypted.
 */
export async function removePlainSecrets(world: World, tx: Tx): Promise<void> {
  await renumberQuestions(world, tx);
  await stored.forgetLinks(tx);
  await sealLetters(world, tx);
  for (const key of await stored.slipKeys(tx))
    if (!isWrapped(key.privateKey))
      await stored.setSlipKey(tx, { ...key, privateKey: wrapKey(world, key, key.privateKey) });
}

/** Links that ask "was this your answer?" were random: those in letters that still wait are made anew. */
async function renumberQuestions(world: World, tx: Tx): Promise<void> {
  for (const { id, confirmUrl } of await stored.waitingQuestions(tx)) {
    const number = newSecret(world, 16);
    const token = confirmUrl.slice(confirmUrl.lastIndexOf('/') + 1);
    await stored.renumberQuestion(tx, id, number, hashSecret(token), hashSecret(confirmToken(world, number)));
  }
}

async function sealLetters(world: World, tx: Tx): Promise<void> {
  for (let after = 0; ; ) {
    const letters = await stored.bytesAfter(tx, after);
    if (letters.length === 0) return;
    await stored.setBytes(
      tx,
      letters
        .filter(({ bytes }) => !isWrapped(bytes))
        .map(({ id, bytes }) => ({ id, bytes: sealedBytes(world, id, bytes) })),
    );
    after = letters.at(-1)!.id;
  }
}
