// Presses and refusals that this phone keeps, in IndexedDB: they outlive the page, and two windows see the same.

import { storeOf } from './browser-store.js';

const within = storeOf('flipside-door', {
  create(database) {
    for (const name of ['presses', 'refused']) database.createObjectStore(name, { keyPath: 'id' });
  },
  patience: 3000,
});

/** Presses, or refusals, of this door. */
export async function kept(name, door) {
  const all = await within(name, 'readonly', (store) => store.getAll());
  return all.filter((one) => one.action.startsWith(`${door}/`));
}

export const keep = (name, one) => within(name, 'readwrite', (store) => store.put(one));
export const drop = (name, id) => within(name, 'readwrite', (store) => store.delete(id));
