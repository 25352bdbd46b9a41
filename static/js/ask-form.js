// The form for a question where one may ask without a name: it sends nothing until the browser knows whether it can,
// and sends a name only by a button that says so.
import { bytes, codeOf, namelessly } from './secrets.js';
import { keepTrying, newSecret } from './waiting.js';

const panel = document.querySelector('[data-nameless]');
const form = panel?.closest('form');
const part = (name) => panel.querySelector(`[data-${name}]`);

/* ---- Display ---- */

let isChosen = false;
const box = panel?.querySelector('[role="switch"]');
const state = () => panel.dataset.state;
const isNamed = () => isChosen || (state() === 'ready' && !box.checked);

function draw() {
  for (const each of panel.querySelectorAll('[data-in]')) each.hidden = each.dataset.in !== state();
  const named = isNamed();
  part('with').hidden = !named;
  if (part('alone')) part('alone').hidden = named || state() !== 'ready';
  part('send').hidden = named;
  part('send').setAttribute('aria-disabled', String(state() !== 'ready'));
  part('send-named').hidden = !named;
  part('send-named').disabled = !named;
  part('choose').hidden = named || state() === 'ready';
  part('again').hidden = named || !['away', 'forgotten'].includes(state());
}

function turn(next) {
  panel.dataset.state = next;
  draw();
}

/* ---- Getting ready ---- */

let ready;
const counted = (kept) => {
  part('mine').hidden = kept.mine.length === 0;
  return kept.ask.length > 0 || kept.pending ? 'ready' : 'used';
};

async function prepare(isAgain) {
  const { kept, why } = await ready(isAgain);
  turn(why ?? counted(kept));
}

/** Follows the form of this page, if there is one; `getReady` says what this browser has. */
export function followForm(getReady) {
  if (!panel) return;
  ready = getReady;
  box.checked = true;
  part('plain').remove();
  draw();
  box.addEventListener('change', draw);
  part('send').addEventListener('click', send);
  part('again').addEventListener('click', () => {
    turn('moment');
    prepare(true);
  });
  part('choose').addEventListener('click', () => {
    isChosen = true;
    draw();
    part('send-named').focus();
  });
  // Enter in a field must not find a way past the buttons.
  form.addEventListener(
    'submit',
    (event) => {
      if (isNamed() && event.submitter === part('send-named')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  prepare(false);
}

/* ---- Asking ---- */

async function send() {
  const button = part('send');
  if (state() !== 'ready' || button.getAttribute('aria-busy') === 'true' || !form.reportValidity()) return;
  button.setAttribute('aria-busy', 'true');
  part('failed').hidden = true;
  part('sent').hidden = true;
  try {
    await ask();
  } catch (error) {
    if (error.message === 'forgotten') turn('forgotten');
    else refused(part('unsure').textContent);
  } finally {
    button.removeAttribute('aria-busy');
  }
}

/** Keeps what is about to be sent with its slip and secret, so that sent twice it counts once. */
async function ask() {
  const { place } = await ready();
  const pending = await keepPending(place);
  if (!pending) return turn('used');
  const { ok, status, said, after } = await namelessly('/anon/questions', pending.values);
  if (ok) return accepted(place, pending, {});
  if (status === 503 && said.field === 'full') {
    await accepted(place, pending, { isUnsent: true });
    return keepTrying(place, after);
  }
  const isSpent = said.field === 'slip';
  await place.shelf.change((kept) => {
    if (isSpent) kept.ask = kept.ask.filter(({ message }) => message !== pending.values.message);
    kept.pending = null;
  });
  if (isSpent || said.field === 'edit') return ask();
  refused(said.sentence ?? part('unsure').textContent);
}

async function keepPending(place) {
  const { text: words, topic, readFirst } = form.elements;
  const asked = {
    text: words.value,
    topic: Number(topic?.value) || null,
    alone: part('alone')?.querySelector('input').checked ?? false,
    // Only a page that lets a question wait offers to show it alone.
    waits: part('alone') !== null,
    readFirst: readFirst !== undefined,
  };
  let pending = null;
  await place.shelf.change(async (kept) => {
    const again = kept.pending;
    if (again && Object.keys(asked).every((name) => again.values[name] === asked[name])) pending = again;
    else if (kept.ask.length > 0) {
      const { secret, edit } = await newSecret();
      pending = { secret, values: { event: place.event, ...kept.ask[0], ...asked, edit } };
      kept.pending = pending;
    }
  });
  return pending;
}

async function accepted({ shelf }, { secret, values }, { isUnsent }) {
  let next;
  await shelf.change((kept) => {
    kept.ask = kept.ask.filter(({ message }) => message !== values.message);
    kept.mine.push({ secret, values, isUnsent, at: Date.now() });
    kept.pending = null;
    next = counted(kept);
  });
  form.elements.text.value = '';
  part('code').textContent = codeOf(bytes(secret));
  part('is-sent').hidden = Boolean(isUnsent);
  part('is-full').hidden = !isUnsent;
  part('sent').hidden = false;
  part('sent').focus();
  turn(next);
}

function refused(sentence) {
  part('failed').textContent = sentence;
  part('failed').hidden = false;
  part('failed').focus();
}

/** Says where one of one's own questions needs a choice. */
export function tellOf(found) {
  if (panel)
    part('left').hidden = !found.some(
      ({ said, isSpent, isLate }) => isSpent || isLate || said?.state === 'left',
    );
}
