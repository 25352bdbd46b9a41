// Dragging blocks into an order: an extra beside the buttons. A drop puts the block before the one it lies on.

let dragged = null;

const rowsIn = () => document.querySelectorAll('[data-drag="run"] > [data-block]:not(.open)');

function makeDraggable() {
  // On a phone a finger scrolls: the buttons do it there.
  if (!matchMedia('(pointer: fine)').matches) return;
  for (const row of rowsIn()) if (row.querySelector('.r-o')) row.draggable = true;
}

const rowAt = (event) => event.target.closest?.('[data-drag="run"] > [data-block]');

function clearMarks() {
  for (const row of document.querySelectorAll('[data-over]')) delete row.dataset.over;
}

/** Sends the move through the row's own form, as a press would. */
function move(row, before) {
  const form = row.querySelector('.r-o');
  for (const [name, value] of Object.entries({ move: row.dataset.block, before })) {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    form.append(field);
  }
  form.requestSubmit();
}

document.addEventListener('dragstart', (event) => {
  const row = rowAt(event);
  if (!row?.draggable) return;
  dragged = row;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', row.dataset.block);
});
document.addEventListener('dragover', (event) => {
  const row = dragged && rowAt(event);
  if (!row) return;
  event.preventDefault();
  clearMarks();
  row.dataset.over = '';
});
document.addEventListener('drop', (event) => {
  const row = dragged && rowAt(event);
  clearMarks();
  if (!row || row === dragged) return;
  event.preventDefault();
  const { top, height } = row.getBoundingClientRect();
  const target = event.clientY < top + height / 2 ? row : row.nextElementSibling;
  if (target !== dragged) move(dragged, target?.dataset.block ?? '0');
});
document.addEventListener('dragend', () => {
  dragged = null;
  clearMarks();
});
document.addEventListener('htmx:after:swap', makeDraggable);
makeDraggable();
