// Asking and wondering without a name: slips are fetched when a page of the event opens, never when one asks.
import { bytes, codeOf, joined, namelessly, plain, random, sha256, text } from './secrets.js';
import { isAble, shelf, slipsOf } from './slips.js';

const place = document.getElementById('slips');
const here = shelf(place);
const off = place.dataset.off;
const status = document.getElementById('status');
const panel = document.querySelector('[data-nameless]');
const part = (name) => panel?.querySelector(`[data-${name}]`);
const box = part('switch')?.querySelector('input');
const change = (act) =>
  navigator.locks.request(here.lock, async () => {
    const kept = await here.read();
    await act(kept);
    await here.write(kept);
  });

/* ---- Whether it is on here, and why not ---- */

function explain(why) {
  part('switch').hidden = true;
  part('promise').hidden = true;
  box.checked = false;
  part('named').hidden = false;
  part('off').hidden = true;
  for (const each of panel.querySelectorAll('[data-why]')) each.hidden = each.dataset.why !== why;
}

function open() {
  part('off').hidden = true;
  part('switch').hidden = false;
  part('promise').hidden = false;
  box.checked = true;
  part('named').hidden = true;
  box.addEventListener('change', () => {
    part('named').hidden = box.checked;
  });
  panel.closest('form').addEventListener('submit', (event) => {
    if (!box.checked) return;
    event.preventDefault();
    send(event.target);
  });
}

async function begin() {
  if (!(await isAble())) return off || !panel ? undefined : explain('unable');
  const { kept, why } = await slipsOf(here).catch(() => ({ why: 'away' }));
  if (off) return;
  if (why) {
    if (panel) explain(why);
    return;
  }
  if (kept.vote.length > 0) await wonder();
  if (!panel) return;
  if (kept.ask.length > 0 || kept.pending) open();
  else explain('used');
}

/* ---- Asking ---- */

/** What is about to be sent is kept with its slip and secret, so that sent twice it counts once. */
async function send(form) {
  const button = form.querySelector('button:not([type="button"])');
  part('failed').hidden = true;
  try {
    const pending = await prepare(form);
    if (!pending) return explain('used');
    const { ok, said } = await namelessly('/anon/questions', pending.values);
    if (ok) await accepted(form, pending);
    else if (said.field === 'slip') {
      await change((kept) => {
        kept.ask = kept.ask.filter(({ message }) => message !== pending.values.message);
        kept.pending = null;
      });
      await send(form);
    } else {
      await change((kept) => {
        kept.pending = null;
      });
      refused(said.sentence);
    }
  } catch {
    refused(part('unsure').textContent);
  } finally {
    // Later than the script of all pages, which marks a pressed button as busy.
    setTimeout(() => button.removeAttribute('aria-busy'));
  }
}

async function prepare(form) {
  const { text: words, topic } = form.elements;
  let pending;
  await change(async (kept) => {
    const asked = { text: words.value, topic: Number(topic?.value) || null };
    const again = kept.pending;
    if (again && again.values.text === asked.text && again.values.topic === asked.topic) pending = again;
    else if (kept.ask.length > 0) {
      const secret = random(16);
      const edit = text(await sha256(joined(plain('edit'), secret)));
      pending = { secret: text(secret), values: { event: here.event, ...kept.ask[0], ...asked, edit } };
      kept.pending = pending;
    }
  });
  return pending;
}

async function accepted(form, { secret, values }) {
  await change((kept) => {
    kept.ask = kept.ask.filter(({ message }) => message !== values.message);
    kept.mine.push({ secret });
    kept.pending = null;
  });
  form.elements.text.value = '';
  part('code').textContent = codeOf(bytes(secret));
  part('sent').hidden = false;
  part('sent').focus();
  if ((await here.read()).ask.length === 0) explain('used');
}

function refused(sentence) {
  part('failed').textContent = sentence;
  part('failed').hidden = false;
  part('failed').focus();
}

/* ---- "I wonder too" by the one ballot of this browser ---- */

let voted = new Set();

const idIn = (button) => /\/questions\/([\w-]+)\/vote$/.exec(button.getAttribute('formaction'))?.[1];

/** What stands on it, or nothing where tallies are hidden. */
const countOn = (button) => button.querySelector('b')?.textContent;

/** `before` is the number as it was pressed: another means that the page, which follows, has been told already. */
function press(button, on, before) {
  if ((button.getAttribute('aria-pressed') === 'true') === on) return;
  button.setAttribute('aria-pressed', String(on));
  if (before === undefined || countOn(button) !== before) return;
  button.querySelector('b').textContent = String(Number(before) + (on ? 1 : -1));
}

/** The server counts this browser's ballots without knowing them, so here they are marked as ours. */
async function mark() {
  voted = new Set((await here.read()).voted);
  for (const button of document.querySelectorAll('[form="wonder"]'))
    if (voted.has(idIn(button))) button.setAttribute('aria-pressed', 'true');
  for (const each of document.querySelectorAll('[data-ballot]')) each.hidden = false;
}

async function cast(button, id) {
  const { vote } = await here.read();
  const on = !voted.has(id);
  const before = countOn(button);
  const question = /^\d{1,10}$/.test(id) ? Number(id) : id;
  const { ok, said } = await namelessly('/anon/votes', { event: here.event, ...vote[0], question, on });
  if (!ok) {
    status.textContent = said.sentence ?? '';
    return;
  }
  await change((kept) => {
    kept.voted = kept.voted.filter((one) => one !== id);
    if (on) kept.voted.push(id);
  });
  if (on) voted.add(id);
  else voted.delete(id);
  press(button, on, before);
  const { counted, takenBack } = document.querySelector('[data-ballot]').dataset;
  status.textContent = on ? counted : takenBack;
}

async function wonder() {
  await mark();
  document.addEventListener('htmx:after:swap', mark);
  document.addEventListener(
    'click',
    (event) => {
      const button = event.target.closest?.('[form="wonder"]');
      const id = button && idIn(button);
      if (!id) return;
      // A vote given with one's name is taken back with it.
      if (button.value === 'no' && !voted.has(id)) return;
      event.preventDefault();
      event.stopPropagation();
      cast(button, id).catch(() => {
        status.textContent = part('unsure')?.textContent ?? '';
      });
    },
    true,
  );
}

begin();
