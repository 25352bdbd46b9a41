import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { CannotRestore } from '../dump.ts';

// The file of a backup: a first line that says what it is, then compressed parts of about a megabyte of lines each. Each
// part carries its length, its kind and a SHA-256 over all of these, its bytes and the checksum before it, so that a
// changed byte is noticed as well as a part that is missing, doubled or in another place.

const firstLine = (version: number) => Buffer.from(`Flipside backup ${version}\n`);
const thisVersion = 2;
/** Bytes that are enough to read the first line of this version and of any to come. */
export const firstBytes = 40;

const kinds = { lines: 0x4c, end: 0x45 } as const;
const lengthBytes = 4;
const checksumBytes = 32;
const headBytes = lengthBytes + 1 + checksumBytes;
/** Characters of lines after which a part is closed. */
const partCharacters = 2 ** 20;
/** No part that was written here is longer, unpacked; one row alone may need that much. */
const mostUnpacked = 2 ** 29;

const compress = promisify(zlib.zstdCompress);
const decompress = promisify(zlib.zstdDecompress);

const checksum = (before: Buffer, head: Buffer, bytes: Buffer) =>
  createHash('sha256').update(before).update(head).update(bytes).digest();

/** Collects lines into parts and hands each, packed, to `write`. */
export function partsWriter(write: (bytes: Buffer) => Promise<void>) {
  let lines: string[] = [];
  let characters = 0;
  let last = checksum(firstLine(thisVersion), Buffer.alloc(0), Buffer.alloc(0));

  async function writePart(kind: number, bytes: Buffer): Promise<void> {
    const head = Buffer.alloc(lengthBytes + 1);
    head.writeUInt32BE(bytes.length);
    head[lengthBytes] = kind;
    last = checksum(last, head, bytes);
    await write(Buffer.concat([head, last, bytes]));
  }

  async function flush(): Promise<void> {
    if (lines.length === 0) return;
    const packed = await compress(Buffer.from(lines.join('\n')));
    lines = [];
    characters = 0;
    await writePart(kinds.lines, packed);
  }

  return {
    begin: () => write(firstLine(thisVersion)),
    async line(text: string): Promise<void> {
      lines.push(text);
      characters += text.length + 1;
      if (characters >= partCharacters) await flush();
    },
    async end(): Promise<void> {
      await flush();
      await writePart(kinds.end, Buffer.alloc(0));
    },
  };
}

/** Tells how a file is written by its first bytes: in parts, as plain lines (until version 1), or not by Flipside. */
export function formOf(start: Buffer): 'parts' | 'plain' | 'foreign' | 'newer' {
  const version = /^Flipside backup (\d{1,6})\n/.exec(start.toString('latin1'))?.[1];
  if (version !== undefined) return Number(version) > thisVersion ? 'newer' : partsOrForeign(start);
  return start.toString('latin1').startsWith('{"flipside":"backup"') ? 'plain' : 'foreign';
}

const partsOrForeign = (start: Buffer) =>
  start.subarray(0, firstLine(thisVersion).length).equals(firstLine(thisVersion)) ? 'parts' : 'foreign';

/** Gives the lines of a file in parts; throws `CannotRestore` at the first byte that is not as it was written. */
export async function* linesInParts(file: string): AsyncGenerator<string, undefined> {
  await using opened = await fs.promises.open(file);
  const { size } = await opened.stat();
  let at = firstLine(thisVersion).length;
  let last = checksum(firstLine(thisVersion), Buffer.alloc(0), Buffer.alloc(0));

  async function take(length: number): Promise<Buffer> {
    if (at + length > size) throw incomplete(file);
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(length), 0, length, at);
    if (bytesRead !== length) throw incomplete(file);
    at += length;
    return buffer;
  }

  while (true) {
    const head = await take(headBytes);
    const bytes = await take(head.readUInt32BE(0));
    last = checksum(last, head.subarray(0, lengthBytes + 1), bytes);
    if (!last.equals(head.subarray(lengthBytes + 1))) throw damaged(file);
    if (head[lengthBytes] === kinds.end) break;
    yield* (await unpack(file, bytes)).split('\n');
  }
  if (at !== size) throw damaged(file);
}

async function unpack(file: string, bytes: Buffer): Promise<string> {
  try {
    return (await decompress(bytes, { maxOutputLength: mostUnpacked })).toString();
  } catch {
    throw damaged(file);
  }
}

/** Says that the file is not as it was written. */
export const damaged = (file: string) =>
  new CannotRestore(
    `${file} is damaged: it is not as it was written. Nothing was restored. Use another backup.`,
  );

/** Says that the file ends too early. */
export const incomplete = (file: string) =>
  new CannotRestore(`${file} is not complete: its end is missing. Nothing was restored. Use another backup.`);
