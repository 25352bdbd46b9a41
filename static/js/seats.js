// Dragging people from table to table: an extra beside the two presses, which it presses itself.

let dragged;

function makeDraggable() {
  // On a phone a finger scrolls: the presses do it there.
  if (!matchMedia('(pointer: fine)').matches) return;
  for (const seat of document.querySelectorAll('form.seats label.seat')) seat.draggable = true;
}

const tableAt = (event) => dragged && event.target.closest?.('form.seats .table');

function clearMarks() {
  for (const table of document.querySelectorAll('form.seats .table.over')) table.classList.remove('over');
}

document.addEventListener('dragstart', (event) => {
  const seat = event.target.closest?.('form.seats label.seat');
  if (!seat) return;
  dragged = seat.querySelector('input[name="who"]');
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', seat.textContent.trim());
});
document.addEventListener('dragover', (event) => {
  const table = tableAt(event);
  if (!table) return;
  event.preventDefault();
  clearMarks();
  table.classList.add('over');
});
document.addEventListener('drop', (event) => {
  const table = tableAt(event);
  const put = table?.querySelector('button[name="to"]:not(:disabled)');
  if (!put) return;
  event.preventDefault();
  if (table.contains(dragged)) return;
  dragged.checked = true;
  put.click();
});
document.addEventListener('dragend', () => {
  dragged = undefined;
  clearMarks();
});
document.addEventListener('htmx:after:swap', makeDraggable);
makeDraggable();
