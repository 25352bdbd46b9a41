import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { Refusal } from '../../refusal.ts';
import * as settings from '../../store/sign-in/settings.ts';
import { removePlainSecrets } from './plain-secrets.ts';
import { derived } from './secrets.ts';

// The secret that personal links, codes and the encryption of keys and letters derive from. No database holds it.

/** Places where this process finds the secret. */
export interface SecretSource {
  /** SECRET, as it was set; then there is no file. */
  given: string | undefined;
  file: {
    path: string;
    read(): string[];
    create(secret: string): string | null;
    settle(prepared: 'takes over' | 'is dropped'): void;
  };
}

export interface OpenedSecret {
  secret: Buffer;
  /** Its new path, if an older version had it in the database until this moment. */
  movedTo?: string;
}

type World = Pick<Context, 'db' | 'random'>;

/** Reads a secret as people write it: 32 bytes in base64, else the text itself. */
export function secretFrom(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  return /^[\w+/-]{43}=?$/.test(text) && bytes.length === 32 ? bytes : Buffer.from(text);
}

/** Gives what the database keeps of the secret, from which nothing can be derived: 80 bits. */
export function secretFingerprint(secret: Buffer): string {
  return derived({ secret }, 'fingerprint', 10).toString('hex');
}

/**
 * Finds the secret of this database, or makes one where it never had any; a secret that an older version kept in the
 * database is moved out of it. Throws a Refusal where this process has another secret, or none.
 */
export async function openSecret(world: World, source: SecretSource): Promise<OpenedSecret> {
  return world.db.transaction(async (tx) => {
    await settings.lockSecret(tx);
    const inDatabase = await settings.get(tx, 'link-secret');
    if (inDatabase !== null) return moveOut(world, tx, source, inDatabase);
    const fingerprint = await settings.get(tx, 'secret-fingerprint');
    const texts = source.given === undefined ? source.file.read() : [source.given];
    if (texts.length === 0 && fingerprint === null) return makeSecret(world, tx, source);
    if (texts.length === 0) throw lost(source);
    const right = texts.findIndex(
      (text) => fingerprint === null || secretFingerprint(secretFrom(text)) === fingerprint,
    );
    if (right === -1) throw another(source);
    if (texts.length > 1) source.file.settle(right === 0 ? 'is dropped' : 'takes over');
    const secret = secretFrom(texts[right]!);
    if (fingerprint === null) await settings.set(tx, 'secret-fingerprint', secretFingerprint(secret));
    return { secret };
  });
}

async function makeSecret(world: World, tx: Tx, { file }: SecretSource): Promise<OpenedSecret> {
  const made = file.create(world.random(32).toString('base64url')) ?? file.read()[0]!;
  const secret = secretFrom(made);
  await settings.set(tx, 'secret-fingerprint', secretFingerprint(secret));
  return { secret };
}

async function moveOut(
  world: World,
  tx: Tx,
  { given, file }: SecretSource,
  inDatabase: string,
): Promise<OpenedSecret> {
  const secret = secretFrom(inDatabase);
  const [elsewhere] = given === undefined ? file.read() : [given];
  if (elsewhere !== undefined && !secretFrom(elsewhere).equals(secret))
    throw new Refusal('conflict', given === undefined ? fileInTheWay : startWithoutFirst, {
      path: file.path,
    });
  if (elsewhere === undefined) file.create(inDatabase);
  await removePlainSecrets({ ...world, secret }, tx);
  await settings.set(tx, 'secret-fingerprint', secretFingerprint(secret));
  await settings.remove(tx, 'link-secret');
  return { secret, movedTo: given === undefined ? file.path : 'SECRET' };
}

const startWithoutFirst =
  'This database still holds its own secret, so SECRET would end every link that was sent. Start once without SECRET: the secret moves to {path}. Then set SECRET to what is in that file.';
const fileInTheWay =
  'This database still holds its own secret, and {path} holds another. Move that file away, or set DATA_DIR to another folder.';

function another({ given, file }: SecretSource): Refusal {
  const where = given === undefined ? file.path : 'SECRET';
  return new Refusal(
    'conflict',
    'The secret in {where} is not the one of this database, so no link that was sent would work. Set it back to the right one (see docs/deploy.md). If that is lost: npm run new-secret -- --lost',
    { where },
  );
}

function lost({ file }: SecretSource): Refusal {
  return new Refusal(
    'conflict',
    'The secret of this database is missing. Put it back into {path}, or set SECRET (see docs/deploy.md). If it is lost: npm run new-secret -- --lost',
    { path: file.path },
  );
}
