// Dragging trends into an order: an extra beside the buttons. A drop in the middle of a place makes both level, at its
// edge it goes before or after. What is saved is the order in the form, as with a press.

let dragged;

const rows = () => document.querySelectorAll('[data-drag="order"] .tier [data-trend]');

function makeDraggable() {
  // On a phone a finger scrolls: the buttons do it there.
  if (!matchMedia('(pointer: fine)').matches) return;
  for (const row of rows()) if (row.querySelector('button')) row.draggable = true;
}

function placeIn(tier, y) {
  const { top, height } = tier.getBoundingClientRect();
  const edge = Math.min(16, height / 4);
  if (y < top + edge) return 'before';
  return y > top + height - edge ? 'after' : 'over';
}

function clearMarks() {
  for (const tier of document.querySelectorAll('.tier')) tier.classList.remove('before', 'after', 'over');
}

/** The order with the dragged trend beside or in a tier, as text. */
function orderAfter(target, place) {
  const tiers = [...target.parentElement.children].map((tier) => ({
    tier,
    ids: [...tier.querySelectorAll('[data-trend]')]
      .map((row) => row.dataset.trend)
      .filter((id) => id !== dragged),
  }));
  const at = tiers.findIndex(({ tier }) => tier === target);
  if (place === 'over') tiers[at].ids.push(dragged);
  else tiers.splice(place === 'before' ? at : at + 1, 0, { ids: [dragged] });
  return tiers
    .map(({ ids }) => ids.join(','))
    .filter((ids) => ids !== '')
    .join(';');
}

function save(form, order) {
  if (form.elements.order.value === order) return;
  form.elements.order.value = order;
  const button = document.createElement('button');
  Object.assign(button, { name: 'do', value: 'save', hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

document.addEventListener('dragstart', (event) => {
  const row = event.target.closest?.('[data-trend]');
  if (!row) return;
  dragged = row.dataset.trend;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged);
});
document.addEventListener('dragover', (event) => {
  const tier = dragged && event.target.closest?.('[data-drag="order"] .tier');
  if (!tier) return;
  event.preventDefault();
  clearMarks();
  tier.classList.add(placeIn(tier, event.clientY));
});
document.addEventListener('drop', (event) => {
  const tier = dragged && event.target.closest?.('[data-drag="order"] .tier');
  if (!tier) return;
  event.preventDefault();
  save(tier.closest('form'), orderAfter(tier, placeIn(tier, event.clientY)));
});
document.addEventListener('dragend', () => {
  dragged = undefined;
  clearMarks();
});
document.addEventListener('htmx:after:swap', makeDraggable);
makeDraggable();
