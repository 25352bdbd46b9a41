// Asking and wondering without a name: slips are fetched when a page of the event opens, never when one asks.
import { followForm } from './ask-form.js';
import { getReady } from './slips.js';
import { followVotes } from './wonder.js';

const element = document.getElementById('slips');
let first = getReady(element);

/** What this browser has for asking and voting; where it could not get ready, another call tries again. */
export async function ready(isAgain = false) {
  if (isAgain) first = getReady(element);
  return first;
}

if (!element.dataset.off) {
  followForm(ready);
  followVotes(ready);
}
// Back to a page that the browser had put aside: it may be another person by now.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
