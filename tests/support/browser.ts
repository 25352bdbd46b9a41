// Somebody's browser: keeps cookies, sends what a browser sends, and puts the form token of the page into a form.
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { formToken } from '../../src/web/tokens.ts';

export type Answer = LightMyRequestResponse;
/** The part of an answer that a person sees; the rest, kept for a thousand pages, is much to hold. */
export type Shown = Pick<Answer, 'statusCode' | 'headers' | 'body'>;
export type Fields = Record<string, string | string[]>;

export interface Browser {
  cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form of one of our own pages: right origin, right token. `link` is the token of a personal link. */
  post(
    path: string,
    fields?: Fields,
    options?: { link?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** As `post`, with a file in the field `name`. */
  upload(
    path: string,
    file: { name: string; fileName: string; bytes: Buffer | string },
    fields?: Fields,
  ): Promise<Answer>;
  /** Anything at all, with this browser's cookies and our host. */
  send(request: InjectOptions): Promise<Answer>;
  /** Goes where the answer redirects to. */
  follow(answer: Answer): Promise<Answer>;
  /** The form token of this browser's user. */
  token(link?: string): string;
}

export function openBrowser(app: FastifyInstance, baseUrl: string, address = '203.0.113.7'): Browser {
  const cookies = new Map<string, string>();
  const named = (name: string) => cookies.get(`__Host-${name}`) ?? cookies.get(name);

  async function send(request: InjectOptions): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { host: new URL(baseUrl).host, ...(cookie ? { cookie } : {}), ...request.headers };
    const answer = await app.inject({ remoteAddress: address, ...request, headers });
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }

  const browser: Browser = {
    cookies,
    send,
    token: (link) => formToken(link ?? named('sid') ?? named('login') ?? ''),
    get: (path, headers) => send({ method: 'GET', url: path, ...(headers ? { headers } : {}) }),
    async post(path, fields = {}, { link, headers } = {}) {
      if (!link && !named('sid') && !named('login')) await browser.get('/sign-in');
      return send({
        method: 'POST',
        url: path,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: baseUrl,
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
        payload: formBody({ _token: browser.token(link), ...fields }),
      });
    },
    upload(path, file, fields = {}) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ _token: browser.token(), ...fields })) {
        for (const one of [value].flat()) form.append(name, one);
      }
      form.append(file.name, new File([new Uint8Array(Buffer.from(file.bytes as Buffer))], file.fileName));
      return send({
        method: 'POST',
        url: path,
        headers: { origin: baseUrl, 'sec-fetch-site': 'same-origin' },
        payload: form as unknown as InjectOptions['payload'],
      });
    },
    follow: (answer) => browser.get(String(answer.headers.location)),
  };
  return browser;
}

function formBody(fields: Fields): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, one);
  return body.toString();
}
