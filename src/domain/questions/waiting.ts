// Items that wait without a name: those of the envelope, and what each ask, change and vote does to them.

/** The key of a question of either kind: a number with a name, 22 signs without. */
export type QuestionKey = number | string;

/** A question that has not been published. Hashes, ids and keys are base64url. */
export interface WaitingQuestion {
  event: number;
  id: string;
  /** SHA-256 by which its author finds it again. */
  edit: string;
  /** SHA-256 of the slip; '' where the database notes already that it is spent. */
  slip: string;
  /** Signed with the key of first slips: five of them are five people. */
  first: boolean;
  topic: number | null;
  text: string;
  /** To be shown even if fewer than five people ask. */
  alone: boolean;
  /** Its page said that a facilitator reads it first. */
  readFirst?: boolean;
  /** It was published and its words were changed: its row, without words, waits for these. */
  isChange: boolean;
}

/** A slip spent on something that was withdrawn while it waited. */
export interface Spent {
  event: number;
  slip: string;
  first: boolean;
}

/** Other words for a published question, or its withdrawal (null), until the next publishing hour. */
export interface Change {
  event: number;
  edit: string;
  text: string | null;
}

/** A vote that is not counted yet: `mark` is H(ballot ‖ question), `counter` the hash of a slip that counts its voter. */
export interface WaitingVote {
  event: number;
  question: QuestionKey;
  mark: string;
  on: boolean;
  counter: string | null;
}

/** Everything that waits, on all events of the site. */
export interface Waiting {
  questions: WaitingQuestion[];
  spent: Spent[];
  changes: Change[];
  votes: WaitingVote[];
  /** Failures below /anon/ by day and kind, until their day is over. */
  failures: Record<string, Record<string, number>>;
  /** When the publishing hours of an event were last seen to, by its id. */
  checked: Record<string, string>;
  /** Batches that came in last, so that one that comes twice counts once. */
  batches: string[];
}

/** Contents of a slot, in the order in which it came. */
export type Step =
  | { do: 'ask'; question: WaitingQuestion }
  | { do: 'change'; change: Change }
  | { do: 'vote'; vote: WaitingVote };

export interface Batch {
  id: string;
  steps: Step[];
}

/** Slips that the database notes as spent: their hashes. */
export type SpentBefore = { has(slip: string): boolean };

/** Returns an empty envelope. */
export function nothingWaits(): Waiting {
  return { questions: [], spent: [], changes: [], votes: [], failures: {}, checked: {}, batches: [] };
}

const batchesKept = 200;

/** Adds batches to what waits; a batch that was added before is left out. Changes `waiting`. */
export function addBatches(waiting: Waiting, batches: readonly Batch[], spent: SpentBefore): void {
  for (const { id, steps } of batches) {
    if (waiting.batches.includes(id)) continue;
    waiting.batches = [...waiting.batches, id].slice(-batchesKept);
    for (const step of steps) applyStep(waiting, step, spent);
  }
}

/** Does one step. A slip that was spent before, or an edit secret that exists, drops the question. Changes `waiting`. */
export function applyStep(waiting: Waiting, step: Step, spent: SpentBefore): void {
  if (step.do === 'ask') applyAsk(waiting, step.question, spent);
  else if (step.do === 'change') applyChange(waiting, step.change);
  else applyVote(waiting, step.vote, spent);
}

/**
 * Returns the steps with one more. A change takes the place of the one before for the same question: only the last
 * counts, and whoever changed theirs without end would fill the room that all share.
 */
export function withStep(steps: readonly Step[], step: Step): Step[] {
  const isReplaced = (one: Step) =>
    step.do === 'change' && one.do === 'change' && one.change.edit === step.change.edit;
  return [...steps.filter((one) => !isReplaced(one)), step];
}

function applyAsk(waiting: Waiting, question: WaitingQuestion, spent: SpentBefore): void {
  const isThere = waiting.questions.some(({ edit }) => edit === question.edit);
  if (isThere || isSpent(waiting, question.slip, spent)) return;
  waiting.questions.push(question);
}

/** Whether a slip was spent on something that waits, or before that. */
export function isSpent(waiting: Waiting, slip: string, spent: SpentBefore): boolean {
  if (slip === '') return false;
  return (
    spent.has(slip) ||
    waiting.questions.some((one) => one.slip === slip) ||
    waiting.spent.some((one) => one.slip === slip) ||
    waiting.votes.some((one) => one.counter === slip)
  );
}

function applyChange(waiting: Waiting, change: Change): void {
  const { edit, text } = change;
  const question = waiting.questions.find((one) => one.edit === edit);
  waiting.changes = waiting.changes.filter((one) => one.edit !== edit);
  if (question === undefined) waiting.changes.push(change);
  else if (text !== null) question.text = text;
  else withdraw(waiting, question, change);
}

function withdraw(waiting: Waiting, question: WaitingQuestion, change: Change): void {
  waiting.questions = waiting.questions.filter((one) => one !== question);
  // Its row has no words any more, but it is still there.
  if (question.isChange) waiting.changes.push(change);
  if (question.slip !== '') {
    const { event, slip, first } = question;
    waiting.spent.push({ event, slip, first });
  }
}

function applyVote(waiting: Waiting, vote: WaitingVote, spent: SpentBefore): void {
  const before = waiting.votes.find(({ mark }) => mark === vote.mark);
  waiting.votes = waiting.votes.filter((one) => one !== before);
  const isUsed = vote.counter !== null && isSpent(waiting, vote.counter, spent);
  const counter = before?.counter ?? (isUsed ? null : vote.counter);
  waiting.votes.push({ ...vote, counter });
}

/**
 * Drops votes for questions that are not there, by the keys of each event's questions: votes are taken unseen, so
 * somebody could send ever more of them for made-up ones, which would wait until the event begins. Changes `waiting`.
 */
export function dropVotesForNothing(
  waiting: Waiting,
  questions: ReadonlyMap<number, ReadonlySet<string>>,
): void {
  waiting.votes = waiting.votes.filter(
    ({ event, question }) => questions.get(event)?.has(String(question)) ?? true,
  );
}

/** Counts one failure of this kind on this day. Changes `waiting`. */
export function addFailure(waiting: Waiting, day: string, kind: string): void {
  const ofDay = waiting.failures[day] ?? {};
  ofDay[kind] = (ofDay[kind] ?? 0) + 1;
  waiting.failures[day] = ofDay;
}

/** Adds what another envelope held. Changes `waiting`. */
export function addEnvelope(waiting: Waiting, other: Waiting, spent: SpentBefore): void {
  for (const question of other.questions) applyAsk(waiting, question, spent);
  for (const change of other.changes) if (!isTaken(waiting, change)) applyChange(waiting, change);
  for (const vote of other.votes)
    if (!waiting.votes.some(({ mark }) => mark === vote.mark)) applyVote(waiting, vote, spent);
  for (const one of other.spent) if (!isSpent(waiting, one.slip, spent)) waiting.spent.push(one);
  for (const [day, kinds] of Object.entries(other.failures))
    for (const [kind, n] of Object.entries(kinds)) for (let i = 0; i < n; i++) addFailure(waiting, day, kind);
  waiting.batches = [...new Set([...other.batches, ...waiting.batches])].slice(-batchesKept);
}

function isTaken(waiting: Waiting, { edit }: Change): boolean {
  return waiting.changes.some((one) => one.edit === edit);
}

const bytesEach = { question: 2048, change: 2048, vote: 256, spent: 128, rest: 4096 };
const smallest = 8 * bytesEach.question;

/** How long the envelope is made, in bytes: each item counts for one size, and the sum is 16, 32, 64 … KiB. */
export function paddedLength(waiting: Waiting, actual: number): number {
  const { questions, changes, votes, spent } = waiting;
  const counted =
    questions.length * bytesEach.question +
    changes.length * bytesEach.change +
    votes.length * bytesEach.vote +
    spent.length * bytesEach.spent;
  let length = smallest;
  while (length < Math.max(counted + bytesEach.rest, actual)) length *= 2;
  return length;
}
