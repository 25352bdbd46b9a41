// Server-sent events: who follows what, one message written to all of them, and streams that end cleanly.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '../refusal.ts';

export interface Limits {
  /** Streams of this process, and of one holder of a session or link. */
  most: number;
  mostEach: number;
  /** Bytes that may wait for a slow client before it is let go; it comes back by itself. */
  mostWaiting: number;
  /** Milliseconds between two signs of life, and until a stream ends so that its right to listen is looked at again. */
  beat: number;
  lasts: number;
}

export const usualLimits: Limits = {
  most: 5000,
  mostEach: 12,
  mostWaiting: 256 * 1024,
  beat: 20_000,
  lasts: 15 * 60_000,
};

export interface Streams {
  /** Answers with a stream that follows `topic` until one side ends it; `holder` is whoever it counts for. */
  open(reply: FastifyReply, stream: { topic: string; holder: string; begin?: string }): void;
  /** Writes a message to everyone who follows. */
  send(topic: string, message: string): void;
  has(topic: string): boolean;
  count(): number;
}

interface Stream {
  raw: FastifyReply['raw'];
  holder: string;
  topic: string;
  endsAt: number;
}

/** One message on the wire (HTML Standard, 9.2.5); a message without a name is markup that htmx puts in place. */
export function message(data: string, { event, id }: { event?: string; id?: string | number } = {}): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  const head = (event ? `event: ${event}\n` : '') + (id === undefined ? '' : `id: ${id}\n`);
  return `${head}${lines.join('')}\n`;
}

const alive = message('', { event: 'beat' });

/** The streams of an app. They end before it closes, so that nobody waits for them. */
export function streams(app: FastifyInstance, limits: Limits = usualLimits): Streams {
  const byTopic = new Map<string, Set<Stream>>();
  const perHolder = new Map<string, number>();
  let count = 0;
  let closing = false;

  const forget = (stream: Stream) => {
    const all = byTopic.get(stream.topic);
    if (!all?.delete(stream)) return;
    count -= 1;
    if (all.size === 0) byTopic.delete(stream.topic);
    const left = (perHolder.get(stream.holder) ?? 1) - 1;
    if (left === 0) perHolder.delete(stream.holder);
    else perHolder.set(stream.holder, left);
  };
  const keep = (stream: Stream) => {
    const all = byTopic.get(stream.topic) ?? new Set();
    byTopic.set(stream.topic, all.add(stream));
    perHolder.set(stream.holder, (perHolder.get(stream.holder) ?? 0) + 1);
    count += 1;
    stream.raw.once('close', () => forget(stream));
  };
  const write = (stream: Stream, text: string | Buffer) => {
    if (stream.raw.writableLength > limits.mostWaiting) stream.raw.destroy();
    else stream.raw.write(text);
  };
  const refuseTooMany = (holder: string) => {
    if (closing || count >= limits.most)
      throw new Refusal(
        'unavailable',
        'Too many people are following just now. Reload the page in a moment.',
      );
    if ((perHolder.get(holder) ?? 0) >= limits.mostEach)
      throw new Refusal('too-many', 'This is open in too many windows. Close some of them.');
  };

  const beat = setInterval(() => {
    const now = Date.now();
    for (const all of byTopic.values())
      for (const stream of all) {
        if (stream.endsAt <= now) stream.raw.end();
        else write(stream, alive);
      }
  }, limits.beat);
  beat.unref();
  app.addHook('preClose', async () => {
    closing = true;
    clearInterval(beat);
    for (const all of byTopic.values()) for (const { raw } of all) raw.end();
  });

  return {
    open(reply, { topic, holder, begin = '' }) {
      refuseTooMany(holder);
      const { raw } = reply;
      reply.headers({
        'content-type': 'text/event-stream; charset=utf-8',
        // Neither kept, packed nor held back by whatever stands between us and the browser.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
      reply.hijack();
      raw.writeHead(200, reply.getHeaders() as Record<string, string>);
      // Not all at one moment, so that many who came together do not come back together.
      const endsAt = Date.now() + limits.lasts * (0.75 + Math.random() / 2);
      keep({ raw, holder, topic, endsAt });
      raw.write(alive + begin);
    },
    send(topic, text) {
      const bytes = Buffer.from(text);
      for (const stream of byTopic.get(topic) ?? []) write(stream, bytes);
    },
    has: (topic) => byTopic.has(topic),
    count: () => count,
  };
}
