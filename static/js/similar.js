// Questions that say nearly the same, while one types. They are compared in this browser: what somebody types leaves it
// only when they send it, and the list is fetched when the page opens, never when they begin to write, so that
// nobody learns who was about to ask.

const panel = document.querySelector('[data-similar]');
const field = document.getElementById('text');

/* As PostgreSQL's pg_trgm does it, so that the desk and this page agree: words in small letters, two spaces before, one after. */
function trigrams(text) {
  const found = new Set();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3));
  }
  return found;
}

function likeness(typed, other) {
  let shared = 0;
  for (const one of typed) if (other.has(one)) shared++;
  const all = typed.size + other.size - shared;
  return all === 0 ? 0 : Math.max(shared / all, (shared / typed.size) * 0.8 * Math.min(1, typed.size / 20));
}

let list = [];
async function load() {
  const answer = await fetch(`${panel.dataset.similar}/list`, { headers: { accept: 'application/json' } });
  if (answer.ok) list = (await answer.json()).questions;
}

function nearest(text) {
  const typed = trigrams(text);
  return list
    .map((one) => {
      one.trigrams ??= trigrams(one.text);
      return { one, likeness: likeness(typed, one.trigrams) };
    })
    .filter(({ likeness }) => likeness >= 0.45)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ one }) => one);
}

let shown = '';
function show(found) {
  const key = found.map(({ id }) => id).join(' ');
  if (key === shown) return;
  shown = key;
  panel.hidden = found.length === 0;
  const items = found.map((one) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `${panel.dataset.similar}?at=${one.id}#question-${one.id}`;
    link.textContent = one.text;
    item.append(link);
    return item;
  });
  panel.querySelector('ul').replaceChildren(...items);
}

let waiting;
field?.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(field.value.trim().length < 12 ? [] : nearest(field.value)), 250);
});

if (panel && field) load().catch(() => {});
