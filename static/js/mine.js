// What became of one's own questions without a name, by the secrets in this browser or by a code.
import { bytes, namelessly, secretOf, text } from './secrets.js';
import { names, read, write } from './shelf.js';

const place = document.getElementById('mine');
const list = place.querySelector('[data-list]');
const says = (name) => document.querySelector(`[data-says="${name}"]`).textContent;
const announce = (sentence) => {
  document.getElementById('status').textContent = sentence;
};

/** Asks and gives the answer, or the sentence that says why there is none. */
async function ask(address, values) {
  try {
    const { ok, status, said } = await namelessly(address, values);
    if (ok) return { said };
    return { mistake: status === 404 ? says('none') : (said.sentence ?? says('away')) };
  } catch {
    return { mistake: says('away') };
  }
}

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
  const { said, mistake } = await ask('/anon/mine', { secret });
  if (mistake) return mistake;
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
    document.getElementById('code').focus();
    announce(says('gone'));
  });
  list.append(item);
  return null;
}

const shelves = async () => (await names()).filter((name) => name.startsWith('slips.'));

async function forget(secret) {
  for (const name of await shelves()) {
    const kept = await read(name);
    kept.mine = kept.mine.filter((one) => one.secret !== secret);
    await write(name, kept);
  }
}

async function find() {
  const code = document.getElementById('code');
  const fault = place.querySelector('[data-find] [data-mistake]');
  const secret = secretOf(code.value);
  fault.textContent = secret ? ((await show(text(secret))) ?? '') : says('code');
  if (fault.textContent) return code.focus();
  code.value = '';
  list.lastElementChild.querySelector('summary').focus();
}

place.hidden = false;
document.querySelector('[data-noscript]').hidden = true;
place.querySelector('[data-go]').addEventListener('click', find);
place.querySelector('[data-find]').addEventListener('submit', (event) => {
  event.preventDefault();
  find();
});
for (const name of await shelves().catch(() => []))
  for (const { secret } of (await read(name)).mine) await show(text(bytes(secret)));
