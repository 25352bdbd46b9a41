import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Limits, message, Streams, usualLimits } from '../../src/web/live.ts';
import { follow } from '../support/pages/following.ts';

async function openApp(limits: Partial<Limits> = {}) {
  const app = Fastify();
  const streams = new Streams(app, { ...usualLimits, ...limits });
  app.setErrorHandler((error: { kind?: string }, _request, reply) =>
    reply.code(error.kind === 'unavailable' ? 503 : 429).send(''),
  );
  app.get('/:holder', (request, reply) => {
    const { holder } = request.params as { holder: string };
    streams.open(reply, { topic: 'one', holder, person: 1, begin: '' });
    return reply;
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  return { app, streams, listen: (holder: string) => follow(port, 'http://localhost', `/${holder}`) };
}

describe('streams', () => {
  test('one message reaches everyone who follows this topic, and nobody else', async () => {
    const { streams, listen } = await openApp();
    const [ada, bo] = [await listen('ada'), await listen('bo')];
    streams.send('other', message('not this'));
    streams.send('one', message('two\nlines', { event: 'wall', id: 7 }));
    for (const { next } of [ada, bo])
      expect(await next(({ event }) => event !== 'beat')).toEqual({
        event: 'wall',
        data: 'two\nlines',
        id: '7',
      });
    expect([streams.has('one'), streams.has('other'), streams.count]).toEqual([true, false, 2]);
  });

  test('give signs of life, and end after a while so that the right to listen is looked at again', async () => {
    const { streams, listen } = await openApp({ beat: 5, lasts: 40 });
    const ada = await listen('ada');
    await ada.next(({ event }) => event === 'beat');
    await ada.next(({ event }) => event === 'beat');
    await ada.ended;
    expect(streams.count).toBe(0);
  });

  test('are limited in all and for each', async () => {
    const { listen } = await openApp({ most: 3, mostEach: 2 });
    const statuses = [];
    for (const holder of ['ada', 'ada', 'ada', 'bo', 'cy']) statuses.push((await listen(holder)).status);
    expect(statuses).toEqual([200, 200, 429, 200, 503]);
  });

  test('one whose reader sleeps is let go before it fills the memory', async () => {
    const { streams, listen } = await openApp({ mostWaiting: 1000 });
    const sleeper = await listen('ada');
    sleeper.sleep();
    while (streams.count > 0) {
      streams.send('one', message('x'.repeat(100_000)));
      await new Promise(setImmediate);
    }
    expect(streams.has('one')).toBe(false);
  });

  test('end before the app does, which then takes no more', async () => {
    const { app, listen } = await openApp();
    const ada = await listen('ada');
    await Promise.all([app.close(), ada.ended]);
  });
});

describe('a message', () => {
  test.each([
    ['a', undefined, 'data: a\n\n'],
    ['a\r\nb\rc\nd', undefined, 'data: a\ndata: b\ndata: c\ndata: d\n\n'],
    ['event: x\n\ndata: y', undefined, 'data: event: x\ndata: \ndata: data: y\n\n'],
    ['', { event: 'beat' }, 'event: beat\ndata: \n\n'],
    ['a', { event: 'wall', id: 0 }, 'event: wall\nid: 0\ndata: a\n\n'],
  ] as const)('%j is one message whatever it holds', (data, options, wire) => {
    expect(message(data, options)).toBe(wire);
  });
});
