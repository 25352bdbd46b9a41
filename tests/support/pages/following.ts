// A page that follows an event, without the page: what the stream says, message by message.
import { once } from 'node:events';
import http from 'node:http';

export interface Heard {
  event: string;
  data: string;
  id: string;
}

export interface Followed {
  status: number;
  headers: http.IncomingHttpHeaders;
  heard: Heard[];
  /** The first message not asked for before that is like this; earlier ones are passed over. */
  next(isIt: (one: Heard) => boolean): Promise<Heard>;
  /** Settles when the other side has ended the stream. */
  ended: Promise<void>;
  leave(): void;
  /** Reads nothing any more, and stays. */
  sleep(): void;
}

/** Asks for a stream at a port of this machine, as a browser at `baseUrl` would. */
export async function follow(
  port: number,
  baseUrl: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Followed> {
  const asked = http.get({
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    headers: { host: new URL(baseUrl).host, accept: 'text/html, text/event-stream', ...headers },
  });
  const [answer] = (await once(asked, 'response')) as [http.IncomingMessage];
  const heard: Heard[] = [];
  let rest = '';
  let at = 0;
  let wake = () => {};
  answer.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop()!;
    heard.push(...parts.map(read));
    wake();
  });
  answer.on('error', () => {});
  const ended = new Promise<void>((resolve) => answer.once('close', resolve));
  return {
    status: answer.statusCode!,
    headers: answer.headers,
    heard,
    ended,
    async next(isIt) {
      for (;;) {
        for (; at < heard.length; ) if (isIt(heard[at++]!)) return heard[at - 1]!;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    leave: () => asked.destroy(),
    sleep: () => answer.pause(),
  };
}

function read(part: string): Heard {
  const found: Heard = { event: '', data: '', id: '' };
  const data: string[] = [];
  for (const line of part.split('\n')) {
    const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event' || field === 'id') found[field] = value;
  }
  return { ...found, data: data.join('\n') };
}
