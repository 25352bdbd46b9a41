// Fills in the forms of a page the way somebody hasty would.
import type { Answer, Browser, Shown } from '../browser.ts';
import { isLetter, isPage, type Visit } from './crawl.ts';
import { documentOf, type FoundForm, factsOf } from './facts.ts';

export type { FoundForm } from './facts.ts';

/** One of each form that was seen, told apart by its address with the numbers and links left out. */
export function oneOfEach(visits: readonly Visit[]) {
  const kinds = new Map<string, { visit: Visit; form: FoundForm; from: string }>();
  for (const visit of visits) {
    for (const [address, answer] of visit.seen) {
      if (!isPage(answer) || isLetter(address)) continue;
      for (const form of factsOf(answer).forms) {
        const kind = form.address
          .replace(/^\/([ir]|offer|wishes|partner)\/[^/]+/, '/$1/…')
          .replace(/[0-9a-f]{32}|\d+/g, '…');
        if (!kinds.has(kind)) kinds.set(kind, { visit, form, from: address });
      }
    }
  }
  // Acts that end something come last: nothing can be asked at an event that is called off. Guests change their own question
  // first: at the desk it may be settled.
  const ends = (kind: string) => (kind.endsWith('/cancellation') ? 1 : kind.endsWith('/words') ? -1 : 0);
  return [...kinds.entries()].sort(([a], [b]) => ends(a) - ends(b));
}

/** Bytes that all fields of one form may have together, as the program takes a megabyte at most. */
const mostOfAForm = 900_000;

/** As much of a text as each of the form's fields has room for, encoded. */
export function fitting(text: string, form: FoundForm): string {
  const share = Math.floor(mostOfAForm / Math.max(1, form.typed.length) / 3);
  return text.slice(0, share).trim();
}

/** Sends the form with this in every field one types into. */
export function sendWith(browser: Browser, form: FoundForm, text: string, link?: string): Promise<Answer> {
  const typed = Object.fromEntries(form.typed.map((name) => [name, text]));
  const { _token, ...fields } = { ...form.fields, ...typed };
  if (form.isUpload) return browser.upload(form.address, { name: 'file', fileName: '', bytes: '' }, fields);
  return browser.post(
    form.address,
    fields,
    link && /^\/(i|offer|wishes|partner)\//.test(form.address) ? { link } : {},
  );
}

/** Sends the form with each field one types into twice. */
export function sendTwice(browser: Browser, form: FoundForm, link?: string): Promise<Answer> {
  const typed = Object.fromEntries(form.typed.map((name) => [name, ['one', 'two']]));
  const { _token, ...fields } = { ...form.fields, ...typed };
  return browser.post(
    form.address,
    fields,
    link && /^\/(i|offer|wishes|partner)\//.test(form.address) ? { link } : {},
  );
}

/** Reads the values of a field on the page that came back. */
export function valueIn(answer: Shown, name: string): string[] {
  const $ = documentOf(answer);
  return $(`[name="${name}"]`)
    .toArray()
    .map((field) => String($(field).val() ?? ''));
}
