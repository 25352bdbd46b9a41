// The worker of the live pages alone: the page one opened last comes again without a connection, for half a day.
// What it keeps is a copy of the page as this browser saw it; signing out takes it away.

const name = 'flipside-live';
const keptFor = 12 * 60 * 60 * 1000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageFor(request, event));
  else if (pathname.startsWith('/static/')) event.respondWith(fileFor(request));
});

/** A page names what it needs once it is there: its first visit came before this worker did. */
self.addEventListener('message', (event) => {
  const { page, files } = event.data ?? {};
  if (page) event.waitUntil(keepAll(page, files ?? []));
});

/** The address under which a page is kept: notes on what to say (?said=…) are no part of it. */
const keyOf = (address) => new URL(address).pathname;

async function pageFor(request, event) {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await keptPage(request.url)) ?? Response.error();
  }
  // A gateway that says the server is away is no connection either.
  if (answer.status >= 502 && answer.status <= 504) return (await keptPage(request.url)) ?? answer;
  event.waitUntil(keepPage(request.url, answer.clone()));
  return answer;
}

async function keepPage(address, answer) {
  const cache = await caches.open(name);
  const isPage =
    answer.ok && !answer.redirected && /^text\/html/.test(answer.headers.get('content-type') ?? '');
  if (isPage) return cache.put(keyOf(address), await stamped(answer));
  // Signed out, uninvited or over: what was kept goes too. Where the server fails, it stays.
  if (answer.status < 500) await cache.delete(keyOf(address));
}

async function stamped(answer) {
  const headers = new Headers(answer.headers);
  headers.set('x-kept-at', String(Date.now()));
  return new Response(await answer.text(), { headers });
}

/** The page as it was kept, marked so that its clock and its notice know; undefined where there is none, or too old. */
async function keptPage(address) {
  const cache = await caches.open(name);
  const kept = await cache.match(keyOf(address));
  if (!kept) return undefined;
  const at = Number(kept.headers.get('x-kept-at'));
  if (Date.now() - at > keptFor) {
    await cache.delete(keyOf(address));
    return undefined;
  }
  const text = (await kept.text()).replace('<html', `<html data-kept-at="${at}"`);
  return new Response(text, { headers: kept.headers });
}

/** Files are named by their content, so that a kept one is right. */
async function fileFor(request) {
  const cache = await caches.open(name);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

async function keepAll(page, files) {
  const cache = await caches.open(name);
  for (const file of files) if (!(await cache.match(file))) await cache.add(file).catch(() => {});
  const answer = await fetch(page, { credentials: 'same-origin' }).catch(() => undefined);
  if (answer) await keepPage(page, answer);
  await dropOld(cache, new Set(files));
}

/** Pages of earlier evenings, and files of an earlier version. */
async function dropOld(cache, wanted) {
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    const at = Number(kept.headers.get('x-kept-at'));
    const isFile = new URL(request.url).pathname.startsWith('/static/');
    const [version] = [...wanted].map((file) => file.split('/static/')[1]?.split('/')[0]);
    const isOldFile = isFile && version !== undefined && !request.url.includes(`/static/${version}/`);
    if (isOldFile || (!isFile && Date.now() - at > keptFor)) await cache.delete(request);
  }
}
