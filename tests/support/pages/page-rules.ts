// Rules for every page and every reader.
import type { CheerioAPI } from 'cheerio';
import { contentSecurityPolicy } from '../../../src/web/security-headers.ts';
import { isFormTokenOf } from '../../../src/web/tokens.ts';
import type { Shown } from '../browser.ts';
import { documentOf } from './facts.ts';
import { unplainIn } from './plain-words.ts';

/** All that is wrong with this page, a sentence each. `holder`: the cookie or link its forms belong to. */
export function wrongWith(answer: Shown, holder: string): string[] {
  const $ = documentOf(answer);
  return [
    ...headers(answer),
    ...frame($),
    ...text($),
    ...ids($),
    ...fields($),
    ...resources($),
    ...tokens($, holder),
    ...anchors($),
  ];
}

function headers({ headers }: Shown): string[] {
  const wanted: Record<string, string> = {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'private, no-store',
  };
  return Object.entries(wanted)
    .filter(([name, value]) => headers[name] !== value)
    .map(([name]) => `the header ${name} is ${headers[name]}`);
}

function frame($: CheerioAPI): string[] {
  const wrong: string[] = [];
  const exactlyOne = ['h1', 'main#main', '[role=status]', 'title', 'meta[name=viewport]', 'a.skip'];
  for (const selector of exactlyOne) {
    if ($(selector).length !== 1) wrong.push(`it has ${$(selector).length} of ${selector}`);
  }
  if (!/\S · \S/.test($('title').text())) wrong.push(`its title is “${$('title').text()}”`);
  if ($('h1').text().trim() === '') wrong.push('its h1 is empty');
  if ($('html').attr('lang') !== 'en') wrong.push('it does not say its language');
  const skip = $('a.skip').attr('href') ?? '';
  if (!skip.startsWith('#') || $(skip).length === 0) wrong.push(`the skip link leads to ${skip}`);
  return wrong;
}

/** Traces of values that were not there and of sentences whose gaps were not filled. */
const traces = /\bundefined\b|\[object \w+\]|\bNaN\b|\bInvalid Date\b|\{[a-z]\w*\}/;

function text($: CheerioAPI): string[] {
  const said = $('body').prop('innerText') ?? '';
  const spoken = $('[aria-label], [title], [placeholder], [value], [alt]')
    .toArray()
    .flatMap((element) => Object.values($(element).attr() ?? {}));
  const empty = $('a, button, h1, h2, h3, h4, summary, label, legend, th')
    .toArray()
    .filter(
      (element) =>
        nameOf($, element) === '' &&
        $(element).attr('aria-hidden') !== 'true' &&
        $(element).closest('[aria-hidden=true]').length === 0,
    )
    .map((element) => `an empty ${element.tagName}: ${$.html(element).slice(0, 120)}`);
  const found = [said, ...spoken].flatMap((words) => traces.exec(words)?.slice(0, 1) ?? []);
  const unplain = unplainIn(said);
  return [...[...found, ...unplain].map((words) => `it says “${words}”`), ...empty];
}

function nameOf($: CheerioAPI, element: Parameters<CheerioAPI>[0]): string {
  const one = $(element as never);
  return [one.text(), one.attr('aria-label') ?? '', one.find('[aria-label]').attr('aria-label') ?? '']
    .join('')
    .trim();
}

function ids($: CheerioAPI): string[] {
  const all = $('[id]')
    .toArray()
    .map((element) => $(element).attr('id')!);
  const there = new Set(all);
  const wrong = [...there]
    .filter((id) => there.size < all.length && all.indexOf(id) !== all.lastIndexOf(id))
    .map((id) => `the id ${id} is there more than once`);
  const names = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'list', 'form'];
  for (const element of $(names.map((name) => `[${name}]`).join()).toArray()) {
    for (const name of names) {
      for (const id of ($(element).attr(name) ?? '').split(/\s+/).filter(Boolean)) {
        if (!there.has(id)) wrong.push(`${name} names #${id}, which is not there`);
      }
    }
  }
  return wrong;
}

function fields($: CheerioAPI): string[] {
  return $('input, select, textarea')
    .toArray()
    .filter((element) => !['hidden', 'submit', 'button'].includes($(element).attr('type') ?? ''))
    .filter((element) => {
      const one = $(element);
      const id = one.attr('id');
      const labels = [
        one.closest('label').text(),
        id ? $(`label[for="${id}"]`).text() : '',
        one.attr('aria-label') ?? '',
      ];
      return labels.join('').trim() === '' && !one.attr('aria-labelledby');
    })
    .map((element) => `a field without a label: ${$.html(element).slice(0, 120)}`);
}

/** Nothing is fetched from elsewhere and nothing is inline; links leave only by http, https or mail. */
function resources($: CheerioAPI): string[] {
  const wrong: string[] = [];
  for (const element of $(
    'link[href], script, img, source, iframe, object, embed, video, audio, use',
  ).toArray()) {
    const address =
      $(element).attr('href') ?? $(element).attr('src') ?? $(element).attr('data') ?? '(inline)';
    if (!/^(\/static\/|#|data:image\/)/.test(address)) wrong.push(`<${element.tagName}> fetches ${address}`);
  }
  if ($('[style], style').length > 0) wrong.push('it has inline styles');
  const handlers = $('*')
    .toArray()
    .filter((element) => Object.keys($(element).attr() ?? {}).some((name) => /^on|^hx-on/.test(name)));
  if (handlers.length > 0) wrong.push('it has inline handlers');
  for (const element of $('a[href]').toArray()) {
    const href = $(element).attr('href')!;
    if (/^[a-z]+:/i.test(href) && !/^(https?|mailto|tel):/.test(href)) wrong.push(`a link leads to ${href}`);
  }
  return wrong;
}

function tokens($: CheerioAPI, holder: string): string[] {
  return $('form')
    .toArray()
    .filter((form) => ($(form).attr('method') ?? 'get').toLowerCase() === 'post')
    .filter((form) => {
      const token = $(form).find('input[name=_token]');
      return token.length !== 1 || !isFormTokenOf(holder, token.attr('value'));
    })
    .filter((form) => !$(form).attr('action')!.startsWith('/demo/'))
    .map((form) => `the form to ${$(form).attr('action')} has no token of whoever looks`);
}

function anchors($: CheerioAPI): string[] {
  return $('a[href^="#"]')
    .toArray()
    .map((element) => $(element).attr('href')!)
    .filter((href) => $(`[id="${href.slice(1)}"]`).length === 0)
    .map((href) => `a link leads to ${href}, which is not on the page`);
}
