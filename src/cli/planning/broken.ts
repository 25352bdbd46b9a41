import type { AnswerOf, Engine } from '../../planning/engines.ts';
import type { Options } from './options.ts';
import { InputError } from './wrong.ts';

/**
 * A sentence for every wish that a plan breaks. Without --anyway these are refused: a Wrong with what cannot be, or
 * with what was not found.
 */
export function brokenIn(answer: AnswerOf<Engine>, { anyway, seconds, iterations }: Options): string[] {
  const broken = 'broken' in answer ? answer.broken : [];
  const sentences = [...new Set(broken.map(({ sentence }) => sentence))];
  if (sentences.length === 0 || anyway) return sentences;
  const open = broken.some(({ proven }) => !proven);
  const within = seconds ? ` in ${seconds} s` : iterations === undefined ? '' : ` in ${iterations} steps`;
  throw new InputError([
    ...sentences.map((sentence) => sentence.replace(/^No plan found/, `No plan found${within}`)),
    open
      ? 'Give it longer with --seconds, or take the best plan there is with --anyway.'
      : 'The best plan there is comes with --anyway.',
  ]);
}

/** A sentence for every soft wish that is not met, where the answer itself has no room for sentences. */
export function unmetIn(answer: AnswerOf<Engine>, { out }: Options): string[] {
  const unmet = 'unmet' in answer ? (answer.unmet ?? []) : [];
  return /\.csv$/i.test(out ?? '') ? unmet.map(({ sentence }) => sentence) : [];
}
