// The few parts of PostgreSQL's wire protocol (version 3.0) that the transport reads and writes itself.

export const startup = 196608;
export const cancelRequest = 80877102;

const byte = (letter: string) => letter.charCodeAt(0);

export const to = {
  query: byte('Q'),
  parse: byte('P'),
  close: byte('C'),
  execute: byte('E'),
  sync: byte('S'),
  flush: byte('H'),
  functionCall: byte('F'),
  terminate: byte('X'),
  copyData: byte('d'),
  copyDone: byte('c'),
  copyFail: byte('f'),
};

export const from = {
  error: byte('E'),
  notification: byte('A'),
  ready: byte('Z'),
  copyIn: byte('G'),
  keyData: byte('K'),
};

export type Status = 'idle' | 'transaction' | 'failed';

/** A message with its type byte and length in front. */
export function message(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.allocUnsafe(5 + body.length);
  bytes.write(type, 0, 'latin1');
  bytes.writeInt32BE(4 + body.length, 1);
  body.copy(bytes, 5);
  return bytes;
}

export const query = (text: string) => message('Q', Buffer.from(`${text}\0`));
export const sync = message('S');
/** Fails, as nobody has made a portal of this name: undoes what was executed since the last Sync. */
export const executeMissingPortal = message('E', Buffer.from('spoil\0\0\0\0\0'));
export const closeStatement = (name: string) => message('C', Buffer.from(`S${name}\0`));
export const copyFail = (reason: string) => message('f', Buffer.from(`${reason}\0`));
export const idle = message('Z', Buffer.from('I'));

export function keyData(pid: number, secret: number): Buffer {
  const body = Buffer.allocUnsafe(8);
  body.writeInt32BE(pid, 0);
  body.writeInt32BE(secret, 4);
  return message('K', body);
}

export function error(code: string, sentence: string): Buffer {
  return message('E', Buffer.from(`SERROR\0VERROR\0C${code}\0M${sentence}\0\0`));
}

export function startupMessage(values: Record<string, string>): Buffer {
  const text = Object.entries(values).map(([key, value]) => `${key}\0${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`);
  const head = Buffer.allocUnsafe(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(startup, 4);
  return Buffer.concat([head, body]);
}

/** The statement's name in a Parse message; '' is the unnamed one. */
export function parsedName(bytes: Buffer): string {
  return bytes.toString('utf8', 5, bytes.indexOf(0, 5));
}

/** The statement's name in a Close message, or undefined where it closes a portal. */
export function closedName(bytes: Buffer): string | undefined {
  return bytes[5] === byte('S') ? bytes.toString('utf8', 6, bytes.indexOf(0, 6)) : undefined;
}

export function statusOf(ready: Buffer): Status {
  if (ready[5] === byte('I')) return 'idle';
  return ready[5] === byte('T') ? 'transaction' : 'failed';
}

/** Splits bytes into whole messages, and the rest of one that is not complete yet. */
export function splitMessages(bytes: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let at = 0;
  while (bytes.length - at >= 5) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (end > bytes.length) break;
    messages.push(bytes.subarray(at, end));
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
}
