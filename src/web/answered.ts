// Hears of each answered request what logs and metrics may know of it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from './log.ts';

/** An answered request: the pattern of its route and never its address, which may hold a secret. */
export interface Answered {
  method: string;
  /** The pattern, such as `/i/:token`; 'none' where there is no such route. */
  route: string;
  /** 499 where the client left before the answer was complete. */
  status: number;
  seconds: number;
  /** True for a page that follows: it was open for so long, and nobody waited. */
  isStream: boolean;
}

export type AnsweredListener = (answered: Answered, request: FastifyRequest) => void;

const clientLeft = 499;

/** Tells `hear` of every request that was answered, but of none below /anon/: its time would say when somebody asked. */
export function onAnswered(app: FastifyInstance, hear: AnsweredListener): void {
  // Nothing else, Fastify included, writes into the log about such a request.
  app.addHook('onRoute', (route) => {
    if (route.config?.access === 'nameless') route.logLevel = 'silent';
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (!isNameless(request)) reply.raw.once('close', () => hear(answered(request, reply), request));
    done();
  });
}

function answered(request: FastifyRequest, { raw, elapsedTime }: FastifyReply): Answered {
  const { url, config } = request.routeOptions;
  const status = raw.writableEnded ? raw.statusCode : clientLeft;
  const isStream = config.isStream === true && (status === 200 || status === clientLeft);
  return {
    method: request.method,
    route: request.is404 ? 'none' : (url ?? 'none'),
    status,
    seconds: elapsedTime / 1000,
    isStream,
  };
}

/** An address below /anon/, also one that no route has. */
function isNameless({ routeOptions, is404, url }: FastifyRequest): boolean {
  return routeOptions.config.access === 'nameless' || (is404 && /anon/i.test(decoded(url)));
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return 'anon';
  }
}

/** Writes a line for each: what failed is a warning, files and health checks are for debugging, all else is information. */
export function logAnswered({ method, route, status, seconds }: Answered, log: Pick<Log, Level>): void {
  const line = { method, route, status, ms: Math.round(seconds * 10_000) / 10 };
  log[levelOf(route, status)](line, 'answered');
}

type Level = 'warn' | 'info' | 'debug';

function levelOf(route: string, status: number): Level {
  if (status >= 500) return 'warn';
  const isRoutine = status < 400 && (route === '/healthz' || route.startsWith('/static/'));
  return isRoutine ? 'debug' : 'info';
}
