// What this browser keeps, in IndexedDB: other than in localStorage, two tabs see the same at once.

let opened;

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('flipside', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('kept');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // Whoever clears the storage is not kept waiting.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

async function within(mode, act) {
  opened ??= open();
  const transaction = (await opened).transaction('kept', mode);
  const request = act(transaction.objectStore('kept'));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const read = async (name) => (await within('readonly', (kept) => kept.get(name))) ?? null;
export const write = (name, value) => within('readwrite', (kept) => kept.put(value, name));
export const remove = (name) => within('readwrite', (kept) => kept.delete(name));
export const names = () => within('readonly', (kept) => kept.getAllKeys());
