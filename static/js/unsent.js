// One line that says how many presses wait on this phone, or that one has to sign in again before they are sent.

/** Shows the line, or hides it where nothing waits. `kind` is a word of its data set, such as 'signedOut'. */
export function tellUnsent(unsent, status, n, kind) {
  unsent.hidden = kind === undefined && n === 0;
  if (unsent.hidden) return;
  const words = unsent.dataset[kind ?? (n === 1 ? 'one' : 'many')].replace('{n}', n);
  if (unsent.textContent === words) return;
  unsent.textContent = words;
  status.textContent = words;
  if (kind !== 'signedOut') return;
  const link = document.createElement('a');
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = unsent.dataset.signIn;
  unsent.append(' ', link);
}
