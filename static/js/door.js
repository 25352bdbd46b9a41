// Check-in with a bad connection: every press is kept on this phone until the server has taken it.
// Without this script the buttons are plain forms.
import { keepPresses } from './presses.js';

const panel = () => document.getElementById('door-panel');

/* ---- What one sees ---- */

function painted(presses) {
  for (const form of panel().querySelectorAll('form')) {
    const press = presses[form.getAttribute('action')];
    if (press) show(form, press.fields.here === 'yes');
  }
  count();
  filter();
}

function show(form, here) {
  const button = form.querySelector('button');
  button.value = here ? 'no' : 'yes';
  button.setAttribute('aria-pressed', String(here));
  if (here) button.removeAttribute('data-kind');
  else button.setAttribute('data-kind', 'primary');
}

function count() {
  const box = document.getElementById('door-count');
  const here = panel().querySelectorAll('button[aria-pressed="true"]').length;
  if (panel().querySelectorAll('li').length < Number(box.dataset.of)) return;
  box.querySelector('b').textContent = here;
  box.querySelector('progress').value = here;
}

const find = document.getElementById('door-find');
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

function filter() {
  const wanted = folded(find.value.trim());
  for (const row of panel().querySelectorAll('li')) row.hidden = !folded(row.dataset.name).includes(wanted);
}

function pressed(form, button) {
  const { saidHere, saidGone } = panel().dataset;
  const { name } = form.closest('li').dataset;
  const words = button.value === 'yes' ? saidHere : saidGone;
  document.getElementById('status').textContent = words.replace('{name}', name);
}

/* ---- Listening ---- */

keepPresses({
  name: `door:${panel().dataset.address}`,
  panel,
  unsent: document.getElementById('door-unsent'),
  target: 'div#door-panel',
  painted,
  pressed,
  settled: () => document.getElementById('door-refresh').dispatchEvent(new Event('refresh')),
});
// A list of several pages is searched by the server, which knows everyone.
const isPaged = () => 'paged' in panel().dataset;
find.addEventListener('input', () => {
  if (!isPaged()) filter();
});
find.form.addEventListener('submit', (event) => {
  if (!isPaged()) event.preventDefault();
});
document.getElementById('door-find-button').hidden = !isPaged();
