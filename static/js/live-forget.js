// Takes away what live pages have kept on this browser.

export async function forgetLivePages() {
  if ('caches' in window) await caches.delete('flipside-live');
  const workers = (await navigator.serviceWorker?.getRegistrations?.()) ?? [];
  await Promise.all(workers.map((one) => one.unregister()));
}
