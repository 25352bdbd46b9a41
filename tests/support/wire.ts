// Bytes as no browser would send them: the answer of a port to a request written by hand.
import { once } from 'node:events';
import net from 'node:net';

export interface Raw {
  status: number;
  headers: Map<string, string>;
  body: string;
}

/** Sends lines as they are, ends with an empty one, and reads until the other side closes. */
export async function sendLines(port: number, lines: string[]): Promise<Raw> {
  const socket = net.connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write([...lines, 'Connection: close', '', ''].join('\r\n'));
  await once(socket, 'close');
  return readAnswer(Buffer.concat(chunks).toString());
}

export function readAnswer(text: string): Raw {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}
