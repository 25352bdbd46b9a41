import { WrongConfig } from './config.ts';
import { CannotOpen, CannotRestore, damageIn } from './database/open.ts';
import { isPassingFault } from './domain/passing-faults.ts';
import { Refusal } from './refusal.ts';
import { loggable } from './web/log.ts';
import { words } from './words.ts';

// How the server and the commands end: well, or with a sentence where one can be written.

/** A sentence for the person at the terminal. */
export class SentenceError extends Error {}

export async function orSay(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}

/** Says what helps to find a mistake, without the values of a query that failed: they may open something. */
const withoutValues = (error: unknown) => (error instanceof Error && loggable(error).stack) || error;

/** A refusal in the language of the commands, which is English. */
export const inWords = ({ sentence, params }: Pick<Refusal, 'sentence' | 'params'>): string =>
  words('en').t(sentence, params);

/** The sentence for an error that the person at the terminal can put right; where it arose for any other. */
export function sentenceFor(error: unknown): unknown {
  if (error instanceof WrongConfig) return error.sentences.join('\n');
  if (error instanceof Refusal) return inWords(error);
  if (error instanceof SentenceError || error instanceof CannotOpen || error instanceof CannotRestore)
    return error.message;
  return (
    damageIn(error) ??
    sentenceOfSystem((error ?? {}) as NodeJS.ErrnoException) ??
    sentenceOfPassing(error) ??
    withoutValues(error)
  );
}

function sentenceOfPassing(error: unknown): string | undefined {
  if (!isPassingFault(error)) return undefined;
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? cause.message : message; // a query's own message shows its values
  return `The database stopped answering before this was done: ${why}. Start it again once the database is back.`;
}

function sentenceOfSystem({ code, path, syscall, message }: NodeJS.ErrnoException): string | undefined {
  if (code === 'EADDRINUSE')
    return 'This port is taken by another program. Stop it, or choose another: PORT=3001 npm start';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'HOST is not an address of this machine. Leave it out, or use HOST=0.0.0.0 for all of them.';
  if (code === 'EACCES' && syscall === 'listen')
    return 'Only the administrator may use this port. Choose one above 1023: PORT=3000 npm start';
  if (code === 'ENOENT' && path) return `There is no ${path}.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${path ?? 'A file'} cannot be read or written here: ${message}.`;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'There is no room left on the disk.';
  return code?.startsWith('ERR_PARSE_ARGS') ? message : undefined;
}
