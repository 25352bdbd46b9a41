// The desk by keyboard: the letter on a button presses it. Without this script everything is links and forms.
// Single letters can be switched off (WCAG 2.1.4), and they are silent while somebody types.

const key = 'desk-keys';
const box = document.getElementById('keys-on');
document.querySelector('[data-keys]')?.removeAttribute('hidden');

function isOn() {
  return box?.checked ?? true;
}

try {
  if (box && localStorage.getItem(key) === 'off') box.checked = false;
} catch {}

box?.addEventListener('change', () => {
  try {
    localStorage.setItem(key, box.checked ? 'on' : 'off');
  } catch {}
});

const isTyping = (target) => target.closest('input:not([type="checkbox"]), textarea, select') !== null;

function press(element) {
  if (element.tagName !== 'SUMMARY') {
    element.click();
    return;
  }
  const details = element.parentElement;
  details.open = true;
  const field = details.querySelector('textarea, input:not([type="hidden"]), button');
  const first = details.querySelector('.similar button') ?? field;
  first?.focus();
  if (first?.matches('textarea')) first.select();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === 'Escape' && isTyping(event.target)) {
    document.getElementById('desk-question')?.focus();
    return;
  }
  if (!isOn() || event.repeat || isTyping(event.target)) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found) return;
  event.preventDefault();
  press(found);
});
