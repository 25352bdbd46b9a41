// Lets this live page come again without a connection, by a worker for it alone.

const files = () =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => new URL(name).pathname.startsWith('/static/'));

async function begin() {
  const scope = location.pathname;
  await navigator.serviceWorker.register('/live-worker.js', { scope });
  const { active } = await navigator.serviceWorker.ready;
  const linked = [...document.querySelectorAll('link[href^="/static/"], script[src^="/static/"]')];
  const named = linked.map((one) => one.href || one.src);
  active.postMessage({ page: location.origin + scope, files: [...new Set([...named, ...files()])] });
}

// Where the browser has no such workers, a page without a connection is not there: nothing else changes.
if ('serviceWorker' in navigator && !('keptAt' in document.documentElement.dataset)) begin().catch(() => {});
