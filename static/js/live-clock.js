// Counts down by the server's clock: the device's own may be wrong, and the count goes on without a connection.

/** Milliseconds to add to this device's clock; from the page as it came, then from each connection of the stream. */
let offset = 0;

const root = document.querySelector('[data-clock-at]');
if (root) {
  const { timeOrigin } = performance;
  const [navigation] = performance.getEntriesByType('navigation');
  const came = timeOrigin + (navigation?.responseStart || performance.now());
  offset = Number(root.dataset.clockAt) - came;
}
document.getElementById('live')?.addEventListener('clock', ({ detail }) => {
  const at = Number(detail.data);
  if (at > 0) offset = at - Date.now();
});

/** The server's time now, in milliseconds since 1970. */
export const serverNow = () => Date.now() + offset;

/** '15:42'; up to the next second, so that the end is 0:00. */
function countDown(ms) {
  const seconds = Math.ceil(Math.abs(ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Warns at a fifth and a twentieth of the time, and when it is up. */
function warningOf(left, length) {
  if (left <= 0) return 'over';
  if (left <= 0.05 * length) return 'last';
  return left <= 0.2 * length ? 'soon' : '';
}

/** Shows the time left on each clock of the page; `told` hears of a warning that begins. */
export function runClocks(told = () => {}) {
  let before;
  const show = () => {
    for (const clock of document.querySelectorAll('[role="timer"][data-ends]')) {
      if (!clock.dataset.ends) continue;
      const length = Number(clock.dataset.length);
      const left = Number(clock.dataset.ends) - serverNow();
      const text = (left < 0 ? '+' : '') + countDown(left);
      if (clock.textContent !== text) clock.textContent = text;
      const warning = warningOf(left, length);
      const box = clock.closest('[data-warning], .clock');
      if (box && box.dataset.warning !== warning) box.dataset.warning = warning;
      const share = Math.max(0, Math.min(100, (100 * left) / length));
      box?.querySelector('.pie .remaining')?.setAttribute('stroke-dasharray', `${share.toFixed(1)} 100`);
      const key = `${clock.dataset.ends} ${warning}`;
      if (key !== before && warning && before !== undefined) told(warning, clock);
      before = key;
    }
  };
  show();
  setInterval(show, 250);
  document.addEventListener('htmx:after:swap', show);
}
