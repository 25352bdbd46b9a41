// A database of this browser, in IndexedDB: it outlives the page, and two windows see the same at once.

/**
 * Returns the way into such a database: `within(store, mode, act)` gives the result of `act` once its transaction is over.
 * It rejects where the browser refuses, or has not opened it after `patience` milliseconds.
 */
export function storeOf(name, { create, patience }) {
  let opened;

  /** Opens it; some browsers refuse with an error and some never answer. */
  function open() {
    const opening = new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => create(request.result);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        // Clearing the storage does not wait for this page.
        request.result.onversionchange = () => {
          request.result.close();
          opened = undefined;
        };
        resolve(request.result);
      };
    });
    const tooLong = new Promise((_, reject) =>
      setTimeout(reject, patience, new Error('IndexedDB is silent')),
    );
    return Promise.race([opening, tooLong]);
  }

  return async function within(store, mode, act) {
    opened ??= open();
    const transaction = (await opened).transaction(store, mode);
    const request = act(transaction.objectStore(store));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  };
}
