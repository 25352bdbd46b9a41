// Signing out: what this browser keeps for asking without a name is forgotten, or kept where its owner says so. Without
// this script the server's answer clears it.
import { forgetLinks } from './kept-links.js';
import { forgetLivePages } from './live-forget.js';
import { forgetAll, isEmpty } from './shelf.js';

const dialog = document.getElementById('forget');
const place = document.querySelector('[data-signing-out]');
let leaving;

function leave(isKept) {
  const field = Object.assign(document.createElement('input'), {
    type: 'hidden',
    name: 'keep',
    value: isKept,
  });
  leaving.append(field);
  leaving.submit();
}

place.addEventListener('submit', async (event) => {
  event.preventDefault();
  event.stopPropagation();
  leaving = event.target;
  await forgetLivePages().catch(() => {});
  if (await isEmpty().catch(() => true)) leave('no');
  else dialog.showModal();
});
dialog.addEventListener('click', async ({ target }) => {
  if (target.closest('[data-cancel]')) return dialog.close();
  const keep = target.closest('[data-keep]')?.dataset.keep;
  if (!keep) return;
  if (keep === 'no') {
    await forgetAll().catch(() => {});
    forgetLinks();
  }
  leave(keep);
});
