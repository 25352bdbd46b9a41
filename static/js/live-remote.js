// The facilitator's phone: each press is kept until the server has taken it, with a key of its own, so that it counts
// once however often it is sent. Next and Move are held for half a second, or opened and pressed again.
import { nextPress, withoutPress, withPress } from './door-queue.js';
import { runClocks, serverNow } from './live-clock.js';
import { drop, keep, kept } from './live-presses.js';
import { tellUnsent } from './unsent.js';

const main = document.getElementById('main');
const status = document.getElementById('status');
const unsent = document.getElementById('unsent');
const base = location.pathname.replace(/\/$/, '');

const refresh = () => document.getElementById('desk-refresh').dispatchEvent(new Event('refresh'));

/* ---- The clock: a fifth and a twentieth of the time are felt and said ---- */

runClocks((warning, clock) => {
  navigator.vibrate?.(warning === 'soon' ? 80 : [80, 60, 80]);
  const block = document.getElementById('clock-of')?.textContent ?? '';
  status.textContent = `${block}: ${clock.textContent}`;
});

/* ---- Presses that wait ---- */

let queue = [];
let isReady = false;

/** A press that waits stands on its button, in words and as a dashed line. */
function paint() {
  for (const button of main.querySelectorAll('[data-waits]')) {
    button.removeAttribute('data-waits');
    button.querySelector('[data-waiting]')?.remove();
  }
  for (const { action, label } of queue) {
    const buttons = [...main.querySelectorAll('form[data-keeps] button')];
    const button = buttons.find(
      (one) => one.form.getAttribute('action') === action && one.textContent.trim() === label,
    );
    if (!button || 'waits' in button.dataset) continue;
    const words = document.createElement('span');
    words.className = 'vh';
    words.dataset.waiting = '';
    words.textContent = `, ${unsent.dataset.pending}`;
    for (const one of [button, button.closest('details.sure')?.querySelector('summary')])
      if (one) one.dataset.waits = '';
    button.append(words);
  }
}

const tell = (kind) => tellUnsent(unsent, status, queue.length, kind);

let isSending = false;
let pause = 0;
let later;

async function send() {
  if (isSending || !isReady) return;
  clearTimeout(later);
  isSending = true;
  const start = queue.length;
  let outcome = 'taken';
  let refused = false;
  for (let press = nextPress(queue); press && outcome === 'taken'; press = nextPress(queue)) {
    outcome = await sendOne(press);
    refused ||= outcome === 'refused';
    if (outcome === 'refused') outcome = 'taken';
  }
  isSending = false;
  if (outcome === 'taken') {
    pause = 0;
    tell(refused ? 'refused' : undefined);
    if (start > 0) refresh();
    paint();
    return;
  }
  tell(outcome === 'signedOut' ? outcome : undefined);
  paint();
  pause = Math.min(30_000, Math.max(2000, pause * 2));
  later = setTimeout(send, pause);
}

/** Sends one press: 'refused' is dropped, since the server will never take it; all else that failed is kept. */
async function sendOne(press) {
  const ago = Math.max(0, Math.round((serverNow() - press.at) / 1000));
  const token = document.querySelector('input[name="_token"]')?.value ?? '';
  const body = new URLSearchParams({ ...press.fields, _token: token, ago, key: press.id });
  const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#undo-panel' };
  let answer;
  try {
    answer = await fetch(press.action, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    return 'offline';
  }
  if (answer.headers.has('hx-redirect') || answer.status === 403 || answer.url.includes('/sign-in'))
    return 'signedOut';
  if (answer.status >= 500 || answer.status === 429) return 'offline';
  queue = withoutPress(queue, press.id);
  await drop(press.id).catch(() => {});
  return answer.ok ? 'taken' : 'refused';
}

/* ---- Listening: in the capture phase, before site.js would call the button busy ---- */

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!isReady || !main.contains(form) || !('keeps' in form.dataset)) return;
    const button = event.submitter ?? form.querySelector('button');
    event.preventDefault();
    event.stopImmediatePropagation();
    const fields = Object.fromEntries(new FormData(form, button));
    const action = form.getAttribute('action');
    const press = {
      id: crypto.randomUUID(),
      action,
      fields,
      at: serverNow(),
      label: button.textContent.trim(),
    };
    queue = withPress(queue, press);
    form.closest('details')?.removeAttribute('open');
    if (form.elements.text) form.reset();
    paint();
    keep(press)
      .catch(() => {})
      .then(send);
  },
  { capture: true },
);
document.addEventListener('htmx:after:swap', paint);
addEventListener('online', send);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  send();
  refresh();
});
document.getElementById('live')?.addEventListener('changed', refresh);

/* ---- Held for half a second: pressed; a tap opens, and the press inside it means it ---- */

const long = 500;
let holding;

function letGo() {
  clearTimeout(holding?.timer);
  holding?.summary.removeAttribute('data-held');
  holding = undefined;
}

document.addEventListener('pointerdown', (event) => {
  const summary = event.target.closest?.('details[data-hold] > summary');
  if (!summary || event.button !== 0) return;
  summary.dataset.held = '';
  const timer = setTimeout(() => {
    letGo();
    wasHeld = true;
    summary.parentElement.querySelector('form').requestSubmit();
  }, long);
  holding = { summary, timer };
});
let wasHeld = false;
for (const name of ['pointerup', 'pointercancel', 'pointerleave']) document.addEventListener(name, letGo);
document.addEventListener('contextmenu', (event) => {
  if (event.target.closest?.('details[data-hold] > summary')) event.preventDefault();
});
/** The tap that ends a hold opens nothing; a tap, and Enter, open and lead to the second press. */
document.addEventListener('click', (event) => {
  const summary = event.target.closest?.('details[data-hold] > summary');
  if (!summary) return;
  if (wasHeld) {
    wasHeld = false;
    event.preventDefault();
    return;
  }
  if (!summary.parentElement.open)
    setTimeout(() => summary.parentElement.querySelector('button')?.focus({ preventScroll: true }));
});

try {
  queue = [...(await kept(base)), ...queue];
  isReady = true;
} catch {
  // Nothing can be kept here: the forms go their plain way.
}
paint();
tell();
send();
