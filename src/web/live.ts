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
  lasts: 5 * 60_000,
};

interface Stream {
  raw: FastifyReply['raw'];
  holder: string;
  topic: string;
  /** The person whose right to listen it hangs on. */
  person: number;
  endsAt: number;
}

/** A new stream: what it follows and for whom, who it counts for, and what it begins with. */
export type Opening = Pick<Stream, 'topic' | 'holder' | 'person'> & { begin: string };

/** One message on the wire (HTML Standard, 9.2.5); a message without a name is markup that htmx puts in place. */
export function message(data: string, { event, id }: { event?: string; id?: string | number } = {}): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  const head = (event ? `event: ${event}\n` : '') + (id === undefined ? '' : `id: ${id}\n`);
  return `${head}${lines.join('')}\n`;
}

const alive = message('', { event: 'beat' });

let open = 0;

/** Streams that are open in this process. */
export const openStreams = (): number => open;

/** The streams of an app. They end before it closes, so that nobody waits for them. */
export class Streams {
  #limits: Limits;
  #byTopic = new Map<string, Set<Stream>>();
  #perHolder = new Map<string, number>();
  #count = 0;
  #closing = false;

  constructor(app: FastifyInstance, limits: Limits = usualLimits) {
    this.#limits = limits;
    const beating = setInterval(() => this.#beat(), limits.beat);
    beating.unref();
    app.addHook('preClose', async () => {
      this.#closing = true;
      clearInterval(beating);
      for (const all of this.#byTopic.values()) for (const { raw } of all) raw.end();
    });
  }

  get count(): number {
    return this.#count;
  }

  has(topic: string): boolean {
    return this.#byTopic.has(topic);
  }

  /** Answers with a stream that follows `topic` until one side ends it; it counts for `holder`. */
  open(reply: FastifyReply, { topic, holder, person, begin }: Opening): void {
    this.#refuseTooMany(holder);
    const { raw } = reply;
    reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      // No proxy on the way to the browser may cache, compress or buffer it.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    reply.hijack();
    raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    // Not all at one moment, so that many who came together do not come back together.
    const endsAt = Date.now() + this.#limits.lasts * (0.75 + Math.random() / 2);
    this.#keep({ raw, holder, topic, person, endsAt });
    raw.write(alive + begin);
  }

  /** Writes a message to everyone who follows. */
  send(topic: string, text: string): void {
    const bytes = Buffer.from(text);
    for (const stream of this.#byTopic.get(topic) ?? []) this.#write(stream, bytes);
  }

  /** Ends what one person follows: a browser that still may listen connects again at once. */
  endOf(person: number): void {
    for (const all of this.#byTopic.values())
      for (const stream of all) if (stream.person === person) stream.raw.end();
  }

  endTopic(topic: string): void {
    for (const { raw } of this.#byTopic.get(topic) ?? []) raw.end();
  }

  /** Ends all of them within two beats, not at one moment: what was said meanwhile about who may listen is lost. */
  renewAll(): void {
    for (const all of this.#byTopic.values())
      for (const stream of all)
        stream.endsAt = Math.min(stream.endsAt, Date.now() + Math.random() * this.#limits.beat);
  }

  #refuseTooMany(holder: string): void {
    if (this.#closing || this.#count >= this.#limits.most)
      throw new Refusal(
        'unavailable',
        'Too many people are following just now. Reload the page in a moment.',
      );
    if ((this.#perHolder.get(holder) ?? 0) >= this.#limits.mostEach)
      throw new Refusal('too-many', 'This is open in too many windows. Close some of them.');
  }

  #keep(stream: Stream): void {
    const { topic, holder, raw } = stream;
    this.#byTopic.set(topic, (this.#byTopic.get(topic) ?? new Set()).add(stream));
    this.#perHolder.set(holder, (this.#perHolder.get(holder) ?? 0) + 1);
    this.#count += 1;
    open += 1;
    raw.once('close', () => this.#forget(stream));
  }

  #forget(stream: Stream): void {
    const all = this.#byTopic.get(stream.topic);
    if (!all?.delete(stream)) return;
    this.#count -= 1;
    open -= 1;
    if (all.size === 0) this.#byTopic.delete(stream.topic);
    const left = (this.#perHolder.get(stream.holder) ?? 1) - 1;
    if (left === 0) this.#perHolder.delete(stream.holder);
    else this.#perHolder.set(stream.holder, left);
  }

  /** A client that does not read is let go; it comes back by itself and catches up. */
  #write({ raw }: Stream, text: string | Buffer): void {
    if (raw.writableLength > this.#limits.mostWaiting) raw.destroy();
    else raw.write(text);
  }

  #beat(): void {
    const now = Date.now();
    for (const all of this.#byTopic.values())
      for (const stream of all) {
        if (stream.endsAt <= now) stream.raw.end();
        else this.#write(stream, alive);
      }
  }
}
