// Behaviour of all pages beyond htmx: where the focus goes after a change, one spoken sentence, a busy button,
// and beginnings of a sentence. Every page works without it.

const status = () => document.getElementById('status');

/* ---- One sentence after a change, spoken and shown for a while ---- */

/** Once it was read it leaves the address, so that a reload, a bookmark or the way back does not say it again. */
addEventListener('load', () => {
  setTimeout(() => {
    const here = new URL(location.href);
    if (!here.searchParams.has('said') && !here.searchParams.has('left')) return;
    here.searchParams.delete('said');
    here.searchParams.delete('left');
    history.replaceState(history.state, '', here);
  }, 500);
});

let fading;
function say(sentence) {
  const line = status();
  if (!line) return;
  line.textContent = '';
  // Emptied first: a screen reader speaks a change, not what was there when the page came.
  setTimeout(() => {
    line.textContent = sentence;
  }, 80);
}

function fadeLater() {
  clearTimeout(fading);
  fading = setTimeout(() => status()?.classList.add('past'), 10_000);
}

/* ---- On a phone the tab one is on may be beside the screen ---- */

for (const tab of document.querySelectorAll('.tabs [aria-current]'))
  tab.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });

/* ---- Focus after a swap: on what changed, or its successor ---- */

let before;

/** Remembers the focus by id, by name and value, and by its place among what can be focused in the target. */
function remember(target) {
  const focused = document.activeElement;
  before = undefined;
  if (!focused || focused === document.body || !target.contains(focused)) return;
  before = {
    id: focused.id,
    name: focused.getAttribute('name'),
    value: focused.getAttribute('value'),
    owner: focused.closest('li[id], tr[id], section[id], article[id]')?.id,
    place: focusable(target).indexOf(focused),
    panel: target.id,
  };
}

function focusable(root) {
  const all = root.querySelectorAll(
    'a[href], button:not([disabled]), input:not([type="hidden"]), select, textarea, summary',
  );
  return [...all].filter((element) => element.checkVisibility());
}

function successor() {
  const panel = document.getElementById(before.panel);
  if (!panel) return document.getElementById('main');
  const asked = panel.querySelector('[data-focus], [autofocus]');
  const same = before.id && document.getElementById(before.id);
  const owner = before.owner && document.getElementById(before.owner);
  const choices = focusable(owner || panel);
  const alike = choices.find((each) => each.name && each.name === before.name && each.value === before.value);
  return asked || same || alike || choices[owner ? 0 : Math.min(before.place, choices.length - 1)] || panel;
}

function restoreFocus() {
  if (!before) return;
  const focused = document.activeElement;
  const mistakes = document.getElementById(before.panel)?.querySelector('.error-summary');
  const lost = !focused || focused === document.body || !focused.checkVisibility();
  if (mistakes || lost) giveFocus(mistakes || successor());
  before = undefined;
}

function giveFocus(element) {
  if (!element) return;
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
  element.focus({ preventScroll: false });
}

/* ---- A button that is at work says so ---- */

function busy(form, submitter) {
  const button = submitter ?? form.querySelector('button:not([type="button"])');
  // Later than this tick, so that the button's own name and value still travel with the form.
  if (button) setTimeout(() => button.setAttribute('aria-busy', 'true'));
}

function idle() {
  for (const button of document.querySelectorAll('[aria-busy="true"]')) button.removeAttribute('aria-busy');
}

/* ---- A link to copy ---- */

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    say(button.dataset.copied);
  });
}

/* ---- Beginnings of a sentence ---- */

function showStarters(root) {
  for (const group of root.querySelectorAll('[data-starters-for]')) group.hidden = false;
}

function begin(starter) {
  const field = document.getElementById(starter.closest('[data-starters-for]').dataset.startersFor);
  if (!field) return;
  const words = starter.textContent.trim().replace(/(\u2026|\.\.\.)$/, ' ');
  const written = field.value.trim();
  field.value = written ? `${field.value.trimEnd()} ${words}` : words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

/* ---- A list of time zones begins with the browser's own ---- */

function ownZone(list) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = [...list.options].find((each) => each.value === own || each.dataset.also === own);
  if (option) option.selected = true;
}

/* ---- Listening ---- */

document.addEventListener('htmx:before:swap', (event) => remember(event.detail.ctx?.target ?? document.body));
document.addEventListener('htmx:after:swap', () => {
  showStarters(document);
  restoreFocus();
});
document.addEventListener('htmx:before:request', (event) => {
  const source = event.detail.ctx?.sourceElement;
  if (source?.matches('button')) source.setAttribute('aria-busy', 'true');
});
// After what `busy` does later: a request that fails at once is over before the button says that it is at work.
document.addEventListener('htmx:finally:request', () => setTimeout(idle));
// A refresh that a page makes by itself is tried again later; a press that failed is told.
document.addEventListener('htmx:error', ({ detail }) => {
  const isPressed = detail.ctx?.sourceElement?.matches('button, a, form, input');
  if (isPressed && status()) say(status().dataset.away);
});
document.addEventListener('submit', (event) => {
  // A second press while the first is under way does nothing.
  const pressed = event.submitter;
  if (pressed?.getAttribute('aria-busy') === 'true') event.preventDefault();
  else busy(event.target, pressed);
});
document.addEventListener('click', (event) => {
  const starter = event.target.closest?.('[data-starter]');
  if (starter) begin(starter);
});
document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && document.activeElement?.closest('details.menu[open]');
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]'))
    if (!menu.contains(event.target)) menu.open = false;
});
// Back from another page by the browser's own button: nothing is at work any more.
addEventListener('pageshow', idle);

showStarters(document);
document.querySelectorAll('select[data-own-zone]').forEach(ownZone);
const summary = document.querySelector('.error-summary');
if (summary) giveFocus(summary);
// Whatever writes there, it is seen for as long.
if (status())
  new MutationObserver(() => {
    if (!status().textContent.trim()) return;
    status().classList.remove('past');
    fadeLater();
  }).observe(status(), { childList: true });
const said = status()?.textContent.trim();
if (said) say(said);
