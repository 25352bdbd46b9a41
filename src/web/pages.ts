// One template for the whole page and for the panel that htmx asks for.
import fastifyView from '@fastify/view';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Words } from '../words.ts';
import type { Assets } from './assets.ts';
import type { FieldError } from './forms.ts';
import { pageBytes, type Reserved } from './fragments.ts';
import { formHolder } from './guards.ts';
import { escapeText, Html } from './html.ts';
import { wordsOfApp } from './language.ts';
import { engine, panelsOf, render, type Scope, scopeFor, views } from './templates.ts';
import { formToken } from './tokens.ts';
import type { Visit } from './visit.ts';

export interface PageData {
  title: string;
  /** Current tab of the layout. */
  tab?: string;
  /** Target of the page's first link, past its bar; the main part by default. */
  skipTo?: string;
  errors?: readonly FieldError[];
  /** 200 if nothing is said; `Mistakes` bring their own. */
  status?: number;
  /** 'site' if nothing is said. */
  layout?: Layout;
  /** One sentence for the status line, after a change. */
  message?: string | undefined;
  /** Panels of this page that change together with whichever was targeted, such as the room with the answer. */
  along?: string[];
  [key: string]: unknown;
}

/** Receiver of a page: the reply it goes into, and the words it is said in. */
export type Shown = Pick<Visit, 'reply' | 'words'>;

export type Layout = 'site' | 'guest' | 'bare' | 'screen';

/**
 * Frame of every page. For organisers: `proxy` is the address of an undeclared one; `unencrypted`: BASE_URL is http.
 */
export interface Frame {
  organisation: string;
  /** People to turn to, at the foot. */
  help: readonly { name: string; email: string; phone: string }[];
  /** Ground rules that the reader has not accepted, and where the one press goes; null where nobody asks. */
  accept: { rules: readonly { rule: string; why: string }[]; action: string; back: string } | null;
  /** Ended season that the page is about; null where its season is on. */
  season: { id: number; name: string; until: string } | null;
  demo: boolean;
  proxy: string | undefined;
  unencrypted: boolean;
}

export interface Site {
  assets: Assets;
  baseUrl: string;
  /** Returns the data of the bars on every page, where the page's own data do not give them. */
  frame: (request: FastifyRequest, given: Partial<Frame>) => Promise<Frame>;
  /** Finds the ended season that a page is about, where its own data do not say it. */
  seasonOf: (request: FastifyRequest) => Promise<Frame['season']>;
}

/** One site per app: what `page()` needs without a decorator of its own. */
const sites = new WeakMap<FastifyInstance, Site>();

export async function pages(app: FastifyInstance, site: Site): Promise<void> {
  await app.register(fastifyView, { engine: { eta: engine }, root: views, production: true });
  sites.set(app, site);
}

/** Answers with the whole page, or with the panel that htmx targeted, from the same template and data. */
export async function page(shown: Shown, view: string, data: PageData): Promise<FastifyReply> {
  const { reply, words } = shown;
  const { request } = reply;
  const site = siteOf(reply.server);
  reply.code(data.status ?? 200).type('text/html; charset=utf-8');
  reply.header('vary', 'hx-request, hx-request-type, hx-target, cookie, accept-encoding');
  reply.header('cache-control', 'private, no-store');
  const full = { ...data, message: data.message ?? '', tab: data.tab ?? '', person: request.person };
  const { season: given } = data as Partial<Frame>;
  const season = given === undefined ? await site.seasonOf(request) : given;
  const isEnded = season !== null;
  const panel = targetedPanel(request, view);
  if (panel !== undefined) return reply.send(await panelWithStatus(shown, view, panel, full, isEnded));
  const reserved: Reserved = [];
  const scope = scopeOf(request, site, { words, isEnded }, reserved);
  const body = new Html(await reply.viewAsync(view, { ...full, scope }));
  const frame = await site.frame(request, { ...data, season } as Partial<Frame>);
  const { title, errors, skipTo, tab, message, person } = full;
  const { refresh } = data;
  const around = { ...frame, title, errors, skipTo, tab, message, person, refresh, body, scope };
  const whole = await reply.viewAsync(`layouts/${data.layout ?? 'site'}`, around);
  return reply.send(pageBytes(whole, reserved));
}

/** A partial without a request, the same for everyone who follows: it can hold no form, since no token would fit all. */
export function renderForAll(app: FastifyInstance, path: string, data: object): string {
  const token = () => {
    throw new Error(`${path} is shown to everyone alike, so it can hold no form`);
  };
  return render(
    path,
    data,
    scopeFor({ ...languageOf(wordsOfApp(app)), asset: siteOf(app).assets.url, token, isEnded: false }),
  );
}

function languageOf({ t, tn, language }: Words) {
  return { t, tn, lang: language };
}

function siteOf(app: FastifyInstance): Site {
  const site = sites.get(app);
  if (!site) throw new Error('pages(app, site) was not called for this app');
  return site;
}

function scopeOf(
  request: FastifyRequest,
  site: Site,
  { words, isEnded }: { words: Words; isEnded: boolean },
  reserved?: Reserved,
): Scope {
  let field: Html | undefined;
  const token = () => {
    field ??= new Html(
      `<input type="hidden" name="_token" value="${escapeText(formToken(formHolder(request, site.baseUrl) ?? ''))}">`,
    );
    return field;
  };
  return scopeFor({ ...languageOf(words), asset: site.assets.url, token, isEnded }, reserved);
}

/** The panel of this page that htmx wants to replace, if it has such a one. */
function targetedPanel(request: FastifyRequest, view: string): string | undefined {
  if (request.headers['hx-request-type'] !== 'partial') return undefined;
  const id = /^[a-z]+#([a-z][a-z0-9-]*)$/.exec(String(request.headers['hx-target'] ?? ''))?.[1];
  return id === undefined ? undefined : panelsOf(view).get(id);
}

async function panelWithStatus(
  { reply, words }: Shown,
  view: string,
  panel: string,
  page: PageData & { message: string },
  isEnded: boolean,
): Promise<string> {
  const data = { ...page, scope: scopeOf(reply.request, siteOf(reply.server), { words, isEnded }) };
  const folder = view.slice(0, view.lastIndexOf('/'));
  const others = (page.along ?? []).filter((name) => `${folder}/_${name}` !== panel);
  const markup = [await reply.viewAsync(panel, data)];
  for (const name of others)
    markup.push(partial(name, 'outerMorph', await reply.viewAsync(`${folder}/_${name}`, data)));
  if (page.message) markup.push(partial('status', 'innerHTML', escapeText(page.message)));
  return markup.join('');
}

/** htmx puts each of these where it belongs, besides the panel that was asked for. */
export function partial(id: string, swap: string, markup: string): string {
  return `<hx-partial hx-target="#${id}" hx-swap="${swap}">${markup}</hx-partial>`;
}
