// Requests that cannot even be read never reach a route, a hook or a page: they get a sentence in plain text.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Words } from '../words.ts';
import { alwaysSent } from './security-headers.ts';

/** Answers an address that is none. */
export function unreadableAddress(baseUrl: string, words: Words) {
  const headers = headersFor(baseUrl);
  return (_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    reply.code(400).headers(headers).send(words.t(address));
  };
}

/** Answers what is no HTTP, has headers without end, or comes too slowly; then closes the connection. */
export function unreadableRequest(baseUrl: string, words: Words) {
  const headers = headersFor(baseUrl);
  return (error: Error & { code?: string }, socket: Socket): void => {
    // Nobody is there to read an answer, or one has begun already.
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0)
      return void socket.destroy();
    const status = statusOf(error.code);
    const body = words.t(status === 408 ? tooSlow : request);
    const lines = Object.entries({
      ...headers,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}`);
    socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
  };
}

function headersFor(baseUrl: string): Record<string, string> {
  return { ...alwaysSent(baseUrl), 'content-type': 'text/plain; charset=utf-8' };
}

function statusOf(code: string | undefined): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}

const address = 'We cannot read this address. Check it, or start from the first page.';
const request = 'We cannot read what your browser sent. Go back, reload the page and try again.';
const tooSlow = 'We cannot read this: it took too long to arrive. Check your connection and try again.';
