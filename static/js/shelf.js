// The store of this browser, in IndexedDB (other than in localStorage, two tabs see the same at once), sealed with a key
// that only a page sent to its owner carries: the next person on the same device can neither use nor read it.
import { storeOf } from './browser-store.js';
import { bytes, joined, plain, random, sha256, text } from './secrets.js';

const inStore = storeOf('flipside', {
  create: (database) => database.createObjectStore('kept'),
  patience: 5000,
});
const within = (mode, act) => inStore('kept', mode, act);

const get = (name) => within('readonly', (kept) => kept.get(name));
const put = (name, value) => within('readwrite', (kept) => kept.put(value, name));
const remove = (name) => within('readwrite', (kept) => kept.delete(name));

/** Whether anything is kept here, for anybody. */
export const isEmpty = async () => (await within('readonly', (kept) => kept.count())) === 0;

/** Deletes all that is kept here. */
export const forgetAll = () => within('readwrite', (kept) => kept.clear());

/** Tries whether this browser keeps things at all; throws where it does not. */
export const tryOut = () => remove('able');

/** Brings what was kept before slips counted people into today's form. */
function asNow({ voted = [], ask, ...kept }) {
  return {
    counter: [],
    ...kept,
    ask: ask.map((slip) => ({ ...slip, first: false })),
    voted: Object.fromEntries(voted.map((id) => [id, { on: true, at: 0, isCounted: true }])),
    pending: null,
  };
}

/** The shelf of one person and event, by the secret that their page carries; `before` names what was kept unsealed. */
export async function openShelf(secret, before) {
  const named = (purpose) => sha256(joined(plain(purpose), bytes(secret)));
  const name = text(await named('name'));
  const key = await crypto.subtle.importKey('raw', await named('key'), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  const at = (part) => (part ? `${name}.${part}` : name);
  const read = async (part) => {
    const kept = await get(at(part));
    if (!kept) return null;
    const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv }, key, kept.sealed);
    return JSON.parse(new TextDecoder().decode(data));
  };
  const write = async (value, part) => {
    const iv = random(12);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain(JSON.stringify(value)));
    await put(at(part), { iv, sealed });
  };
  const locked = (act) => navigator.locks.request(`flipside.${name}`, act);
  await locked(async () => {
    const old = before && (await get(`slips.${before}`));
    if (!old) return;
    if (!(await read())) await write(asNow(old));
    await remove(`slips.${before}`);
  });
  return {
    read,
    write,
    locked,
    forget: (part) => remove(at(part)),
    /** Reads, changes and writes what is kept, one page at a time; throws 'forgotten' where it is gone. */
    change: (act) =>
      locked(async () => {
        const kept = await read();
        if (!kept) throw new Error('forgotten');
        await act(kept);
        await write(kept);
      }),
  };
}
