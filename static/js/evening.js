// Phones in the room follow the evening: the panel is asked for anew when something changes.

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

for (const name of ['run', 'seats', 'room']) live?.addEventListener(name, () => refresh(700));
live?.addEventListener('notes', () => refresh(200));
// Also after a connection that was lost: what changed meanwhile is shown.
live?.addEventListener('htmx:sse:after:connection', () => refresh(1000));
