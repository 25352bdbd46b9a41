// A mail server that can be told how to fail, connection by connection, and remembers what it took.
import net, { type AddressInfo, type Socket } from 'node:net';

/** Behaviour at one try; 'take' is what a good server does. */
export type Fault =
  | 'take'
  | 'hang up' // before it says anything
  | 'stay silent' // takes the connection and never speaks
  | '421' // too busy, at the greeting
  | 'greylist' // 451 to the address
  | '550' // no such person
  | 'never answer' // takes the letter's text and never says what became of it
  | 'drop at data' // gone once the letter has come, and it was not kept
  | 'drop after keeping' // kept the letter, and gone before it said so
  | 'drop after 250'; // took it, said so, and gone

export interface Taken {
  to: string;
  messageId: string;
  bytes: string;
}

export interface MailServer {
  url: string;
  /** Every letter it kept, in order. */
  taken: Taken[];
  /** Clients it owes an answer to their letter's text at this moment. */
  unanswered(): string[];
  /** Keeps those letters after all, and says so. */
  answerAll(): void;
  close: () => Promise<void>;
}

/** `faultFor` decides about each try, once the address is known or else at the greeting (`to` is then empty). */
export async function openMailServer(
  faultFor: (to: string) => Fault,
  onTaken: (letter: Taken) => void = () => {},
): Promise<MailServer> {
  const taken: Taken[] = [];
  const owed = new Map<Socket, Taken>();
  const sockets = new Set<Socket>();
  const keep = (letter: Taken) => {
    taken.push(letter);
    onTaken(letter);
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket) && owed.delete(socket)).on('error', () => {});
    const atOnce = faultFor('');
    if (atOnce === 'hang up') return void socket.destroy();
    if (atOnce === 'stay silent') return;
    if (atOnce === '421') return void socket.end('421 too busy\r\n');
    socket.write('220 here\r\n');
    talk(socket, faultFor, keep, (letter) => owed.set(socket, letter));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    unanswered: () => [...owed.values()].map(({ to }) => to),
    answerAll: () => {
      for (const [socket, letter] of owed) finish(socket, 'take', letter, keep);
      owed.clear();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function talk(
  socket: Socket,
  faultFor: (to: string) => Fault,
  keep: (letter: Taken) => void,
  owe: (letter: Taken) => void,
): void {
  let [buffer, to, inData] = ['', '', false];
  let fault: Fault = 'take';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    buffer += chunk;
    if (inData) {
      const end = buffer.indexOf('\r\n.\r\n');
      if (end < 0) return;
      const bytes = buffer.slice(0, end);
      [buffer, inData] = ['', false];
      const letter = { to, bytes, messageId: /^Message-ID: (\S+)/im.exec(bytes)?.[1] ?? '' };
      return fault === 'never answer' ? owe(letter) : finish(socket, fault, letter, keep);
    }
    for (let at = buffer.indexOf('\r\n'); at >= 0; at = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, at);
      buffer = buffer.slice(at + 2);
      if (/^RCPT TO/i.test(line)) {
        to = /<([^>]*)>/.exec(line)?.[1] ?? '';
        fault = faultFor(to);
      }
      if (/^DATA/i.test(line)) inData = true;
      socket.write(replyTo(line, fault));
    }
  });
}

function replyTo(line: string, fault: Fault): string {
  if (/^RCPT TO/i.test(line) && fault === 'greylist') return '451 4.7.1 come back later\r\n';
  if (/^RCPT TO/i.test(line) && fault === '550') return '550 5.1.1 no such person\r\n';
  if (/^DATA/i.test(line)) return '354 go on\r\n';
  if (/^QUIT/i.test(line)) return '221 bye\r\n';
  return '250 fine\r\n';
}

function finish(socket: Socket, fault: Fault, letter: Taken, keep: (letter: Taken) => void): void {
  if (fault === 'drop at data') return void socket.destroy();
  keep(letter);
  if (fault === 'drop after keeping') return void socket.destroy();
  socket.write('250 taken\r\n', () => {
    if (fault === 'drop after 250') socket.destroy();
  });
}
