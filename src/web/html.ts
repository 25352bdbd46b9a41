// Markup that is known to be safe, and the escaping of everything that is not.

/** Finished markup. Only this room makes it: from a rendered template, an icon or a picture of ours. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const special = /[&<>"']/;

export function escapeText(text: string): string {
  return special.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character]!) : text;
}

/** Prints `<%= … %>`: markup as it is, everything else escaped; throws on undefined, which is a mistake. */
export function print(value: unknown): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeText(value);
  if (value === undefined) throw new Error('A template printed undefined');
  if (value === null || value === false) return '';
  return escapeText(String(value));
}
