// Check-in with a bad connection: every press is kept on this phone until the server has taken it.
// Without this script the buttons are plain forms. Presses are absolute ("here", "not here") and carry how long ago they
// were made, so sending one twice or late does no harm.

const panel = () => document.getElementById('door-panel');
const address = panel().dataset.address;
const key = `door:${address}`;
const keptFor = 12 * 60 * 60 * 1000;

/* ---- The queue: per person the last press ---- */

function queue() {
  try {
    const all = Object.entries(JSON.parse(localStorage.getItem(key)) ?? {});
    return Object.fromEntries(all.filter(([, press]) => Date.now() - press.at < keptFor));
  } catch {
    return {};
  }
}

function keep(presses) {
  try {
    localStorage.setItem(key, JSON.stringify(presses));
    return true;
  } catch {
    return false;
  }
}

function put(action, press) {
  return keep({ ...queue(), [action]: press });
}

/** Only what was sent: a newer press on the same person stays. */
function drop(action, press) {
  const presses = queue();
  if (presses[action]?.at === press.at) delete presses[action];
  keep(presses);
}

/* ---- What one sees ---- */

function paint() {
  const presses = queue();
  for (const form of panel().querySelectorAll('form')) {
    const press = presses[form.getAttribute('action')];
    if (press) show(form, press.here === 'yes');
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

const unsent = document.getElementById('door-unsent');

function tell(kind) {
  const n = Object.keys(queue()).length;
  unsent.hidden = kind === undefined && n === 0;
  if (unsent.hidden) return;
  const words = unsent.dataset[kind ?? (n === 1 ? 'one' : 'many')].replace('{n}', n);
  if (unsent.textContent === words) return;
  unsent.textContent = words;
  document.getElementById('status').textContent = words;
  if (kind === 'signedOut') {
    const link = document.createElement('a');
    link.href = `/sign-in?next=${encodeURIComponent(address)}`;
    link.textContent = unsent.dataset.signIn;
    unsent.append(' ', link);
  }
}

function say(form, here) {
  const { saidHere, saidGone } = panel().dataset;
  const { name } = form.closest('li').dataset;
  document.getElementById('status').textContent = (here ? saidHere : saidGone).replace('{name}', name);
}

/* ---- Sending ---- */

let sending = false;
let pause = 0;
let later;

async function send() {
  if (sending) return;
  clearTimeout(later);
  sending = true;
  let outcome = 'sent';
  let refused = false;
  const start = Object.keys(queue()).length;
  for (let next = first(); next && outcome === 'sent'; next = first()) {
    outcome = await sendOne(...next);
    refused ||= outcome === 'refused';
    if (outcome === 'refused') outcome = 'sent';
  }
  sending = false;
  if (outcome === 'sent') {
    pause = 0;
    tell(refused ? 'refused' : undefined);
    if (start > 0) document.getElementById('door-refresh').dispatchEvent(new Event('refresh'));
    return;
  }
  tell(outcome === 'signedOut' ? outcome : undefined);
  pause = Math.min(30_000, Math.max(2000, pause * 2));
  later = setTimeout(send, pause);
}

const first = () => Object.entries(queue()).sort(([, a], [, b]) => a.at - b.at)[0];

/** What became of it: 'refused' is dropped, since the server will never take it; everything else that failed is kept. */
async function sendOne(action, press) {
  const ago = Math.max(0, Math.round((Date.now() - press.at) / 1000));
  const token = document.querySelector('input[name="_token"]')?.value ?? '';
  const body = new URLSearchParams({ _token: token, here: press.here, ago });
  const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#door-panel' };
  let answer;
  try {
    answer = await fetch(action, { method: 'POST', body, headers, signal: AbortSignal.timeout(15_000) });
  } catch {
    return 'offline';
  }
  if (
    answer.headers.has('hx-redirect') ||
    answer.status === 403 ||
    new URL(answer.url).pathname === '/sign-in'
  )
    return 'signedOut';
  if (answer.status >= 500 || answer.status === 429) return 'offline';
  drop(action, press);
  return answer.ok ? 'sent' : 'refused';
}

/* ---- Listening: before site.js, which would call the button busy ---- */

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!panel().contains(form)) return;
    const button = form.querySelector('button');
    // Where nothing can be kept the form goes its plain way.
    if (!put(form.getAttribute('action'), { here: button.value, at: Date.now() })) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(form, button.value === 'yes');
    paint();
    send();
  },
  { capture: true },
);
find.addEventListener('input', filter);
find.form.addEventListener('submit', (event) => event.preventDefault());
document.getElementById('door-find-button').hidden = true;
document.addEventListener('htmx:after:swap', paint);
addEventListener('online', send);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && send());

paint();
tell();
send();
