import { isRefusal } from '../planning/cannot.ts';
import { planInWorker } from '../planning/worker.ts';
import { brokenIn, unmetIn } from './planning/broken.ts';
import { helpFor } from './planning/help.ts';
import { type Options, optionsFrom } from './planning/options.ts';
import { progressOn } from './planning/progress.ts';
import { type Asked, readWishes } from './planning/read-wishes.ts';
import { canWrite, writeAnswer } from './planning/write-answer.ts';
import { InputError } from './planning/wrong.ts';

// flipside tables|assign|dates|pairs --in FILE --out FILE: the planners without the site. Ctrl-C takes the best so far.

/** Plans what the arguments ask for; gives the exit code: 0, 2 where what is asked cannot be, 1 for a mistake of ours. */
export async function flipside(args: readonly string[]): Promise<number> {
  try {
    const help = helpFor(args);
    if (help === undefined) await plan(optionsFrom(args));
    else process.stdout.write(help);
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) {
      console.error('This is a mistake of ours, not of your file. Please send us these lines:');
      console.error(error);
      return 1;
    }
    for (const sentence of error.sentences) console.error(sentence);
    return 2;
  }
}

async function plan(options: Options): Promise<void> {
  canWrite(options);
  const asked = readWishes(options);
  const progress = progressOn(process.stderr);
  for (const note of asked.notes) progress.note(note);
  const begin = performance.now();
  const answer = await search(asked, options, progress.show).finally(progress.end);
  const seconds = Math.round(performance.now() - begin) / 1000;
  for (const sentence of [...brokenIn(answer, options), ...unmetIn(answer, options)]) console.error(sentence);
  const where = writeAnswer(options, asked, { ...answer, seconds });
  if (where) progress.note(where);
}

async function search(
  { engine, wishes, seed }: Asked,
  options: Options,
  onProgress: (sentence: string) => void,
) {
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once('SIGINT', abort);
  const { iterations, seconds } = options;
  try {
    return await planInWorker(engine, wishes, {
      seed: options.seed ?? seed ?? 1,
      iterations,
      seconds,
      signal: stop.signal,
      onProgress: (_best, _bound, sentence) => onProgress(sentence),
    });
  } catch (error) {
    throw isRefusal(error) ? new InputError(error.message.split('\n')) : error;
  } finally {
    process.off('SIGINT', abort);
  }
}

if (import.meta.main) process.exitCode = await flipside(process.argv.slice(2));
