// How long a connection may take: one that sends slowly, or nothing, does not keep a place from others.

/** Milliseconds. */
export interface TimeOuts {
  /** For all headers of a request. */
  headers: number;
  /** For a whole request: a file of 5 MB on a slow phone line needs a minute. */
  request: number;
  /** Without a byte in either direction; streams give a sign of life at under half of it. */
  idle: number;
  /** Between two requests on one connection. */
  betweenRequests: number;
}

export const usualTimeOuts: TimeOuts = {
  headers: 15_000,
  request: 120_000,
  idle: 60_000,
  betweenRequests: 30_000,
};

/** The same in Fastify's words. */
export function serverOptions({ headers, request, idle, betweenRequests }: TimeOuts) {
  return {
    connectionTimeout: idle,
    requestTimeout: request,
    keepAliveTimeout: betweenRequests,
    // Node looks only that often, so it looks more often than it would by itself.
    http: { headersTimeout: headers, connectionsCheckingInterval: Math.min(headers, 5_000) / 2 },
  };
}
