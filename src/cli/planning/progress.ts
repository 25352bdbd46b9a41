/** Anything that lines can be written to, a terminal or not. */
interface Stream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Shows how far a planner is. */
export interface Progress {
  /** A line that the next one takes the place of. */
  show: (sentence: string) => void;
  /** Takes the last such line away. */
  end: () => void;
  /** A line that stays. */
  note: (sentence: string) => void;
}

/** One line at the foot of a terminal, and silence in a pipe or a file. */
export function progressOn(stream: Stream): Progress {
  if (!stream.isTTY) return { show() {}, end() {}, note() {} };
  let shown = false;
  const clear = () => {
    if (shown) stream.write('\r\u001b[K');
    shown = false;
  };
  return {
    show(sentence) {
      clear();
      stream.write([...sentence].slice(0, (stream.columns || 80) - 1).join(''));
      shown = true;
    },
    end: clear,
    note: (sentence) => stream.write(`${sentence}\n`),
  };
}
