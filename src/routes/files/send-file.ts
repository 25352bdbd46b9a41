import { Readable } from 'node:stream';
import type { StoredFile } from '../../domain/files/files.ts';
import * as files from '../../store/files/files.ts';
import type { Answer, Visit } from '../../web/visit.ts';

/** Sends a file as a download, piece by piece; no browser opens it as a page of ours. */
export function sendFile(
  { ctx, reply }: Pick<Visit, 'ctx' | 'reply'>,
  { id, name, type, size }: StoredFile,
): Answer {
  reply.type(type).header('content-length', size).header('cache-control', 'private, no-store');
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const whole = encodeURIComponent(name).replace(/['()*]/g, escape);
  reply.header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${whole}`);
  return reply.send(Readable.from(files.piecesOf(ctx.db, { id, size })));
}
