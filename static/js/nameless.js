// Asking and wondering without a name: slips are fetched when a page of the event opens, never when one asks.
import { followForm, tellOf } from './ask-form.js';
import { getReady } from './slips.js';
import { keepTrying, look } from './waiting.js';
import { followVotes } from './wonder.js';

const element = document.getElementById('slips');
let first = getReady(element);

/** Gives what this browser has for asking and voting; where it could not get ready, another call tries again. */
async function ready(isAgain = false) {
  if (isAgain) first = getReady(element);
  return first;
}

/** Looks at what this browser asked before: something may have been lost, or need a choice. */
async function lookBack() {
  const { place } = await first;
  if (!place) return;
  const found = await look(place);
  tellOf(found);
  const full = found.find(({ isUnsent }) => isUnsent);
  if (full) keepTrying(place, full.after);
}

if (!element.dataset.off) {
  followForm(ready);
  followVotes(ready);
}
lookBack().catch(() => {});
// Back to a page that the browser had put aside: it may be another person by now.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
