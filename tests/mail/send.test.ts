import type { AddressInfo, Socket } from 'node:net';
import net from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import type { LetterFacts } from '../../src/domain/letters/facts.ts';
import { renderLetter } from '../../src/mail/letter.ts';
import { messageBytes } from '../../src/mail/message.ts';
import { openTransport, type Transport, type TransportLimits } from '../../src/mail/send.ts';
import { english } from '../support/words.ts';
import { letters } from './letters-on-the-desk.ts';

// handing letters to a mail server

interface Received {
  from: string;
  to: string[];
  bytes: Buffer;
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A real mail server that keeps what it gets; its answers can be changed. */
async function mailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_session, next) => {
      connections += 1;
      next();
    },
    onData: (stream, session, next) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          bytes: Buffer.concat(chunks),
        });
        next();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, port, received, connections: () => connections };
}

/** A server whose whole behaviour on a connection is given by the test. */
async function rawServer(talk: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function transportTo(url: string, limits?: TransportLimits): Transport {
  const transport = openTransport(url, limits);
  closers.push(() => transport.close());
  return transport;
}

const envelope = { from: 'invitations@flipside.example', to: 'margareta@halden.example' };
const margareta = { name: 'Margareta', email: envelope.to };
const bytes = await messageBytes(renderLetter(letters[1] as LetterFacts, margareta, english), {
  messageId: '<5f0c1d2e3a4b@flipside.example>',
  date: Temporal.Instant.from('2026-11-22T09:00:00Z'),
  from: { name: 'Ida Nordby', email: envelope.from },
  to: margareta,
});

const refusal = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });

test('the server gets exactly the stored bytes, a second try too', async () => {
  const server = await mailServer();
  const transport = transportTo(server.url);
  expect(await transport.send(envelope, bytes)).toMatchObject({
    kind: 'sent',
    reply: expect.stringMatching(/^250/),
  });
  expect(await transport.send(envelope, bytes)).toMatchObject({ kind: 'sent' });
  expect(server.received).toEqual([1, 2].map(() => ({ from: envelope.from, to: [envelope.to], bytes })));
});

test('a line that is only a dot does not end a letter', async () => {
  const server = await mailServer();
  const dotted = Buffer.from('Subject: x\r\n\r\n.\r\n..\r\nend\r\n');
  expect(await transportTo(server.url).send(envelope, dotted)).toMatchObject({ kind: 'sent' });
  expect(server.received[0]?.bytes.toString()).toBe(dotted.toString());
});

test('many letters share few connections', async () => {
  const server = await mailServer();
  const transport = transportTo(server.url, { connections: 2 });
  const sent = await Promise.all(Array.from({ length: 20 }, () => transport.send(envelope, bytes)));
  expect(sent.map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => 'sent'));
  expect(server.received.length).toBe(20);
  expect(server.connections()).toBeLessThanOrEqual(2);
});

describe('what the server says decides', () => {
  const answers: [string, string, SMTPServerOptions][] = [
    [
      'permanent',
      '550 No such person here',
      { onRcptTo: (_address, _session, next) => next(refusal(550, 'No such person here')) },
    ],
    [
      'temporary',
      '450 Greylisted, come back later',
      { onRcptTo: (_address, _session, next) => next(refusal(450, 'Greylisted, come back later')) },
    ],
    [
      'permanent',
      '553 Not from you',
      { onMailFrom: (_address, _session, next) => next(refusal(553, 'Not from you')) },
    ],
    [
      'temporary',
      '451 Try again',
      { onMailFrom: (_address, _session, next) => next(refusal(451, 'Try again')) },
    ],
    [
      'temporary',
      '530 Sign in first',
      { onMailFrom: (_address, _session, next) => next(refusal(530, 'Sign in first')) },
    ],
    [
      'permanent',
      '554 Looks like spam',
      {
        onData: (stream, _session, next) =>
          stream.on('end', () => next(refusal(554, 'Looks like spam'))).resume(),
      },
    ],
    [
      'temporary',
      '452 Disk full',
      {
        onData: (stream, _session, next) => stream.on('end', () => next(refusal(452, 'Disk full'))).resume(),
      },
    ],
    ['temporary', '554 Not today', { onConnect: (_session, next) => next(refusal(554, 'Not today')) }],
    ['temporary', '421 Too many', { onConnect: (_session, next) => next(refusal(421, 'Too many')) }],
  ];

  test.each(answers)('%s: %s', async (kind, reply, options) => {
    const server = await mailServer(options);
    expect(await transportTo(server.url, { patience: 2000 }).send(envelope, bytes)).toEqual({ kind, reply });
  });

  test('a wrong password is not the letter’s fault', async () => {
    const server = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, next) => next(refusal(535, 'Wrong password')),
    });
    const url = server.url.replace('smtp://', 'smtp://ida:wrong@');
    expect(await transportTo(url).send(envelope, bytes)).toMatchObject({
      kind: 'temporary',
      reply: expect.stringContaining('535'),
    });
  });
});

describe('when the way is broken, the letter waits', () => {
  const greet = (socket: Socket) => socket.write('220 here\r\n');
  const reply = (socket: Socket, data: Buffer | string) => {
    const command = data.toString().slice(0, 4).toUpperCase();
    if (command === 'EHLO') socket.write('250 here\r\n');
    if (command === 'MAIL' || command === 'RCPT') socket.write('250 fine\r\n');
    if (command === 'DATA') socket.write('354 go on\r\n');
    return command;
  };

  test('nobody listens', async () => {
    const url = await rawServer(() => {});
    await closers.pop()?.();
    expect(await transportTo(url).send(envelope, bytes)).toMatchObject({
      kind: 'temporary',
      reply: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('the name is unknown', async () => {
    expect(await transportTo('smtp://nowhere.invalid').send(envelope, bytes)).toMatchObject({
      kind: 'temporary',
    });
  });

  test('the server says nothing', async () => {
    const url = await rawServer(() => {});
    expect(await transportTo(url, { patience: 200 }).send(envelope, bytes)).toMatchObject({
      kind: 'temporary',
    });
  });

  test('the server trickles', async () => {
    const url = await rawServer((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await transportTo(url, { patience: 200 }).send(envelope, bytes)).toMatchObject({
      kind: 'temporary',
    });
  });

  test('the line drops before the letter is taken, and it is not sent again behind our back', async () => {
    let tries = 0;
    const url = await rawServer((socket) => {
      tries += 1;
      greet(socket);
      socket.on('data', (data) => {
        if (reply(socket, data) === 'DATA') socket.destroy();
      });
    });
    expect(await transportTo(url, { patience: 2000 }).send(envelope, bytes)).toMatchObject({
      kind: 'temporary',
    });
    expect(tries).toBe(1);
  });

  test('the line drops after the whole letter, before the answer', async () => {
    let tries = 0;
    const url = await rawServer((socket) => {
      tries += 1;
      greet(socket);
      socket.on('data', (data) => {
        reply(socket, data);
        if (data.toString().endsWith('\r\n.\r\n')) socket.destroy();
      });
    });
    expect(await transportTo(url, { patience: 2000 }).send(envelope, bytes)).toMatchObject({
      kind: 'temporary',
    });
    expect(tries).toBe(1);
  });

  test('after a drop the next letter takes a new connection', async () => {
    let tries = 0;
    const server = await mailServer();
    const url = await rawServer((socket) => {
      tries += 1;
      if (tries === 1) return socket.destroy();
      const onward = net.connect(server.port, '127.0.0.1');
      socket.on('close', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    });
    const transport = transportTo(url, { patience: 2000 });
    expect(await transport.send(envelope, bytes)).toMatchObject({ kind: 'temporary' });
    expect(await transport.send(envelope, bytes)).toMatchObject({ kind: 'sent' });
    expect(server.received.length).toBe(1);
  });

  test('the transport is closed', async () => {
    const server = await mailServer();
    const transport = openTransport(server.url);
    transport.close();
    expect(await transport.send(envelope, bytes)).toMatchObject({ kind: 'temporary' });
  });
});

test('a letter goes to one address that can be right, or does not leave', async () => {
  const server = await mailServer();
  const transport = transportTo(server.url);
  for (const to of [
    '',
    'bo',
    'a@b.example, c@d.example',
    'bo@b.example\r\nRCPT TO:<c@d.example>',
    '<a@b.example>',
  ]) {
    expect(await transport.send({ ...envelope, to }, bytes)).toMatchObject({ kind: 'permanent' });
  }
  expect(await transport.send({ ...envelope, from: 'ida' }, bytes)).toMatchObject({ kind: 'permanent' });
  expect(server.received).toEqual([]);
});
