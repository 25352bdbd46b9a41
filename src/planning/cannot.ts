// Refusals of planners: what is asked cannot be, or was not found in time. Anything else that is thrown is our mistake.

const refusals = new WeakSet<Error>();

/** The error that says, one sentence a line, why wishes cannot be planned. */
export function cannot(sentences: readonly string[]): RangeError {
  const refusal = new RangeError(sentences.join('\n'));
  refusals.add(refusal);
  return refusal;
}

/** Whether an error is about the wishes; all others are mistakes of ours. */
export const isRefusal = (error: unknown): error is RangeError =>
  error instanceof RangeError && refusals.has(error);
