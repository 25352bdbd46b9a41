// One place draws every "no" and every mistake of ours.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DeadLink, Refusal, type RefusalKind } from '../refusal.ts';
import type { Params } from '../words.ts';
import { escapeText } from './html.ts';
import { wordsFor } from './language.ts';
import { page, partial } from './pages.ts';
import { SignedOut } from './sign-in-address.ts';

/** The status that goes with each kind of no. */
export const statusOf: Record<RefusalKind, number> = {
  invalid: 422,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-many': 429,
  unavailable: 503,
};

const titles: Record<number, string> = {
  400: 'That request makes no sense to us',
  403: 'That did not work',
  404: 'Nothing here',
  409: 'That does not fit any more',
  410: 'This is closed',
  413: 'That is too much at once',
  415: 'That request makes no sense to us',
  421: 'Wrong address',
  422: 'Something is missing',
  429: 'Too many tries',
  503: 'One moment, please',
};

const cannotConnect = /^(ECONNREFUSED|CONNECT_TIMEOUT|57P03|53300)/;
/** Codes after which a COMMIT may have been carried out though its answer never came. */
const lost = /^(ECONNRESET|EPIPE|CONNECTION_|57P0[12]|08\w{3})/;

/** Somebody else held a row, a table or the embedded session for too long, or a statement took too long. */
const held = /^(55P03|57014)/;
/** The database is read-only, or its disk is full. */
const cannotWrite = /^(25006|53100)/;

type Away = 'cannot connect' | 'lost' | 'held' | 'cannot write';

/** How the database is away, or null where the error is another. It comes back by itself, so nobody is told of a mistake. */
function databaseAway(error: unknown): Away | null {
  const codes = [error, (error as { cause?: unknown })?.cause].map((one) =>
    String((one as { code?: unknown } | null)?.code ?? ''),
  );
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (is(lost)) return 'lost';
  if (is(cannotConnect)) return 'cannot connect';
  if (is(held)) return 'held';
  return is(cannotWrite) ? 'cannot write' : null;
}

const isRead = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD';

/** A page tries again by itself; a press comes back with what was typed, unless it may have been saved. */
async function showAway(request: FastifyRequest, reply: FastifyReply, how: Away) {
  reply.header('retry-after', '5');
  if (how === 'cannot write') {
    const sentence = cannotSave;
    if (await tryAgain(reply, 'unavailable', sentence)) return reply;
    return show(reply, 503, sentence);
  }
  if (isRead(request)) {
    reply.header('refresh', '5');
    return show(reply, 503, triesAgain);
  }
  if (how === 'lost') return show(reply, 503, sentencesOfPresses.lost);
  const sentence = sentencesOfPresses[how];
  if (await tryAgain(reply, 'unavailable', sentence)) return reply;
  return show(reply, 503, sentence);
}

const cannotSave = 'Flipside can’t save anything right now. Nothing was changed. Please tell your organiser.';
const triesAgain = 'Flipside cannot reach its database right now. This page tries again every 5 seconds.';

const sentencesOfPresses = {
  lost: 'Flipside lost its database for a moment. We don’t know whether it was saved. Look before you try again.',
  'cannot connect':
    'Flipside cannot reach its database right now. Nothing was changed. Please try again in a moment.',
  held: 'Someone else is changing this. Try again.',
};

const nothingThere = 'There is nothing at this address. Check it, or start from the first page.';
const ourMistake =
  'Something went wrong on our side. Please try again; if it goes on, tell your organiser this number: {id}';

export function errors(app: FastifyInstance): void {
  app.setNotFoundHandler({}, (_request, reply) => show(reply, 404, nothingThere));
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error instanceof SignedOut) return showSignedOut(request, reply, error.signIn);
    if (error instanceof Refusal) {
      if (error.kind === 'unavailable' && !reply.hasHeader('retry-after')) reply.header('retry-after', '5');
      if (await tryAgain(reply, error.kind, error.sentence, error.params)) return reply;
      const { kind, sentence, params, heading } = error;
      const next = error instanceof DeadLink ? error.next : undefined;
      return show(reply, statusOf[kind], sentence, params, { heading, next });
    }
    const away = databaseAway(error);
    if (away === 'cannot write') logMistake(request, error, 'the database cannot write');
    if (away) return showAway(request, reply, away);
    const status = error.statusCode ?? 500;
    if (status < 500) return show(reply, status, clientSentence(status));
    logMistake(request, error, 'a mistake of ours');
    return show(reply, 500, ourMistake, { id: request.id });
  });
}

/** Below /anon/ nothing is logged, mistakes neither: a line with its time would say when somebody asked. */
function logMistake(request: FastifyRequest, error: FastifyError, what: string): void {
  if (request.routeOptions.config.access === 'nameless') return;
  request.log.error({ err: error }, what);
}

function clientSentence(status: number): string {
  if (status === 413) return 'That is more than we can take at once. Make it shorter, or split it.';
  if (status === 421) return 'This address does not belong to this site. Use the link in your e-mail.';
  return 'We could not read what your browser sent. Go back, reload the page and try again.';
}

/**
 * Answers a press that may well be made again, so that what was typed is not lost: a script gets the sentence, a panel
 * stays as it is with the sentence in the status line, and a page comes with all fields and a button. False where it is no
 * press. A reply is no value to return here: awaited it is undefined, and a second answer would be sent.
 */
async function tryAgain(
  reply: FastifyReply,
  kind: RefusalKind,
  given: string,
  params?: Params,
): Promise<boolean> {
  const { request } = reply;
  const words = wordsFor(request);
  const sentence = words.t(given, params);
  const { access, takesJson } = request.routeOptions.config;
  reply.code(statusOf[kind]);
  if (access === 'nameless' || takesJson) return sent(reply.send({ kind, sentence }));
  const typed = typedIn(request.body);
  if ((kind !== 'too-many' && kind !== 'unavailable') || typed.length === 0) return false;
  if (request.headers['hx-request-type'] === 'partial')
    return sent(
      reply.type('text/html; charset=utf-8').send(partial('status', 'innerHTML', escapeText(sentence))),
    );
  await page({ reply, words }, 'errors/again', {
    status: statusOf[kind],
    layout: 'bare',
    title: words.t(titles[statusOf[kind]]!),
    sentence,
    typed,
    address: request.url,
  });
  return true;
}

const sent = (_reply: FastifyReply): true => true;

/** Answers a form of somebody who is signed out: nothing was saved, and it can be sent again after signing in. */
async function showSignedOut(request: FastifyRequest, reply: FastifyReply, signIn: string) {
  const words = wordsFor(request);
  return page({ reply, words }, 'errors/signed-out', {
    status: 403,
    layout: 'bare',
    title: words.t('You’re signed out'),
    typed: typedIn(request.body),
    address: request.url,
    signIn,
  });
}

/** The fields of a form as they came, but for its token and files. */
function typedIn(body: unknown): { name: string; value: string }[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    name === '_token'
      ? []
      : [value].flat().flatMap((one) => (typeof one === 'string' ? { name, value: one } : [])),
  );
}

async function show(
  reply: FastifyReply,
  status: number,
  given: string,
  params?: Params,
  { heading, next }: { heading?: string | undefined; next?: string | undefined } = {},
): Promise<FastifyReply> {
  const words = wordsFor(reply.request);
  const title = words.t(heading ?? titles[status] ?? 'Something went wrong on our side');
  const sentence = words.t(given, params);
  const data = { status, layout: 'bare', title, sentence } as const;
  try {
    if (next === undefined) return await page({ reply, words }, 'errors/show', data);
    return await page({ reply, words }, 'errors/link', { ...data, next });
  } catch {
    return reply.code(status).type('text/plain; charset=utf-8').send(`${title}. ${sentence}`);
  }
}
