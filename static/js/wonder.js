// "I wonder too" by the one ballot of this browser, once it has it.
import { namelessly } from './secrets.js';

const status = document.getElementById('status');
const buttons = () => document.querySelectorAll('[data-vote]');
const said = () => document.querySelector('[data-ballot]');

let voted = new Set();

/** What stands on it, or nothing where tallies are hidden. */
const countOn = (button) => button.querySelector('b')?.textContent;

/** `before` is the number as it was pressed: another means that the page, which follows, has been told already. */
function press(button, on, before) {
  if ((button.getAttribute('aria-pressed') === 'true') === on) return;
  button.setAttribute('aria-pressed', String(on));
  if (before === undefined || countOn(button) !== before) return;
  button.querySelector('b').textContent = String(Number(before) + (on ? 1 : -1));
}

/** The server counts ballots without knowing whose they are, so this browser marks its own. */
async function mark({ shelf }) {
  voted = new Set((await shelf.read())?.voted ?? []);
  for (const button of buttons()) {
    button.removeAttribute('aria-disabled');
    if (voted.has(button.dataset.vote)) button.setAttribute('aria-pressed', 'true');
  }
  if (said()) said().hidden = false;
}

async function cast(button, { place, kept }) {
  const id = button.dataset.vote;
  const on = !voted.has(id);
  const before = countOn(button);
  const question = /^\d{1,10}$/.test(id) ? Number(id) : id;
  const answer = await namelessly('/anon/votes', {
    event: place.event,
    ...kept.vote[0],
    question,
    on,
    ...(kept.counter?.[0] && { counter: kept.counter[0] }),
  });
  if (!answer.ok) {
    status.textContent = answer.said.sentence ?? '';
    return;
  }
  await place.shelf.change((now) => {
    now.voted = now.voted.filter((one) => one !== id);
    if (on) now.voted.push(id);
  });
  if (on) voted.add(id);
  else voted.delete(id);
  press(button, on, before);
  const { counted, takenBack } = said().dataset;
  status.textContent = on ? counted : takenBack;
}

/** Follows the wall of this page, if there is one; `getReady` says what this browser has. */
export async function followVotes(getReady) {
  if (buttons().length === 0 && !document.getElementById('wall-panel')) return;
  // A press that comes before the ballot waits for it.
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest?.('[data-vote]');
    if (!button || button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    try {
      const has = await getReady();
      if (has.kept?.vote.length > 0) await cast(button, has);
      else status.textContent = document.querySelector('[data-no-ballot]').textContent;
    } catch {
      status.textContent = status.dataset.away;
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
  const has = await getReady();
  if (has.kept?.vote.length > 0) {
    await mark(has.place);
    document.addEventListener('htmx:after:swap', () => mark(has.place));
    return;
  }
  const tell = () => {
    const without = document.querySelector('[data-no-ballot]');
    if (without) without.hidden = false;
  };
  tell();
  document.addEventListener('htmx:after:swap', tell);
}
