// The facilitator's desk: presses are kept while there is no connection and shown as waiting; the panel follows.
import { keepPresses } from './presses.js';

const panel = () => document.getElementById('desk-panel');
const refresh = () => document.getElementById('desk-refresh').dispatchEvent(new Event('refresh'));

/** A press that waits stands on its button, in words and as a dashed line. */
function painted(presses) {
  for (const button of panel().querySelectorAll('button[data-waits]')) {
    button.removeAttribute('data-waits');
    button.querySelector('[data-waiting]')?.remove();
  }
  for (const form of panel().querySelectorAll('form')) {
    const press = presses[form.getAttribute('action')];
    const button = press && form.querySelector(`button[value="${press.fields.state}"]`);
    if (!button) continue;
    const words = document.createElement('span');
    words.className = 'vh';
    words.dataset.waiting = '';
    words.textContent = `, ${panel().dataset.pending}`;
    button.dataset.waits = '';
    button.append(words);
  }
}

keepPresses({
  name: `live:${panel().dataset.address}`,
  panel,
  unsent: document.getElementById('unsent'),
  target: 'div#desk-panel',
  painted,
  pressed() {},
  settled: refresh,
});
document.getElementById('live').addEventListener('changed', refresh);
