// The language a request is answered in: the one its app was built with. This is the place where a person's own would
// count.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Words } from '../words.ts';

const languages = new WeakMap<FastifyInstance, Words>();

/** Lets an app speak; without it no page of it can be drawn. */
export function speak(app: FastifyInstance, words: Words): void {
  languages.set(app, words);
}

/** Returns the words that a request is answered in. */
export function wordsFor({ server }: Pick<FastifyRequest, 'server'>): Words {
  return wordsOfApp(server);
}

/** Returns the words of what everyone is shown alike. */
export function wordsOfApp(app: FastifyInstance): Words {
  const words = languages.get(app);
  if (!words) throw new Error('speak(app, words) was not called for this app');
  return words;
}
