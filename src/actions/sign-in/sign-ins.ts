import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { mostTries, readCode, sessionDays, signInMinutes } from '../../domain/sign-in/sign-in.ts';
import { Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as knownBrowsers from '../../store/sign-in/known-browsers.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import * as signIns from '../../store/sign-in/sign-ins.ts';
import { note } from '../audit/note.ts';
import { noteRefused } from '../audit/note-refused.ts';
import type { StoredFacts } from '../letters/links.ts';
import { sendLetter } from '../letters/send.ts';
import { signInCode, signInToken } from './letter-keys.ts';
import { type Asker, countCode, countLetter } from './limits.ts';
import { hashSecret, keyedHash, newSecret } from './secrets.ts';

export interface SignedIn {
  /** The secret for the cookie; 256 bits, only its hash is kept. */
  session: string;
  /** The local path the person wanted to see. */
  next: string;
}

/**
 * Sends a link and a code to this address if a person here has it. For any other address a decoy is written, queued and
 * rendered the same way, so that neither the answer nor the load afterwards tells who is in the programme. Throws a
 * Refusal when too many were asked for.
 */
export async function askForLetter(
  ctx: Context,
  asker: Asker & { email: string; next: string },
): Promise<void> {
  const email = asker.email.toLowerCase();
  await countLetter(ctx, asker, email);
  await ctx.db.transaction((tx) => writeSignIn(ctx, tx, { ...asker, email }));
}

/** Writes the e-mail with a link and a code; where nobody has the address, the decoy in its place. */
export async function writeSignIn(
  ctx: Context,
  tx: Tx,
  asked: { email: string; next: string; browser: string; confirms?: { id: number } },
): Promise<void> {
  const { email, confirms } = asked;
  const there = await behind(tx, email);
  const owners = confirms ? there.filter(({ id }) => id === confirms.id) : there;
  const [person] = owners;
  const programme = await programmes.current(tx);
  const number = await newSignIn(ctx, tx, asked);
  const facts: StoredFacts = {
    kind: 'sign-in',
    recipient: { name: person?.name ?? email, ...(person?.greeting && { greeting: person.greeting }) },
    organisation: programme?.organisation ?? 'Flipside',
    number,
    minutes: signInMinutes,
    ...(confirms && { confirms: true }),
    ...(owners.length > 1 && { names: owners.map(greetingOf) }),
  };
  // A decoy names a person as well: the foreign key of a letter to one we know is looked up, and that takes time.
  const standIn = await people.firstId(tx);
  const to = { id: person?.id ?? standIn, name: person?.name ?? email, email: person?.email ?? email };
  const kind = person ? 'sign-in' : 'decoy';
  await sendLetter(ctx, tx, { key: `sign-in:${hashSecret(number)}`, kind, to, facts });
}

/** Everyone behind an address who can sign in. */
async function behind(db: Db, email: string): Promise<people.Person[]> {
  return (await people.allWithEmail(db, email)).filter(({ disabledAt }) => disabledAt === null);
}

/** The link or code is right, and several people are behind its address: one of them has to be chosen. */
export class SeveralPeople extends Refusal {
  readonly people: readonly people.Person[];

  constructor(several: readonly people.Person[]) {
    super('invalid', 'Choose who signs in.', {}, 'as');
    this.people = several;
  }
}

/** The person to let in: the only one behind the address, or the one who was chosen. Throws `SeveralPeople`; null: nobody. */
async function whoEnters(tx: Tx, email: string, chosen: number | undefined): Promise<people.Person | null> {
  const there = await behind(tx, email);
  if (chosen !== undefined && there.length > 0) {
    const one = there.find(({ id }) => id === chosen);
    if (!one) throw new Refusal('invalid', 'Choose who signs in.', {}, 'code');
    return one;
  }
  if (there.length > 1) throw new SeveralPeople(there);
  return there[0] ?? null;
}

/** Notes what a new letter opens, hashed; returns the random number its link and code are derived from. */
async function newSignIn(
  ctx: Context,
  tx: Tx,
  asked: { email: string; next: string; browser: string },
): Promise<string> {
  const number = newSecret(ctx, 16);
  const linkHash = hashSecret(signInToken(ctx, number));
  await signIns.add(tx, {
    email: asked.email,
    browserHash: hashSecret(asked.browser),
    linkHash,
    codeHash: codeHash(ctx, linkHash, signInCode(ctx, number)),
    next: asked.next,
    expiresAt: ctx.now().add({ minutes: signInMinutes }),
    createdAt: ctx.now(),
  });
  return number;
}

/** A code alone could be guessed from its hash, so it is bound to its link and to our own secret. */
function codeHash(ctx: Context, linkHash: string, code: string): string {
  return keyedHash(ctx, `sign-in-code:${linkHash}`, code);
}

/** Finds the sign-in of a letter's link: who may come in, where this browser asked for it; null when it is used or over. */
export async function findByLink(
  ctx: Context,
  link: string,
  browser: string | undefined,
): Promise<{ people: people.Person[] } | null> {
  const signIn = await signIns.findOpenByLink(ctx.db, hashSecret(link), ctx.now());
  if (!signIn) return null;
  if (browser === undefined || signIn.browserHash !== hashSecret(browser)) return { people: [] };
  const there = await behind(ctx.db, signIn.email);
  return there.length > 0 ? { people: there } : null;
}

/** Signs in with the link, in the browser that asked for it and no other. Throws a Refusal ('gone', 'forbidden'). */
export async function signInWithLink(
  ctx: Context,
  link: string,
  browser: string,
  former: string | undefined,
  as?: number,
): Promise<SignedIn> {
  const signIn = await signIns.findOpenByLink(ctx.db, hashSecret(link), ctx.now());
  if (!signIn) throw new Refusal('gone', over);
  if (signIn.browserHash !== hashSecret(browser)) {
    noteRefused(ctx, 'link-elsewhere', signIn.email);
    throw new Refusal(
      'forbidden',
      'You asked for this link in another browser. Type the code from the e-mail here.',
    );
  }
  return completeSignIn(ctx, signIn, { browser, former, act: 'signed-in-by-link', as });
}

const over = 'A link and its code work once, for 10 minutes. Ask for a new e-mail.';

/**
 * Signs in with the code: in the browser that asked, with 5 tries a letter; in any other together with the address, with
 * 5 tries a network and 20 altogether in 10 minutes. Throws a Refusal that names the field.
 */
export async function signInWithCode(
  ctx: Context,
  asker: Asker & { code: string; email?: string | undefined; as?: number | undefined },
  former: string | undefined,
): Promise<SignedIn> {
  const { browser, as } = asker;
  const letter = await letterWithCode(ctx, asker);
  return completeSignIn(ctx, letter, { browser, former, act: 'signed-in-by-code', as });
}

/** The letter whose code was typed; counts the try. Throws a Refusal that names the field. */
export async function letterWithCode(
  ctx: Context,
  asker: Asker & { code: string; email?: string | undefined },
): Promise<signIns.SignIn> {
  const code = readCode(asker.code);
  if (code === null) {
    throw new Refusal(
      'invalid',
      'A code has 8 letters and numbers, such as K7QM-2XDR. Copy it from the e-mail.',
      {},
      'code',
    );
  }
  const { letters, email, wrong } =
    asker.email === undefined
      ? await lettersOfBrowser(ctx, asker.browser)
      : await lettersFor(ctx, asker, asker.email.toLowerCase());
  const signIn = letters.find((one) => one.codeHash === codeHash(ctx, one.linkHash, code));
  if (signIn) return signIn;
  if (email !== null) noteRefused(ctx, 'wrong-code', email);
  throw wrong;
}

interface Candidates {
  letters: signIns.SignIn[];
  /** The address they went to; null where this browser asked for none. */
  email: string | null;
  /** The refusal when none of them fits. */
  wrong: Refusal;
}

async function lettersOfBrowser(ctx: Context, browser: string): Promise<Candidates> {
  const now = ctx.now();
  const letters = await signIns.takeTry(ctx.db, hashSecret(browser), now, mostTries);
  if (letters.length > 0) {
    const left = mostTries - Math.min(...letters.map((one) => one.tries));
    return { letters, email: letters[0]!.email, wrong: wrongCode(left) };
  }
  const last = await signIns.lastOf(ctx.db, hashSecret(browser), now);
  const isTriedOut = last !== null && last.usedAt === null;
  const wrong = isTriedOut ? wrongCode(0) : new Refusal('gone', over, {}, 'code');
  return { letters, email: isTriedOut ? last.email : null, wrong };
}

function wrongCode(left: number): Refusal {
  if (left === 0) {
    return new Refusal(
      'too-many',
      'This code was tried too often. Ask for a new e-mail and use the code in it.',
      {},
      'code',
    );
  }
  return new Refusal(
    'invalid',
    'That is not the code. Compare it with the e-mail. Tries left: {left}',
    { left },
    'code',
  );
}

async function lettersFor(ctx: Context, asker: Asker, email: string): Promise<Candidates> {
  // Counted apart from the tries of the browser that asked, so that nobody else can use those up.
  await countCode(ctx, asker, email);
  const sentence = 'This code and this address do not belong together, or the code is older than 10 minutes.';
  return {
    letters: await signIns.openFor(ctx.db, email, ctx.now()),
    email,
    wrong: new Refusal('invalid', sentence, {}, 'code'),
  };
}

interface Entering {
  browser: string;
  /** The session this browser had. */
  former: string | undefined;
  act: 'signed-in-by-link' | 'signed-in-by-code' | 'confirmed-by-code';
  /** Id of the person who was chosen among those behind the address. */
  as?: number | undefined;
}

/** Lets the person in who has the letter's address now; the browser is known as theirs from then on. */
export async function completeSignIn(
  ctx: Context,
  signIn: signIns.SignIn,
  { browser, former, act, as }: Entering,
): Promise<SignedIn> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.now();
    const person = await whoEnters(tx, signIn.email, as);
    const isFree = person !== null && (await signIns.use(tx, signIn.id, now));
    if (!person || !isFree) throw new Refusal('gone', over, {}, 'code');
    await signIns.closeOf(tx, signIn.browserHash, now);
    await knownBrowsers.put(tx, hashSecret(browser), person.id, now);
    const session = await openSession(ctx, tx, person.id, former);
    await note(ctx, tx, { by: person.id, act });
    return { session, next: signIn.next };
  });
}

/** Starts a session of 30 days and ends the one this browser had before; returns the secret for its cookie. */
export async function openSession(
  ctx: Context,
  tx: Tx,
  personId: number,
  former: string | undefined,
): Promise<string> {
  if (former !== undefined) await sessions.remove(tx, hashSecret(former));
  const session = newSecret(ctx, 32);
  const createdAt = ctx.now();
  const expiresAt = createdAt.add({ hours: 24 * sessionDays });
  await sessions.add(tx, { tokenHash: hashSecret(session), personId, createdAt, expiresAt });
  return session;
}
