// Pages that follow an event: connects again when the connection is lost, and tells what came without moving what one
// reads. Without it a refresh shows the same.

const live = document.getElementById('live');
const lost = document.getElementById('live-lost');

/* ---- The connection ---- */

/** The server gives a sign of life every 20 seconds; after twice that the line is dead, whatever the browser thinks. */
const deadAfter = 45_000;
let connection;
let last = Date.now();
let tries = 0;
let losing;

function alive() {
  last = Date.now();
  tries = 0;
  clearTimeout(losing);
  losing = undefined;
  lost.hidden = true;
}

/** Said after a while only: most connections are back before one would have read it. */
function gone() {
  if (isOver) return;
  losing ??= setTimeout(() => {
    lost.hidden = false;
  }, 4000);
}

const refused = [401, 404, 410];
let isOver = false;

function over() {
  isOver = true;
  clearTimeout(losing);
  lost.textContent = lost.dataset.over;
  lost.hidden = false;
}

/** Ends what is dead, or cuts the waiting short: htmx then connects again. */
function again() {
  if (isOver) return;
  if (!live._htmx?.sse) return htmx.trigger(live, 'again');
  connection?.reader?.cancel();
  connection?.delayCanceller?.();
}

live.addEventListener('htmx:sse:before:connection', (event) => {
  connection = event.detail.connection;
  delete live.dataset.follows;
  if (connection.attempt > 0 && !document.hidden) gone();
});
live.addEventListener('htmx:sse:after:connection', () => {
  live.dataset.follows = '';
  alive();
});
live.addEventListener('htmx:sse:after:message', alive);
live.addEventListener('htmx:sse:error', (event) => {
  // Signed out, uninvited or over: another try would be told the same.
  if (!refused.includes(event.detail.status)) return;
  event.detail.connection.config.reconnectMaxAttempts = 0;
  over();
});
live.addEventListener('htmx:finally:request', (event) => {
  const status = event.detail.ctx?.response?.raw?.status;
  if (live._htmx?.sse || status === 200) return;
  if (refused.includes(status)) return over();
  gone();
  tries += 1;
  setTimeout(again, Math.min(10_000, 500 * 2 ** tries) * (0.7 + Math.random() * 0.6));
});
addEventListener('online', again);
setInterval(() => {
  if (!document.hidden && Date.now() - last > deadAfter) {
    last = Date.now();
    gone();
    again();
  }
}, 5000);

/* ---- Text being read stays where it is, also in browsers that do not hold the page by themselves ---- */

const slot = document.getElementById('now-panel');
let held;

const topOf = (element) => element.getBoundingClientRect().top;
const isInView = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};
const isBelow = (element) => slot.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;

/** The field one types in, or else the first thing in view below the place where something may come. */
function landmark() {
  const typing = document.activeElement;
  if (typing.matches('input, textarea, select') && isBelow(typing) && isInView(typing)) return typing;
  return [...document.querySelectorAll('main :is(h2, h3, .lead, .q, p)')].find(
    (one) => isBelow(one) && !one.closest('[hidden], #now-panel') && isInView(one),
  );
}

if (slot) {
  live.addEventListener('htmx:sse:before:message', () => {
    const element = landmark();
    held = element && { element, top: topOf(element) };
  });
  live.addEventListener('htmx:sse:after:message', () => {
    if (!held?.element.isConnected) return;
    const moved = topOf(held.element) - held.top;
    if (moved !== 0) scrollBy({ top: moved, behavior: 'instant' });
  });
}

/* ---- The wall: numbers change in place, what is new waits for a press ---- */

const button = () => document.getElementById('wall-news');
const fresh = new Set();

function told([id, votes, state, table, isNew]) {
  const row = document.getElementById(`question-${id}`);
  if (votes !== null)
    for (const number of document.querySelectorAll(`#vote-${id} b`)) number.textContent = votes;
  if (row) mark(row, state);
  else if (isNew && isHere(table)) fresh.add(id);
  if (state !== 'wall') fresh.delete(id);
}

function isHere(table) {
  const chosen = button()?.parentElement.dataset.table;
  return !chosen || chosen === String(table);
}

/** A question that is no longer only on the wall says so where it stands. */
function mark(row, state) {
  if (row.dataset.state === state) return;
  row.dataset.state = state;
  const meta = row.querySelector('.meta');
  const words = (of) => document.getElementById('live-marks').content.querySelector(`[data-state="${of}"]`);
  const table = words('table').textContent;
  for (const tag of meta?.querySelectorAll('.tag') ?? [])
    if (tag.dataset.state || tag.textContent.trim() === table) tag.remove();
  if (words(state)) meta?.prepend(words(state).cloneNode(true));
}

function showNews(isUnsure = false) {
  const link = button();
  if (!link) return;
  const n = fresh.size;
  link.hidden = n === 0 && !isUnsure && link.hidden;
  if (n > 0) link.textContent = (n === 1 ? link.dataset.one : link.dataset.many).replace('{n}', n);
  else if (isUnsure) link.textContent = link.dataset.some;
  const address = addressOfNews();
  for (const name of ['href', 'hx-get']) link.setAttribute(name, address);
  if (!link.hidden) document.getElementById('status').textContent = link.textContent;
}

/** The page on which the first new question stands, or the one that is shown. */
function addressOfNews() {
  const { news } = document.getElementById('wall-panel').dataset;
  const [first] = fresh;
  return first === undefined ? news : `${news}${news.includes('?') ? '&' : '?'}at=${first}`;
}

live.addEventListener('wall', ({ detail }) => {
  for (const one of JSON.parse(detail.data)) told(one);
  showNews();
});
live.addEventListener('stale', () => showNews(true));

/** Marks those that are there now; the rest waits, unless somebody pressed to see it. */
function arrived(isPressed) {
  const rows = [...fresh].map((id) => document.getElementById(`question-${id}`)).filter(Boolean);
  for (const row of rows) {
    row.dataset.new = '';
    row.setAttribute('tabindex', '-1');
    fresh.delete(row.id.replace('question-', ''));
  }
  // What came on another page waits for the next press.
  if (isPressed && rows.length === 0) fresh.clear();
  if (button()) button().hidden = fresh.size === 0;
  showNews();
  if (isPressed) document.querySelector('.q[data-new]')?.focus();
}

document.addEventListener('htmx:after:swap', () => fresh.size > 0 && arrived(false));
document.addEventListener('htmx:finally:request', (event) => {
  if (event.target === button()) arrived(true);
});

/* ---- The event's page: the room fills; not everyone asks for it at the same moment ---- */

let filling;
live.addEventListener('room', () => {
  const room = document.getElementById('room-follow');
  if (!room || filling) return;
  filling = setTimeout(
    () => {
      filling = undefined;
      room.dispatchEvent(new Event('refresh'));
    },
    500 + Math.random() * 4000,
  );
});

/* ---- One's own tables: other seats were published ---- */

live.addEventListener('seats', () => {
  const seats = document.getElementById('seat-follow');
  // Within a second, and a roomful of phones not at one moment.
  if (seats) setTimeout(() => seats.dispatchEvent(new Event('refresh')), Math.random() * 1000);
});

// Only now: htmx may have looked at the page before its extension was there.
live.setAttribute('hx-sse:connect', live.dataset.changes);
htmx.process(live);

/* ---- A phone that opened the letter finds its way back from the QR code in the room ---- */

const { code, base } = live.dataset;
try {
  if (code) localStorage.setItem(`flipside.link.${code}`, base);
} catch {
  // Nothing can be kept here: the code then asks to sign in.
}
