// The templates: compiled once, and rendered with what every one of them can call.
import { join } from 'node:path';
import { Eta, type TemplateFunction } from 'eta';
import type { Words } from '../words.ts';
import { asDeclared, declaredData, namesIn } from './declared-data.ts';
import type { FieldError } from './forms.ts';
import { type CachedFragment, fillSlots, type Reserved, reserve, slot } from './fragments.ts';
import { Html, print } from './html.ts';
import { type IconName, icon } from './icons.ts';

/** Functions for every template; listed in `views/shared/README.md`. */
export interface Globals {
  t: Words['t'];
  tn: Words['tn'];
  /** A mistake of a form in words. */
  say: (mistake: FieldError) => string;
  /** Another template, rendered with its own data. */
  part: (path: string, data?: object) => Html;
  /** The same, rendered once for all who are shown it alike. */
  keep: (path: string, fragment: CachedFragment) => Html;
  icon: (name: IconName) => Html;
  asset: (name: string) => string;
  /** The hidden field every form that changes something carries. */
  token: () => Html;
  lang: string;
  /** The page is about a season that has ended: it is for reading only, so it leaves out what would be refused. */
  isEnded: boolean;
}

/** Templates find the globals of a request on their own `this`, so that no data has to be copied to carry them along. */
export type Scope = Eta & { globals: Globals };

/** Folder of all templates. */
export const views = join(import.meta.dirname, '../../views');

const eta = new Eta({
  views,
  cache: true,
  escapeFunction: print,
  functionHeader: 'const { t, tn, say, part, keep, icon, asset, token, lang, isEnded } = this.globals;',
});

/** Eta as `@fastify/view` calls it: the data of a page carry the scope that it is rendered in. */
export const engine: Eta = Object.assign(Object.create(eta) as Eta, {
  render: (page: string, { scope, ...data }: { scope: Scope }) =>
    render(page.replace(/\.eta$/, ''), data, scope),
});

const sources = new Map<string, string>();

function sourceOf(path: string): string {
  const source = sources.get(path) ?? eta.readFile!(join(views, `${path}.eta`));
  sources.set(path, source);
  return source;
}

const declared = new Map<string, Set<string> | null>();

function declaredNames(path: string): Set<string> | null {
  const known = declared.get(path);
  const names = known === undefined ? namesIn(sourceOf(path)) : known;
  declared.set(path, names);
  return names;
}

const compiled = new Map<string, TemplateFunction>();

function template(path: string): TemplateFunction {
  const known = compiled.get(path);
  if (known) return known;
  const fresh = eta.compile(sourceOf(path));
  compiled.set(path, fresh);
  return fresh;
}

/** The templates that this one shows, itself and those within others included. */
function shownBy(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, inner] of sourceOf(path).matchAll(/'((?:[a-z-]+\/)+_[\w-]+)'/g)) shownBy(inner!, found);
  return found;
}

const panels = new Map<string, ReadonlyMap<string, string>>();

/** A page's panels by their ids: the templates of its folder that it shows, and that something on it swaps. */
export function panelsOf(view: string): ReadonlyMap<string, string> {
  const known = panels.get(view);
  if (known) return known;
  const start = `${view.slice(0, view.lastIndexOf('/'))}/_`;
  const shown = shownBy(view);
  const targets = [...shown].flatMap((path) => {
    const named = [...sourceOf(path).matchAll(/hx-target="#([\w-]+)"/g)].map(([, id]) => id!);
    // A panel that asks for itself again.
    return /hx-target="this"/.test(sourceOf(path)) ? [...named, path.replace(/^.*\/_/, '')] : named;
  });
  const found = new Map(targets.flatMap((id) => (shown.has(start + id) ? [[id, start + id] as const] : [])));
  panels.set(view, found);
  return found;
}

const icons = new Map<IconName, Html>();

function iconOf(name: IconName): Html {
  const known = icons.get(name) ?? new Html(icon(name));
  icons.set(name, known);
  return known;
}

function withoutToken(own: Own): Own {
  return { ...own, token: () => new Html(slot('token')) };
}

type Own = Pick<Globals, 't' | 'tn' | 'asset' | 'token' | 'lang' | 'isEnded'>;

/**
 * Makes the scope of one request: its words, its form token, the addresses of our files. With `reserved` fragments
 * wait there, and `pageBytes` puts the whole page together.
 */
export function scopeFor(own: Own, reserved?: Reserved): Scope {
  const keep: Globals['keep'] = (path, { of, fill }) => {
    // A copy made while the season was on has buttons.
    const fragment = of(own.isEnded ? `${path} ended` : path, (data) =>
      render(path, data, scopeFor(withoutToken(own))),
    );
    const valueIn = (name: string) => print(name === 'token' ? own.token() : fill[name]);
    return new Html(reserved ? reserve(reserved, fragment, valueIn) : fillSlots(fragment, valueIn));
  };
  const part: Globals['part'] = (path, data = {}) => new Html(render(path, data, scope));
  const say: Globals['say'] = ({ message, params, more = [] }) =>
    [own.t(message, params), ...more.map((other) => own.t(other.sentence, other.params))].join(' ');
  const globals: Globals = { ...own, say, icon: iconOf, part, keep };
  const scope: Scope = Object.assign(Object.create(eta), { globals });
  return scope;
}

/** Renders one template with its data in a scope. */
export function render(path: string, data: object, scope: Scope): string {
  const it = declaredData.isChecked ? asDeclared(path, declaredNames(path), data) : data;
  return template(path).call(scope, it);
}
