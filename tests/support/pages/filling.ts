// Fills in the forms of a page the way somebody hasty would.
import { type CheerioAPI, load } from 'cheerio';
import type { Answer, Browser, Fields } from '../browser.ts';
import { isLetter, isPage, type Visit } from './crawl.ts';

export interface FoundForm {
  address: string;
  isUpload: boolean;
  /**
   * Fields as sent when nobody touches them: hidden fields, ticked boxes, chosen options, values that are there
   * already.
   */
  fields: Fields;
  /** Names of what one types into. */
  typed: string[];
}

const typeable =
  'input:not([type]), input[type=text], input[type=email], input[type=url], input[type=search], input[type=number], input[type=date], input[type=time], textarea';

/** The forms of a page that change something and have something to type or choose. */
export function formsOf(answer: Answer): FoundForm[] {
  const $ = load(answer.body);
  return $('form[method=post]')
    .toArray()
    .map((form) => ({
      address: $(form).attr('action')!,
      isUpload: $(form).attr('enctype') === 'multipart/form-data',
      fields: fieldsOf($, form as never),
      typed: $(form)
        .find(typeable)
        .toArray()
        .map((field) => $(field).attr('name')!),
    }))
    .filter(({ typed, isUpload }) => typed.length > 0 || isUpload);
}

/** One of each form that was seen, told apart by its address with the numbers and links left out. */
export function oneOfEach(visits: readonly Visit[]) {
  const kinds = new Map<string, { visit: Visit; form: FoundForm; from: string }>();
  for (const visit of visits) {
    for (const [address, answer] of visit.seen) {
      if (!isPage(answer) || isLetter(address)) continue;
      for (const form of formsOf(answer)) {
        const kind = form.address.replace(/^\/([ir])\/[^/]+/, '/$1/…').replace(/[0-9a-f]{32}|\d+/g, '…');
        if (!kinds.has(kind)) kinds.set(kind, { visit, form, from: address });
      }
    }
  }
  // Acts that end something come last: nothing can be asked at an event that is called off.
  const ends = (kind: string) => (kind.endsWith('/cancellation') ? 1 : 0);
  return [...kinds.entries()].sort(([a], [b]) => ends(a) - ends(b));
}

function fieldsOf($: CheerioAPI, form: Parameters<CheerioAPI>[0]): Fields {
  const fields: Record<string, string[]> = {};
  for (const { name, value } of $(form as never).serializeArray())
    fields[name] = [...(fields[name] ?? []), value];
  const button = $(form as never)
    .find('button[name]:not([formaction])')
    .first();
  if (button.length > 0) fields[button.attr('name')!] = [button.attr('value') ?? ''];
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}

/** Sends the form with this in every field one types into. */
export function sendWith(browser: Browser, form: FoundForm, text: string, link?: string): Promise<Answer> {
  const typed = Object.fromEntries(form.typed.map((name) => [name, text]));
  const { _token, ...fields } = { ...form.fields, ...typed };
  if (form.isUpload) return browser.upload(form.address, { name: 'file', fileName: '', bytes: '' }, fields);
  return browser.post(form.address, fields, link && form.address.startsWith('/i/') ? { link } : {});
}

/** Sends the form with each field one types into twice. */
export function sendTwice(browser: Browser, form: FoundForm, link?: string): Promise<Answer> {
  const typed = Object.fromEntries(form.typed.map((name) => [name, ['one', 'two']]));
  const { _token, ...fields } = { ...form.fields, ...typed };
  return browser.post(form.address, fields, link && form.address.startsWith('/i/') ? { link } : {});
}

/** Reads the values of a field on the page that came back. */
export function valueIn(answer: Answer, name: string): string[] {
  const $ = load(answer.body);
  return $(`[name="${name}"]`)
    .toArray()
    .map((field) => String($(field).val() ?? ''));
}
