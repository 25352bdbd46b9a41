// Presses of the facilitator's phone, in IndexedDB: they outlive the page, the tab and a locked screen.
import { storeOf } from './browser-store.js';

const within = storeOf('flipside-live', {
  create(database) {
    database.createObjectStore('presses', { keyPath: 'id' });
  },
  patience: 3000,
});

/** Presses that wait below this address, in the order in which they were made. */
export async function kept(base) {
  const all = await within('presses', 'readonly', (store) => store.getAll());
  return all.filter(({ action }) => action.startsWith(`${base}/`)).sort((a, b) => a.at - b.at);
}

export const keep = (press) => within('presses', 'readwrite', (store) => store.put(press));
export const drop = (id) => within('presses', 'readwrite', (store) => store.delete(id));
