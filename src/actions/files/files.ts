import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { fileNameOf, mostFileBytes, type StoredFile, typeOf } from '../../domain/files/files.ts';
import { Refusal } from '../../refusal.ts';
import * as files from '../../store/files/files.ts';

/** A file as it was chosen. */
export interface ChosenFile {
  fileName: string;
  bytes: Buffer;
}

const no = (sentence: string) => new Refusal('invalid', sentence, {}, 'file');

/** Stores a chosen file in the caller's transaction; refuses one that is empty, too large, or not what its name says. */
export async function storeFile(
  ctx: Pick<Context, 'now'>,
  tx: Tx,
  addedById: number,
  { fileName, bytes }: ChosenFile,
  researchId: number | null = null,
): Promise<StoredFile> {
  const name = fileNameOf(fileName);
  if (name === '' || bytes.length === 0) throw no('Choose a file first; it must not be empty.');
  if (bytes.length > mostFileBytes)
    throw no('The file is larger than 10 MB. Choose a smaller one, or link to it.');
  const type = typeOf(name, bytes);
  if (type === null)
    throw no(
      'Choose a PDF, a picture (PNG, JPEG, GIF), an Office document or a text file; its content has to be what its name says.',
    );
  return files.add(tx, { name, type, addedById, researchId, createdAt: ctx.now() }, bytes);
}
