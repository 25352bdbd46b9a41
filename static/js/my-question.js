// One of one's own questions without a name: what became of it, and what one can do about it.
import { namelessly } from './secrets.js';

const says = (name) => document.querySelector(`[data-says="${name}"]`).textContent;

/** Speaks one sentence for people who cannot see what changed. */
export const announce = (sentence) => {
  document.getElementById('status').textContent = sentence;
};

/** Asks and gives { said }, or { mistake, status, field } with the sentence that says why there is no answer. */
export async function ask(address, values) {
  try {
    const { ok, status, said } = await namelessly(address, values);
    if (ok) return { said };
    const { field } = said;
    return { status, field, mistake: status === 404 ? says('none') : (said.sentence ?? says('away')) };
  } catch {
    return { mistake: says('away') };
  }
}

/* ---- Sentences about a question ---- */

const published = ['new', 'wall'];
const withHour = (name, hour) => says(hour ? name : `${name}-now`).replace('…', hour);

function stateOf({ state, reworded, into, pending, hour }, { isUnsent, isSpent, isLate }) {
  if (isSpent) return says('spent');
  if (isLate) return says('late');
  if (isUnsent) return says('unsent');
  if (pending) return withHour(`pending-${pending}`, hour);
  if (state === 'waiting') return withHour('waiting', hour);
  const lines = [state === 'merged' && into ? says('merged').replace('…', into.text) : says(state)];
  if (state === 'merged' && into && into.state !== 'wall') lines.push(says(into.state));
  if (reworded) lines.push(says('reworded'));
  return lines.join(' ');
}

/** Lists the buttons that a question shows. */
function actsOf({ state, pending, hour }, { isUnsent, isSpent, isLate, isKept }) {
  if (isSpent) return ['resend', 'drop'];
  if (isLate) return ['with-name', 'show', 'drop'];
  if (isUnsent) return ['drop'];
  if (state === 'left') return [...(isKept ? ['with-name'] : []), 'show', 'withdraw'];
  const isOut = published.includes(state);
  if (isOut && hour) return pending === 'withdrawal' ? ['now'] : ['edit', 'save', 'withdraw', 'now'];
  return isOut || state === 'waiting' ? ['edit', 'save', 'withdraw'] : ['withdraw'];
}

function fill(item, said, flags) {
  const set = (name, words) => {
    const line = item.querySelector(`[data-${name}]`);
    line.textContent = words;
    line.hidden = words === '';
  };
  set('event', flags.isKept ? '' : said.event);
  set('text', said.text);
  set('state', stateOf(said, flags));
  set('note', said.into?.note || said.note || '');
  const acts = actsOf(said, flags);
  for (const button of item.querySelectorAll('[data-act]'))
    button.hidden = !acts.includes(button.dataset.act);
  const hint = acts.includes('now') ? withHour('take-down', said.hour) : '';
  set('hint', acts.includes('show') ? says('alone') : hint);
  set('edit-hint', published.includes(said.state) && said.hour ? withHour('edit-later', said.hour) : '');
  item.querySelector('[data-words]').value = said.text;
  // Only where an hour is named does the page promise to wait for it.
  item.dataset.waits = said.hour ? 'yes' : '';
}

/* ---- Actions ---- */

/**
 * Puts a question into the list. `flags` tells of what this browser keeps; `does` has 'resend', 'drop' and 'with-name'
 * for what only a page of the event can do, and `gone` and `changed` to be told.
 */
export function place(list, secret, said, flags, does) {
  const item = document.getElementById('one').content.firstElementChild.cloneNode(true);
  fill(item, said, flags);
  const fault = item.querySelector('[data-mistake]');
  const refresh = async () => {
    const again = await ask('/anon/mine', { secret });
    if (again.said) fill(item, again.said, { ...flags, isSpent: false, isUnsent: false, isLate: false });
    return again;
  };
  const leave = (sentence) => {
    item.remove();
    list.tabIndex = -1;
    list.focus();
    announce(sentence);
  };
  const acts = actions({ item, secret, flags, does, refresh, leave });
  item.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-act]');
    const act = acts[button?.dataset.act];
    if (!act || button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    fault.textContent = (await act()) ?? '';
    button.removeAttribute('aria-busy');
  });
  list.append(item);
}

/** Actions of the buttons; each gives a sentence where it could not be done. */
function actions({ item, secret, flags, does, refresh, leave }) {
  const waits = () => item.dataset.waits === 'yes';
  /** The event began meanwhile: what the page promised is no more, so it shows what it promises now. Words typed stay. */
  const begun = async ({ field, mistake }) => {
    const typed = item.querySelector('[data-words]').value;
    if (field === 'begun') await refresh();
    item.querySelector('[data-words]').value = typed;
    return mistake;
  };
  const gone = async () => {
    await does.gone?.(secret);
    leave(says('gone'));
  };
  const withdraw = async (now) => {
    const answer = await ask('/anon/mine/withdrawal', { secret, now, waits: waits() });
    if (answer.mistake) return begun(answer);
    if (answer.said.state === 'gone') return gone();
    await refresh();
    announce(item.querySelector('[data-state]').textContent);
  };
  return {
    withdraw: () => withdraw(false),
    now: () => withdraw(true),
    save: async () => {
      const words = item.querySelector('[data-words]').value;
      const answer = await ask('/anon/mine/words', { secret, text: words, waits: waits() });
      if (answer.mistake) return begun(answer);
      await does.changed?.(secret, words);
      await refresh();
      item.querySelector('details').open = false;
      item.querySelector('summary').focus();
      announce(says('changed'));
    },
    show: async () => {
      const mistake = flags.isLate
        ? await does.showLate(secret)
        : (await ask('/anon/mine/showing', { secret })).mistake;
      if (mistake) return mistake;
      await refresh();
      announce(item.querySelector('[data-state]').textContent);
    },
    drop: gone,
    resend: async () => {
      const mistake = await does.resend(secret);
      if (!mistake) await refresh();
      return mistake;
    },
    'with-name': async () => {
      const mistake = await does.withName(secret, item.querySelector('[data-text]').textContent);
      if (mistake) return mistake;
      await ask('/anon/mine/withdrawal', { secret, now: true, waits: false });
      await does.gone?.(secret);
      leave(says('named'));
    },
  };
}
