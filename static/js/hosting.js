// A host's phone: a note is kept on this phone until the server has taken it, or has pointed out a name in it.
// Without this script the form is sent plainly.
import { drop, keep, kept } from './live-presses.js';

const panel = () => document.getElementById('hosting-panel');
const composer = () => document.getElementById('composer');
const unsent = document.getElementById('unsent');
const base = location.pathname;
const refresh = () => document.getElementById('evening-follow')?.dispatchEvent(new Event('refresh'));

/** Notes that wait, the first first; and those of them that wait for the host. */
let queue = [];
let isReady = false;
/** The box as it is on an empty page. */
let fresh;
const held = new Map();

/* ---- Display ---- */

const kindOf = ({ fields }) => fields.anyway ?? fields.kind;

function paint() {
  const list = document.getElementById('notes-list');
  if (!list) return tell();
  for (const old of list.querySelectorAll('[data-waits]')) old.remove();
  const none = document.getElementById('notes-none');
  if (none) none.hidden = queue.length > 0;
  for (const one of queue) list.prepend(row(one, list.dataset));
  tell();
}

/** A note as the list shows it, dashed: with its sign from the button of its kind. */
function row(one, { waits, edit }) {
  const item = document.createElement('li');
  item.dataset.notekind = kindOf(one);
  item.dataset.waits = '';
  const sign = document.createElement('span');
  sign.className = 'k';
  const picture = fresh?.querySelector(`.kinds [value="${kindOf(one)}"] svg`);
  if (picture) sign.append(picture.cloneNode(true));
  const text = document.createElement('p');
  text.textContent = one.fields.text;
  const small = document.createElement('small');
  small.textContent = waits;
  text.append(small);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn icon-btn plain';
  button.textContent = '✎';
  button.setAttribute('aria-label', edit.replace('{note}', one.fields.text));
  button.addEventListener('click', () => takeBack(one));
  item.append(sign, text, button);
  return item;
}

/** Puts a note that waits back into the box. */
async function takeBack(one) {
  const box = composer().elements.text;
  if (box.value.trim() !== '') return box.focus();
  queue = queue.filter(({ id }) => id !== one.id);
  held.delete(one.id);
  await drop(one.id).catch(() => {});
  composer().elements.id.value = one.id;
  box.value = one.fields.text;
  box.focus();
  paint();
}

let telling;

function tell(kind) {
  const [reason] = held.values();
  const n = queue.length;
  const is = kind ?? reason?.kind ?? (n === 1 ? 'one' : 'many');
  // Most notes are with the server before one would have read that they wait.
  const isNew =
    n > 0 && held.size === 0 && kind === undefined && queue.every(({ at }) => Date.now() - at < 1500);
  unsent.hidden = n === 0 || isNew;
  clearTimeout(telling);
  if (isNew) telling = setTimeout(tell, 1600);
  if (unsent.hidden) return;
  const words = unsent.dataset[is]
    .replace('{n}', n)
    .replace('{name}', reason?.text ?? '')
    .replace('{reason}', reason?.text ?? '');
  if (unsent.dataset.said === words) return;
  unsent.dataset.said = words;
  unsent.replaceChildren(words);
  if (is !== 'signedOut') return;
  const link = document.createElement('a');
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = unsent.dataset.signIn;
  unsent.append(' ', link);
}

/* ---- Sending ---- */

let isSending = false;
let pause = 0;
let later;
const next = () => queue.find(({ id }) => !held.has(id));

async function send() {
  if (isSending || !isReady) return;
  clearTimeout(later);
  isSending = true;
  const start = queue.length;
  let outcome = 'taken';
  for (let one = next(); one && outcome === 'taken'; one = next()) outcome = await sendOne(one);
  isSending = false;
  paint();
  if (outcome === 'taken') {
    pause = 0;
    if (queue.length < start) refresh();
    return;
  }
  if (outcome === 'signedOut') tell(outcome);
  pause = Math.min(15_000, Math.max(1000, pause * 2));
  later = setTimeout(send, pause);
}

/** Sends one note; 'taken' once the server has answered it, with yes or with a reason. */
async function sendOne(one) {
  const token = document.querySelector('input[name="_token"]')?.value ?? '';
  let answer;
  try {
    const body = new URLSearchParams({ _token: token, ...one.fields });
    answer = await fetch(one.action, { method: 'POST', body, signal: AbortSignal.timeout(15_000) });
  } catch {
    return 'offline';
  }
  if (answer.status === 403 || new URL(answer.url).pathname === '/sign-in') return 'signedOut';
  if (answer.status >= 500 || answer.status === 429) return 'offline';
  if (answer.ok) {
    queue = queue.filter(({ id }) => id !== one.id);
    await drop(one.id).catch(() => {});
  } else hold(one, new DOMParser().parseFromString(await answer.text(), 'text/html'));
  return 'taken';
}

/** A note with a name in it, or one that was refused, waits for the host: nothing that was typed is lost. */
function hold(one, page) {
  const found = page.getElementById('name-found');
  const text =
    found?.dataset.name ?? (page.querySelector('.error-summary, main p') ?? page.body).textContent.trim();
  held.set(one.id, { kind: found ? 'name' : 'refused', text: text.slice(0, 200) });
  const form = page.getElementById('composer');
  const isFree = composer() && composer().elements.text.value.trim() === '';
  if (!form || !isFree) return;
  composer().replaceWith(document.adoptNode(form));
  composer().elements.text.focus();
}

/* ---- Listening: in the capture phase, before site.js would call the button busy ---- */

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!isReady || form !== composer() || !form.elements.id || !['kind', 'anyway'].includes(button?.name))
      return;
    const text = form.elements.text.value.trim();
    // An empty line is the server's to answer.
    if (text === '') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { id, table, round } = form.elements;
    const fields = {
      id: id.value,
      table: table.value,
      round: round.value,
      text,
      [button.name]: button.value,
    };
    const one = { id: fields.id, action: form.getAttribute('action'), at: Date.now(), fields };
    queue = [...queue.filter((other) => other.id !== one.id), one];
    held.delete(one.id);
    cleared();
    paint();
    keep(one)
      .catch(() => {})
      .then(send);
  },
  { capture: true },
);

/** The box as it was on an empty page, for the round that is on now, with an id of its own. */
function cleared() {
  const form = fresh.cloneNode(true);
  composer().replaceWith(form);
  form.elements.text.value = '';
  form.elements.id.value = crypto.randomUUID();
  follow();
  form.elements.text.focus();
}

/** Makes the next note count for the round and table that the panel shows. */
function follow() {
  const form = composer();
  if (!form?.elements.round || form.querySelector('#name-found')) return;
  form.elements.round.value = panel().dataset.round;
  form.elements.table.value = panel().dataset.table;
}

document.addEventListener('htmx:after:swap', () => {
  follow();
  paint();
});
addEventListener('online', send);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && send());

/* ---- A message that was read stays hidden on this phone ---- */

document.addEventListener('click', (event) => {
  const notice = event.target.closest?.('[data-message] a')?.closest('[data-message]');
  if (!notice) return;
  event.preventDefault();
  try {
    sessionStorage.setItem(`message ${notice.dataset.message}`, 'seen');
  } catch {
    // It then comes back with the next change.
  }
  notice.remove();
});

function hideSeen() {
  for (const notice of panel().querySelectorAll('[data-message]')) {
    let seen;
    try {
      seen = sessionStorage.getItem(`message ${notice.dataset.message}`);
    } catch {
      seen = null;
    }
    if (seen) notice.remove();
  }
}
document.addEventListener('htmx:after:swap', hideSeen);
hideSeen();

/* ---- What waited when this phone was put away ---- */

if (composer()?.elements.id) {
  fresh = composer().cloneNode(true);
  for (const mistake of fresh.querySelectorAll('#name-found, .error-summary')) mistake.remove();
}
try {
  queue = await kept(base);
  isReady = fresh !== undefined && fresh.querySelector('.kinds') !== null;
} catch {
  // Nothing can be kept here.
}
paint();
send();
