import * as wire from './wire.ts';

// Asking PGlite, and understanding what it says beside its answers.

/** The part of PGlite we use. The stream variant, as the plain one keeps every answer it ever gave. */
export interface Engine {
  execProtocolRawStream(
    bytes: Uint8Array,
    options: { syncToFs: boolean; onRawData: (bytes: Uint8Array) => void },
  ): Promise<void>;
}

export interface Answer {
  bytes: Buffer;
  /** Status of the last ReadyForQuery, if there was one. */
  status: wire.Status | undefined;
  /** Notifications within `bytes`, which every connection hears. */
  notifications: Buffer[];
}

export type Execute = (bytes: Buffer) => Promise<Answer>;

/** `onDeath` is called at once, while the engine may still be looping: it does for ever when it has closed itself. */
export function executor(engine: Engine, onDeath: (reason: string) => void): Execute {
  return async (bytes) => {
    const chunks: Buffer[] = [];
    const onRawData = (view: Uint8Array) => {
      const chunk = Buffer.from(view); // a copy: the view is the engine's own memory
      chunks.push(chunk);
      const reason = lastWords(chunk);
      if (reason) onDeath(reason);
    };
    await engine.execProtocolRawStream(bytes, { syncToFs: false, onRawData });
    return read(Buffer.concat(chunks));
  };
}

// Text from a table cannot look like this, as it holds no zero bytes.
function lastWords(chunk: Buffer): string | undefined {
  if (!chunk.includes('\0VFATAL\0') && !chunk.includes('\0VPANIC\0')) return undefined;
  return /\0V(?:FATAL|PANIC)\0C[^\0]*\0M([^\0]*)/.exec(chunk.toString('utf8'))?.[1];
}

function read(bytes: Buffer): Answer {
  const kept: Buffer[] = [];
  const notifications: Buffer[] = [];
  let status: wire.Status | undefined;
  for (const message of wire.splitMessages(bytes).messages) {
    if (message[0] === wire.from.copyIn) continue; // is refused in the same breath
    if (message[0] === wire.from.notification) notifications.push(message);
    if (message[0] === wire.from.ready) status = wire.statusOf(message);
    kept.push(message);
  }
  return { bytes: Buffer.concat(kept), status, notifications };
}
