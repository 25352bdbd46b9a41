// Check-in with a bad connection: every press is kept on this phone until the server has taken it, or has said why not.
// Without this script the buttons are plain forms.
import { nextPress, shownBy, withoutPress, withPress } from './door-queue.js';
import { drop, keep, kept } from './door-store.js';
import { tellUnsent } from './unsent.js';

const panel = () => document.getElementById('door-panel');
const status = document.getElementById('status');
const unsent = document.getElementById('door-unsent');
const door = panel().dataset.address;

/** Presses that wait, and whether this browser can keep them; until that is known the forms go their plain way. */
let queue = [];
let isReady = false;

/* ---- Display ---- */

const formOf = (action) =>
  [...panel().querySelectorAll('form')].find((form) => form.getAttribute('action') === action);
const nameAt = (action) => formOf(action)?.closest('li').dataset.name ?? '';

function paint() {
  for (const [action, here] of shownBy(queue)) {
    const form = formOf(action);
    if (form) show(form.querySelector('button'), here);
  }
  count();
  filter();
}

function show(button, here) {
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

const tell = (kind) => tellUnsent(unsent, status, queue.length, kind);

/* ---- Refusals: shown with their reason until somebody has read them ---- */

const refusals = document.getElementById('door-refused');

async function showRefused() {
  const all = await kept('refused', door).catch(() => []);
  refusals.hidden = all.length === 0;
  const list = refusals.querySelector('ul');
  list.replaceChildren(
    ...all.map(({ action, here, reason }) => {
      const item = document.createElement('li');
      const words = here ? refusals.dataset.here : refusals.dataset.gone;
      item.textContent = `${words.replace('{name}', nameAt(action))} ${reason}`;
      return item;
    }),
  );
  return all;
}

async function refuse(press, reason) {
  await keep('refused', { ...press, reason }).catch(() => {});
  await showRefused();
  status.textContent = refusals.textContent.trim();
}

refusals.querySelector('button').addEventListener('click', async () => {
  for (const { id } of await showRefused()) await drop('refused', id).catch(() => {});
  await showRefused();
  find.focus();
});

/* ---- Sending ---- */

let isSending = false;
let pause = 0;
let later;

async function send() {
  if (isSending || !isReady) return;
  clearTimeout(later);
  isSending = true;
  const start = queue.length;
  let outcome = 'taken';
  for (let press = nextPress(queue); press && outcome === 'taken'; press = nextPress(queue))
    outcome = await sendOne(press);
  isSending = false;
  if (outcome === 'taken') {
    pause = 0;
    tell();
    if (start > 0) document.getElementById('door-refresh').dispatchEvent(new Event('refresh'));
    return;
  }
  tell(outcome === 'signedOut' ? outcome : undefined);
  paint();
  pause = Math.min(30_000, Math.max(2000, pause * 2));
  later = setTimeout(send, pause);
}

/** Sends one press; 'taken' once the server has answered it, with yes or with a reason. */
async function sendOne(press) {
  const late = Math.max(0, Date.now() - press.at);
  const token = document.querySelector('input[name="_token"]')?.value ?? '';
  const fields = { _token: token, here: press.here ? 'yes' : 'no', late, press: press.id };
  const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#door-panel' };
  let answer;
  try {
    const body = new URLSearchParams(fields);
    answer = await fetch(press.action, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    return 'offline';
  }
  const { pathname, searchParams } = new URL(answer.url);
  if (answer.headers.has('hx-redirect') || answer.status === 403 || pathname === '/sign-in')
    return 'signedOut';
  if (answer.status >= 500 || answer.status === 429) return 'offline';
  await settle(press);
  if (searchParams.get('said') === 'overruled')
    await refuse(press, refusals.dataset.overruled.replace('{time}', searchParams.get('at')));
  else if (!answer.ok) await refuse(press, await reasonIn(answer));
  return 'taken';
}

async function settle({ id }) {
  queue = withoutPress(queue, id);
  await drop('presses', id).catch(() => {});
}

/** The sentence of a page that says no. */
async function reasonIn(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return (page.querySelector('main p') ?? page.body).textContent.trim().slice(0, 300);
}

/* ---- Listening: in the capture phase, before site.js would call the button busy ---- */

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    const button = event.submitter ?? form.querySelector('button');
    // The form is sent plainly where nothing can be kept.
    if (!isReady || !panel().contains(form) || button?.name !== 'here') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const press = {
      id: crypto.randomUUID(),
      action: form.getAttribute('action'),
      here: button.value === 'yes',
      at: Date.now(),
    };
    queue = withPress(queue, press);
    const { saidHere, saidGone } = panel().dataset;
    status.textContent = (press.here ? saidHere : saidGone).replace('{name}', nameAt(press.action));
    paint();
    keep('presses', press)
      .catch(() => {})
      .then(send);
  },
  { capture: true },
);
document.addEventListener('htmx:after:swap', paint);
addEventListener('online', send);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && send());

// A list of several pages is searched by the server, which knows everyone.
const isPaged = () => 'paged' in panel().dataset;
find.addEventListener('input', () => {
  if (!isPaged()) filter();
});
find.form.addEventListener('submit', (event) => {
  if (!isPaged()) event.preventDefault();
});
document.getElementById('door-find-button').hidden = !isPaged();

try {
  queue = [...(await kept('presses', door)), ...queue];
  isReady = true;
} catch {
  // Nothing can be kept here.
}
await showRefused();
paint();
tell();
send();
