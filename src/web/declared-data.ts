// Data of templates as their headers declare them: `data: team, person?`. In tests, reading anything else throws.

/** Reads are checked in tests alone: each costs a call. */
export const declaredData = { isChecked: false };

const header = /^<% ?\/\*([\s\S]*?)\*\//;

/** The names that a template's header says it reads; null where it has no header. */
export function namesIn(source: string): Set<string> | null {
  const found = header.exec(source)?.[1];
  if (found === undefined) return null;
  const list = /\bdata:\s([\s\S]*)$/.exec(found)?.[1] ?? '';
  return new Set(topLevel(list).flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? []));
}

/** Splits at commas outside of brackets. */
function topLevel(list: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of list) {
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

const originals = new WeakMap<object, object>();
const originalOf = <Value>(value: Value): Value =>
  (originals.get(value as object) as Value | undefined) ?? value;

/** The same data, but reading a name that is not declared throws; handing all on (`...it`) reads nothing. */
export function asDeclared(path: string, names: Set<string> | null, given: object): object {
  const data = originalOf(given);
  let spread: string | symbol | undefined;
  const checked = new Proxy(data, {
    getOwnPropertyDescriptor(target, name) {
      spread = name;
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    get(target, name) {
      const isSpread = spread === name;
      spread = undefined;
      if (typeof name === 'string' && !isSpread && !names?.has(name))
        throw new Error(`views/${path}.eta reads ${name}, which its header does not name`);
      return originalOf(Reflect.get(target, name));
    },
  });
  originals.set(checked, data);
  return checked;
}
