// What became of one's own questions without a name: those this browser keeps the secrets of, or one found by a code.
import { bytes, namelessly, secretOf, text } from './secrets.js';
import { openShelf } from './shelf.js';

const place = document.getElementById('mine');
const list = place.querySelector('[data-list]');
const says = (name) => document.querySelector(`[data-says="${name}"]`).textContent;
const announce = (sentence) => {
  document.getElementById('status').textContent = sentence;
};
let shelf = null;

/** Asks and gives the answer, or the sentence that says why there is none. */
async function ask(address, values) {
  try {
    const { ok, status, said } = await namelessly(address, values);
    if (ok) return { said };
    return { status, mistake: status === 404 ? says('none') : (said.sentence ?? says('away')) };
  } catch {
    return { mistake: says('away') };
  }
}

/* ---- One question ---- */

function stateOf({ state, reworded, into }) {
  const lines = [state === 'merged' && into ? says('merged').replace('…', into.text) : says(state)];
  if (state === 'merged' && into?.state !== 'wall' && into) lines.push(says(into.state));
  if (reworded) lines.push(says('reworded'));
  return lines.join(' ');
}

function fill(item, said) {
  const set = (name, words) => {
    item.querySelector(`[data-${name}]`).textContent = words;
  };
  set('event', said.event);
  set('text', said.text);
  set('state', stateOf(said));
  set('note', said.into?.note || said.note);
  item.querySelector('[data-words]').value = said.text;
  item.querySelector('details').hidden = !['waiting', 'new', 'wall'].includes(said.state);
}

async function show(secret) {
  const { said, mistake, status } = await ask('/anon/mine', { secret });
  if (mistake) return { mistake, status };
  const item = document.getElementById('one').content.firstElementChild.cloneNode(true);
  fill(item, said);
  const fault = item.querySelector('[data-mistake]');
  item.querySelector('[data-change]').addEventListener('click', async () => {
    const changed = await ask('/anon/mine/words', { secret, text: item.querySelector('[data-words]').value });
    fault.textContent = changed.mistake ?? '';
    if (changed.mistake) return;
    fill(item, (await ask('/anon/mine', { secret })).said ?? said);
    item.querySelector('details').open = false;
    item.querySelector('summary').focus();
    announce(says('changed'));
  });
  item.querySelector('[data-take-back]').addEventListener('click', async () => {
    const taken = await ask('/anon/mine/withdrawal', { secret });
    if (taken.mistake) return announce(taken.mistake);
    await forget(secret);
    item.remove();
    place.tabIndex = -1;
    place.focus();
    announce(says('gone'));
  });
  list.append(item);
  return {};
}

async function forget(secret) {
  if (!(await shelf?.read())) return;
  await shelf.change((kept) => {
    kept.mine = kept.mine.filter((one) => one.secret !== secret);
  });
}

/* ---- By its code ---- */

async function find() {
  const code = document.getElementById('code');
  const fault = place.querySelector('[data-find] [data-mistake]');
  const secret = secretOf(code.value);
  fault.textContent = secret ? ((await show(text(secret))).mistake ?? '') : says('code');
  if (fault.textContent) return code.focus();
  code.value = '';
  list.lastElementChild.querySelector('summary').focus();
}

/* ---- Those of this browser ---- */

async function showMine() {
  const { shelf: secret, was } = place.dataset;
  if (!secret) return;
  shelf = await openShelf(secret, was);
  const mine = (await shelf.read())?.mine ?? [];
  for (const one of mine) {
    const { mistake } = await show(text(bytes(one.secret)));
    if (mistake) announce(mistake);
  }
}

place.hidden = false;
place.querySelector('[data-go]').addEventListener('click', find);
place.querySelector('[data-find]').addEventListener('submit', (event) => {
  event.preventDefault();
  find();
});
// Back to a page that the browser had put aside: it may be another person by now.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
await showMine().catch(() => {});
const nothing = place.querySelector('[data-nothing]');
if (nothing) nothing.hidden = list.children.length > 0;
place.dataset.looked = '';
