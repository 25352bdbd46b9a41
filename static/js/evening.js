// Phones in the room follow the evening: the panel is asked for anew when something changes, and the clock counts on.
import { runClocks } from './live-clock.js';

const follow = document.getElementById('evening-follow');
const live = document.getElementById('live');

/** A roomful of phones does not ask at one moment. */
let asking;
function refresh(within) {
  if (!follow || asking) return;
  asking = setTimeout(() => {
    asking = undefined;
    follow.dispatchEvent(new Event('refresh'));
  }, Math.random() * within);
}

for (const name of ['run', 'seats']) live?.addEventListener(name, () => refresh(700));
// Notes concern those alone who host a table.
if (document.getElementById('hosting-panel')) live?.addEventListener('notes', () => refresh(200));
// Also after a connection that was lost: what changed meanwhile is shown.
live?.addEventListener('htmx:sse:after:connection', () => refresh(1000));

runClocks();

/* ---- Where nobody runs the evening from a phone, its blocks follow the plan: one looks again when one has ended ---- */

setInterval(() => {
  const clock = document.querySelector('[role="timer"][data-as-planned]');
  if (clock && /^(\+|0:00)/.test(clock.textContent)) refresh(3000);
}, 5000);
