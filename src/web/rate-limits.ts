// An outer wall against floods: how much one person, or one address, may ask for within a minute. Counted in the memory
// of this process alone, for a minute, and nowhere else.
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';

/** Asked for within a minute, at most; a stream counts once, when it opens. */
export type Limits = Record<'pages' | 'presses' | 'uploads' | 'streams' | 'nameless' | 'files', number>;

/**
 * Limits for one person, signed in or by a personal link: far more than anybody presses, far less than a program could.
 */
export const mostOfPerson: Limits = {
  pages: 1200,
  presses: 300,
  uploads: 20,
  streams: 120,
  nameless: Number.POSITIVE_INFINITY,
  files: Number.POSITIVE_INFINITY,
};

/** Limits for one address: a hall of 2,000 people behind it opens its links, follows, answers, asks and votes. */
export const mostOfAddress: Limits = {
  pages: 40_000,
  presses: 20_000,
  uploads: 200,
  streams: 10_000,
  nameless: 40_000,
  files: 120_000,
};

export interface RateLimits {
  ofPerson: Limits;
  ofAddress: Limits;
}

export const usualRateLimits: RateLimits = { ofPerson: mostOfPerson, ofAddress: mostOfAddress };

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
/** People and addresses counted at one time; those counted longest ago are forgotten first. */
const cache = 20_000;

/** Refuses further requests ('too-many', with Retry-After); registered after the session, so that a person is known. */
export async function rateLimits(
  app: FastifyInstance,
  { ofPerson, ofAddress }: RateLimits = usualRateLimits,
): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    cache,
    timeWindow: 60_000,
    keyGenerator: (request) => `${kindOf(request)} ${personOf(request) ?? addressOf(request)}`,
    max: (request) => (personOf(request) === undefined ? ofAddress : ofPerson)[kindOf(request)],
    errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
    addHeaders: quiet,
    addHeadersOnExceeding: quiet,
  });
  const limit = app.rateLimit();
  // The holder of a link is known by its secret alone, which anybody can invent: their address is counted as well.
  const countAddress = app.createRateLimit({
    keyGenerator: (request) => `${kindOf(request)} ${addressOf(request)}`,
    max: (request) => ofAddress[kindOf(request)],
  });
  const check = async (request: FastifyRequest, reply: Parameters<typeof limit>[1]) => {
    if (tokenOf(request) !== undefined) {
      const counted = await countAddress(request);
      if (!counted.isAllowed && counted.isExceeded) {
        reply.header('retry-after', counted.ttlInSeconds);
        throw tooMany(counted.ttl);
      }
    }
    await limit.call(app, request, reply);
  };
  // A press is counted when it has been read, so that what was typed is not lost; what is large is refused unread.
  app.addHook('onRequest', async (request, reply) => {
    if (!isPress(request)) await check(request, reply);
  });
  app.addHook('preHandler', async (request, reply) => {
    if (isPress(request)) await check(request, reply);
  });
}

/** How many others behind an address are active is nobody's business. */
const quiet = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };

function tooMany(milliseconds: number): Refusal {
  return new Refusal('too-many', 'That was a lot at once. Please wait {n} seconds, then try again.', {
    n: Math.max(1, Math.ceil(milliseconds / 1000)),
  });
}

const isPress = (request: FastifyRequest) => kindOf(request) === 'presses' || kindOf(request) === 'nameless';

function kindOf(request: FastifyRequest): keyof Limits {
  const { access, isStream } = request.routeOptions.config;
  if (access === 'nameless') return 'nameless';
  if (isStream) return 'streams';
  if (!safe.has(request.method)) return isMultipart(request) ? 'uploads' : 'presses';
  return request.url.startsWith('/static/') ? 'files' : 'pages';
}

const isMultipart = ({ headers }: FastifyRequest) =>
  String(headers['content-type']).toLowerCase().startsWith('multipart/');

function personOf(request: FastifyRequest): string | undefined {
  return request.person ? `person ${request.person.id}` : tokenOf(request);
}

function tokenOf(request: FastifyRequest): string | undefined {
  if (request.routeOptions.config.access !== 'link') return undefined;
  return `link ${(request.params as { token?: string }).token}`;
}

/** All of IPv4, the network of IPv6. */
const addressOf = ({ ip }: FastifyRequest) => normalizeIP(ip, 64);
