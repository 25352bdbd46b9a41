// One visit: everything a handler is given of a request, and the addresses at which handlers stand.
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { Words } from '../words.ts';
import { wordsFor } from './language.ts';
import type { Access, Viewer } from './person.ts';

export interface Visit {
  ctx: Context;
  request: FastifyRequest;
  reply: FastifyReply;
  /** The person who is signed in; always null at the address of a personal link. */
  viewer: Viewer | null;
  /** The words of the viewer's language. */
  words: Words;
}

/** A visit to an address that asks to sign in first. */
export interface SignedInVisit extends Visit {
  viewer: Viewer;
}

/** Result of a handler: the reply it sent, or the address of ours to go on to (303). */
export type Answer = FastifyReply | string;

export type Handler<V extends Visit = Visit> = (visit: V) => Answer | Promise<Answer>;

/** The visit of each kind of address. */
export type VisitTo<A extends Access> = A extends 'signed-in' | 'organiser' ? SignedInVisit : Visit;

/** Everything else an address can say of itself. */
export type RouteConfig = Omit<FastifyContextConfig, 'access'>;

/** The site while its addresses are put up. */
export interface Pages {
  app: FastifyInstance;
  ctx: Context;
  get<A extends Access>(address: string, access: A, handler: Handler<VisitTo<A>>, config?: RouteConfig): void;
  post<A extends Access>(
    address: string,
    access: A,
    handler: Handler<VisitTo<A>>,
    config?: RouteConfig,
  ): void;
}

/** Puts handlers at addresses, each with who may use it: `at.get('/events/:id', 'organiser', overview)`. */
export function pagesAt(app: FastifyInstance, ctx: Context): Pages {
  const route =
    (method: 'GET' | 'POST'): Pages['get'] =>
    (url, access, handler, config = {}) => {
      // The guards let nobody in here without a person where the address asks to sign in.
      const handle = handler as Handler;
      app.route({
        method,
        url,
        config: { ...config, access },
        handler: async (request, reply) => answer(await handle(visitOf(ctx, request, reply)), reply),
      });
    };
  return { app, ctx, get: route('GET'), post: route('POST') };
}

/** Sends what a handler gave back, where it is an address. A reply that was awaited is undefined, and sent already. */
function answer(given: Answer | undefined, reply: FastifyReply): FastifyReply {
  return typeof given === 'string' ? reply.redirect(given, 303) : reply;
}

export function visitOf(ctx: Context, request: FastifyRequest, reply: FastifyReply): Visit {
  return { ctx, request, reply, viewer: request.person, words: wordsFor(request) };
}
