// One's own questions without a name: those of this browser on a page of the event, and one found by its code anywhere.
import { announce, ask, place as put } from './my-question.js';
import { secretOf, text } from './secrets.js';
import { openShelf } from './shelf.js';
import { keepTrying, look, newSecret, note } from './waiting.js';

const root = document.getElementById('mine');
const list = root.querySelector('[data-list]');
const says = (name) => document.querySelector(`[data-says="${name}"]`).textContent;
const { shelf: secretOfShelf, was, event, base } = root.dataset;

/* ---- Questions of this browser ---- */

/** Forgets a question; a slip that was not spent is there again. */
async function forget(at, secret) {
  await at.shelf.change((kept) => {
    const item = kept.mine.find((one) => one.secret === secret);
    kept.mine = kept.mine.filter((one) => one !== item);
    if (!item?.isUnsent && !item?.isLate) return;
    const { message, signature, first } = item.values;
    kept.ask.unshift({ message, signature, first });
  });
}

/** Asks a question again whose slip was spent elsewhere, with another slip and secret. */
async function resend(at, old) {
  let fresh = null;
  const { secret, edit } = await newSecret();
  await at.shelf.change((kept) => {
    const item = kept.mine.find((one) => one.secret === old);
    const slip = kept.ask.shift();
    if (!item || !slip) return;
    fresh = { secret, values: { ...item.values, ...slip, edit }, at: Date.now(), isUnsent: true };
    kept.mine = [...kept.mine.filter((one) => one !== item), fresh];
  });
  if (!fresh) return says('used');
  location.reload();
}

/** Shows at once a question that was to wait and came too late for that; gives a sentence where it was refused. */
async function showLate(at, secret) {
  const item = (await at.shelf.read())?.mine.find((one) => one.secret === secret);
  if (!item) return says('lost');
  const values = { ...item.values, waits: false };
  const { mistake } = await ask('/anon/questions', values);
  if (!mistake) await note(at, secret, { values, isLate: undefined, isUnsent: undefined });
  return mistake;
}

/** Puts a question on the wall with its author's name; gives a sentence where it was refused. */
async function withName(at, secret, words) {
  const kept = (await at.shelf.read())?.mine.find((one) => one.secret === secret);
  const formKey = kept?.formKey ?? crypto.randomUUID();
  await note(at, secret, { formKey });
  const token = root.querySelector('[name="_token"]').value;
  const topic = String(kept?.values?.topic ?? '');
  const body = new URLSearchParams({
    _token: token,
    formKey,
    topic,
    text: words,
    from: 'wall',
    named: 'yes',
  });
  const answer = await fetch(`${base}/questions`, { method: 'POST', body, redirect: 'manual' });
  if (answer.type === 'opaqueredirect') return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('#error-summary li, h1')?.textContent.trim() || says('away');
}

async function showMine() {
  if (!secretOfShelf) return;
  const at = { event: Number(event), shelf: await openShelf(secretOfShelf, was) };
  const does = {
    gone: (secret) => forget(at, secret),
    changed: async (secret, words) => {
      const item = (await at.shelf.read()).mine.find((one) => one.secret === secret);
      if (item?.values) await note(at, secret, { values: { ...item.values, text: words } });
    },
    resend: (secret) => resend(at, secret),
    showLate: (secret) => showLate(at, secret),
    withName: (secret, words) => withName(at, secret, words),
  };
  const found = await look(at);
  for (const { item, said, isUnsent, isSpent, isLate, status, sentence } of found) {
    if (said) put(list, item.secret, said, { isKept: true, isUnsent, isSpent, isLate }, does);
    else if (status === 404) lost();
    else announce(sentence ?? says('away'));
  }
  const full = found.find(({ isUnsent }) => isUnsent);
  if (full) keepTrying(at, full.after);
}

/** A question that is nowhere any more, such as one that was turned down and cleared away. */
function lost() {
  const item = document.createElement('li');
  item.className = 'card quiet';
  item.textContent = says('lost');
  list.append(item);
}

/* ---- By its code ---- */

async function find() {
  const code = document.getElementById('code');
  const fault = root.querySelector('[data-find] [data-mistake]');
  const secret = secretOf(code.value);
  const found = secret && (await ask('/anon/mine', { secret: text(secret) }));
  fault.textContent = found ? (found.mistake ?? '') : says('code');
  if (fault.textContent) return code.focus();
  put(list, text(secret), found.said, {}, {});
  code.value = '';
  const item = list.lastElementChild;
  item.tabIndex = -1;
  item.focus();
}

root.hidden = false;
root.querySelector('[data-go]').addEventListener('click', find);
root.querySelector('[data-find]').addEventListener('submit', (submitted) => {
  submitted.preventDefault();
  find();
});
document.addEventListener('flipside:sent', () => location.reload());
// Back to a page that the browser had put aside: it may be another person by now.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
await showMine().catch(() => announce(says('away')));
const nothing = root.querySelector('[data-nothing]');
const count = () => {
  if (nothing) nothing.hidden = list.children.length > 0;
};
count();
new MutationObserver(count).observe(list, { childList: true });
root.dataset.looked = '';
