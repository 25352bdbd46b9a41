// What tests ask of a page again and again, read once: taking its markup apart is most of what they cost.
import { type CheerioAPI, load } from 'cheerio';
import type { Fields, Shown } from '../browser.ts';

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

export interface Facts {
  /** Local addresses this page leads to by links and by what htmx fetches, without what stands behind #. */
  links: string[];
  /** `/path#id` links of this page: where the id must be found. */
  remoteAnchors: string[];
  /** Addresses its forms and buttons post to. */
  posts: string[];
  ids: Set<string>;
  /** The forms that change something and have something to type or choose. */
  forms: FoundForm[];
  /** Forms with two stored values or more to change, and whether they carry the edition their reader has seen. */
  storedForms: { address: string; seen: boolean }[];
}

const known = new WeakMap<Shown, Facts>();

let last: { answer: Shown; $: CheerioAPI } | undefined;

/** Its markup taken apart; the last one is kept, as tests ask several things of one page after another. */
export function documentOf(answer: Shown): CheerioAPI {
  if (last?.answer !== answer) last = { answer, $: load(answer.body) };
  return last.$;
}

export function factsOf(answer: Shown): Facts {
  const found = known.get(answer);
  if (found) return found;
  const facts = read(documentOf(answer));
  known.set(answer, facts);
  return facts;
}

function read($: CheerioAPI): Facts {
  return {
    links: linksIn($),
    remoteAnchors: attributes($, 'a[href^="/"][href*="#"]', 'href'),
    posts: postsIn($),
    ids: new Set(attributes($, '[id]', 'id')),
    forms: formsIn($),
    storedForms: storedFormsIn($),
  };
}

const attributes = ($: CheerioAPI, selector: string, name: string): string[] =>
  $(selector)
    .toArray()
    .map((element) => $(element).attr(name)!);

function linksIn($: CheerioAPI): string[] {
  const found = $('a[href], [hx-get], form')
    .toArray()
    .map((element) => {
      const one = $(element);
      if (element.tagName !== 'form') return one.attr('href') ?? one.attr('hx-get')!;
      return (one.attr('method') ?? 'get').toLowerCase() === 'get' ? (one.attr('action') ?? '#') : '#';
    });
  return [...new Set(found.filter((href) => href.startsWith('/')).map((href) => href.replace(/#.*$/, '')))];
}

function postsIn($: CheerioAPI): string[] {
  const forms = $('form')
    .toArray()
    .filter((form) => $(form).attr('method') === 'post');
  const others = forms.flatMap((form) =>
    $(form)
      .find('[formaction]')
      .toArray()
      .map((button) => $(button).attr('formaction')!),
  );
  const spoken = attributes($, '[hx-post]', 'hx-post');
  return [...new Set([...forms.map((form) => $(form).attr('action') ?? '(nowhere)'), ...others, ...spoken])];
}

const typeable =
  'input:not([type]), input[type=text], input[type=email], input[type=url], input[type=search], input[type=number], input[type=date], input[type=time], textarea';

function formsIn($: CheerioAPI): FoundForm[] {
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

/** Values to change that are stored already: what is typed, chosen or ticked when the page opens; a radio's group is one. */
function storedFormsIn($: CheerioAPI): Facts['storedForms'] {
  return $('form[method=post]')
    .toArray()
    .flatMap((form) => {
      const shown = $(form).find(
        `${typeable}, select, input[type=radio]:checked, input[type=checkbox]:checked`,
      );
      const stored = shown.toArray().filter((field) => String($(field).val() ?? '') !== '');
      const names = new Set(stored.map((field) => $(field).attr('name')));
      const seen = $(form).find('[name=seen], [name=revision], [name=formKey]').length > 0;
      return names.size < 2 ? [] : [{ address: $(form).attr('action')!, seen }];
    });
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
