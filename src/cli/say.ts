import { WrongConfig } from '../config.ts';
import { CannotOpen, CannotRestore } from '../database/open.ts';

// How the programs of this folder end: well, or with a sentence where one can be written.

/** A sentence for the person at the terminal. */
export class Said extends Error {}

export async function orSay(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}

function sentenceFor(error: unknown): unknown {
  if (error instanceof WrongConfig) return error.sentences.join('\n');
  if (error instanceof Said || error instanceof CannotOpen || error instanceof CannotRestore)
    return error.message;
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path) return `There is no ${path}.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path ?? 'A file'} cannot be read or written here: ${message}.`;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'There is no room left on the disk.';
  return code?.startsWith('ERR_PARSE_ARGS') ? message : error;
}
