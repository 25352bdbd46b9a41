// Questions of this browser that have not been published yet: kept here, and sent again where it was lost.
import { joined, namelessly, plain, random, sha256, text } from './secrets.js';

/** Another process may hold what came in less than this long ago, in milliseconds. */
const young = 10 * 60 * 1000;
const fiveMinutes = 5 * 60 * 1000;

/** Whether this browser may send again what it sent at that moment. */
export const isOld = (at) => Date.now() - at > young;

/** Makes what a question is found again by: the secret stays here, its hash goes along. */
export async function newSecret() {
  const secret = random(16);
  return { secret: text(secret), edit: text(await sha256(joined(plain('edit'), secret))) };
}

const isOf = (secret) => (one) => one.secret === secret;

/** Writes something new about one kept question; null takes it out. */
export function note({ shelf }, secret, values) {
  return shelf.change((kept) => {
    const at = kept.mine.findIndex(isOf(secret));
    if (at < 0) return;
    if (values === null) kept.mine.splice(at, 1);
    else kept.mine[at] = { ...kept.mine[at], ...values };
  });
}

/** Looks at each question that this browser keeps, and sends what was lost again, once. Gives [{ item, said?, … }]. */
export async function look(place) {
  const kept = await place.shelf.read();
  await settlePending(place, kept?.pending);
  const found = [];
  for (const item of (await place.shelf.read())?.mine ?? [])
    found.push({ item, ...(await lookAt(place, item)) });
  return found;
}

/** A question whose answer never came: it counts where the server has it after all. */
async function settlePending(place, pending) {
  if (!pending) return;
  const { ok } = await namelessly('/anon/mine', { secret: pending.secret });
  if (!ok) return;
  await place.shelf.change((kept) => {
    kept.ask = kept.ask.filter(({ message }) => message !== pending.values.message);
    kept.mine.push({ ...pending, at: Date.now() });
    kept.pending = null;
  });
}

async function lookAt(place, item) {
  if (item.isSpent) return { isSpent: true, said: asKept(item) };
  if (item.isLate) return { isLate: true, said: asKept(item) };
  if (item.isUnsent) return sendAgain(place, item);
  const { ok, status, said } = await namelessly('/anon/mine', { secret: item.secret });
  if (ok) {
    // Once it is published there is nothing to send again.
    if (item.values && said.state !== 'waiting' && said.state !== 'left')
      await note(place, item.secret, { values: undefined });
    return { said };
  }
  if (status !== 404 || !item.values) return { status, sentence: said.sentence };
  return isOld(item.at) ? sendAgain(place, item) : { said: asKept(item) };
}

const asKept = ({ values }) => ({ state: 'waiting', text: values.text, event: '', note: '', hour: '' });

async function sendAgain(place, item) {
  // Noted first: another page of this browser must not send it as well.
  await note(place, item.secret, { at: Date.now() });
  // It was sent by a page on which it waited, also where an older version kept no word of that.
  const { ok, status, said, after } = await namelessly('/anon/questions', { waits: true, ...item.values });
  if (ok) {
    await note(place, item.secret, { isUnsent: undefined });
    // The answer to a question says whether it was taken; when it appears is asked for as at any other look.
    const mine = await namelessly('/anon/mine', { secret: item.secret });
    return { said: mine.ok ? mine.said : { ...asKept(item), state: said.state } };
  }
  if (said.field === 'slip') {
    await note(place, item.secret, { isSpent: true, isUnsent: undefined });
    return { isSpent: true, said: asKept(item) };
  }
  if (said.field === 'begun') {
    await note(place, item.secret, { isLate: true });
    return { isLate: true, said: asKept(item) };
  }
  if (status === 503) return { isUnsent: true, after, said: asKept(item) };
  return { status, sentence: said.sentence };
}

/** Looks again after as many milliseconds as the server asked for, as long as something is unsent. */
export function keepTrying(place, after = fiveMinutes) {
  setTimeout(async () => {
    const found = await look(place).catch(() => [{ isUnsent: true }]);
    const full = found.find(({ isUnsent }) => isUnsent);
    if (full) keepTrying(place, full.after);
    else document.dispatchEvent(new CustomEvent('flipside:sent'));
  }, after);
}
