// Long work in small steps, so that the caller can answer others in between.

/** Work that pauses at each `yield`, and its result. */
export type Steps<Result> = Generator<undefined, Result>;

/** Does all steps without a pause. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** How many of a list are done in one step. */
const inOneStep = 200;

/** Does the same with each of a list. */
export function* eachInSteps<One>(list: Iterable<One>, act: (one: One) => void): Steps<void> {
  let done = 0;
  for (const one of list) {
    act(one);
    done += 1;
    if (done % inOneStep === 0) yield;
  }
}

/** Makes one of each of a list. */
export function* mapInSteps<From, To>(list: Iterable<From>, make: (one: From) => To): Steps<To[]> {
  const all: To[] = [];
  yield* eachInSteps(list, (one) => void all.push(make(one)));
  return all;
}
