// Connections that send slowly, or nothing at all.
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import { Streams, usualLimits } from '../../../src/web/live.ts';
import { serverOptions, type TimeOuts, usualTimeOuts } from '../../../src/web/time-outs.ts';
import { follow } from '../../support/pages/following.ts';
import { readAnswer } from '../../support/wire.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const host = 'flipside.halden.example';
const minute = 60_000;
/** Only the one that a test is about is short. */
const patient: TimeOuts = { headers: minute, request: minute, idle: minute, betweenRequests: minute };

/** Sends these bytes and waits until the server closes; gives what it answered before. */
async function sending(bytes: string, timeOuts: Partial<TimeOuts>): Promise<string> {
  const app = await buildApp(world.ctx, { timeOuts: { ...patient, ...timeOuts } });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const socket = net.connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

describe('a connection is let go', () => {
  test('whose headers do not end', async () => {
    const answer = readAnswer(await sending(`GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `, { headers: 100 }));
    expect([answer.status, answer.body]).toEqual([
      408,
      'We cannot read this: it took too long to arrive. Check your connection and try again.',
    ]);
  });

  test('whose form does not end', async () => {
    const head = `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n`;
    const answer = readAnswer(await sending(`${head}email=a`, { headers: 100, request: 200 }));
    expect(answer.status).toBe(408);
  });

  test('on which nothing is sent', async () => {
    expect(await sending('', { idle: 100 })).toBe('');
  });

  test('on which nothing follows the answer', async () => {
    const answer = readAnswer(
      await sending(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`, { betweenRequests: 100 }),
    );
    expect(answer.status).toBe(200);
  });
});

describe('a page that follows', () => {
  test('is not idle: a sign of life comes at under half the limit', () => {
    expect(usualLimits.beat).toBeLessThan(usualTimeOuts.idle / 2);
  });

  test('stays connected for longer than the limit for idle connections', async () => {
    const idle = 1000;
    const app = Fastify(serverOptions({ ...patient, idle }));
    const streams = new Streams(app, { ...usualLimits, beat: idle / 5 });
    app.get('/', (_request, reply) => {
      streams.open(reply, { topic: 'one', holder: 'ada', person: 1, begin: '' });
      return reply;
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => app.close());
    const ada = await follow((app.server.address() as AddressInfo).port, 'http://localhost', '/');
    let isOver = false;
    void ada.ended.then(() => {
      isOver = true;
    });
    // More beats than fit in the limit.
    for (let beats = 0; beats < 8; beats++) await ada.next(({ event }) => event === 'beat');
    expect([isOver, streams.count]).toEqual([false, 1]);
    ada.leave();
  });
});
