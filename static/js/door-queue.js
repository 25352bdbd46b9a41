// The presses of one phone at the door: pure functions over a list, so that a test can let two phones take turns at will.
// A press is { id, action, here, at }: its own id, the address of its form, what it says and when it was made.

/** Adds a press; one that is there already is not added twice. */
export function withPress(queue, press) {
  return queue.some(({ id }) => id === press.id) ? queue : [...queue, press];
}

/** The queue without a press that the server has answered, whatever the answer. */
export const withoutPress = (queue, id) => queue.filter((press) => press.id !== id);

/** The next press to send: they arrive in the order in which they were made. */
export const nextPress = (queue) => inTurn(queue)[0];

const inTurn = (queue) => queue.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

/** The state that the list shows of people whose presses wait: the last press of each counts. */
export function shownBy(queue) {
  const shown = new Map();
  for (const { action, here } of inTurn(queue)) shown.set(action, here);
  return shown;
}
