import { whyOff } from '../../domain/questions/nameless.ts';
import { closed, Refusal } from '../../refusal.ts';
import type { KnownEvent } from './nameless-state.ts';
import { isSlipOf, type Slip } from './slip-signatures.ts';

/** Refuses a slip that was spent on another question. */
export function slipUsed(): Refusal {
  return new Refusal(
    'conflict',
    'This slip was used before. Send the question again with another.',
    {},
    'slip',
  );
}

const begun = {
  question:
    'The event has begun, so your question would appear at once, without those of others. It was not sent. Open this page again to see what we promise now.',
  words:
    'The event has begun, so your new words would appear at once. They were not saved. Press Save again if you want that.',
  withdrawal:
    'The event has begun, so your question would vanish at once, while you’re on the page. It was not withdrawn. Press Withdraw again if you want that.',
  vote: 'The event has begun, so your vote would count at once. It was not counted. Open this page again and press once more if you want that.',
};

/** Refuses what its page said would wait for others, at an event that has begun since that page was opened. */
export function begunMeanwhile(what: keyof typeof begun): Refusal {
  return new Refusal('conflict', begun[what], {}, 'begun');
}

/** Refuses an edit secret that belongs to another question. */
export function editTaken(): Refusal {
  return new Refusal(
    'conflict',
    'There is a question with this code already. Send yours again: it gets a code of its own.',
    {},
    'edit',
  );
}

/** Refuses a slip that no key of this purpose signed. */
export function refuseForged(
  known: KnownEvent,
  purpose: 'ask' | 'ask-first' | 'vote' | 'vote-first',
  slip: Slip,
): void {
  const key = known.keys.find((one) => one.purpose === purpose);
  if (!key || !isSlipOf(key.publicKey, slip))
    throw new Refusal('forbidden', 'This slip does not belong to this event.');
}

/** Refuses where the event is over, called off, or nobody may ask without a name. */
export function refuseUnlessOpen({ event, times, keys, invited }: KnownEvent, now: Temporal.Instant): void {
  if (event.state === 'cancelled')
    throw closed('Questions are closed', 'This event is cancelled, so questions are closed.');
  if (Temporal.Instant.compare(now, times.end) >= 0)
    throw closed('Questions are closed', 'This event is over, so questions are closed.');
  const open = keys.filter(({ privateKey }) => privateKey !== null);
  const why = whyOff(event, invited, open.length);
  if (why === 'few')
    throw new Refusal(
      'conflict',
      'Asking without a name needs five guests: among fewer you could be guessed. Your question was not sent.',
    );
  if (why)
    throw new Refusal('conflict', 'Asking without a name is off for this event. Your question was not sent.');
}

/** Refuses a table that is not at this event. */
export function refuseForeignTable({ topics }: KnownEvent, topicId: number | null): void {
  if (topicId === null || topics.some(({ id }) => id === topicId)) return;
  throw new Refusal('invalid', 'That table is not at this event any more. Choose another.', {}, 'topic');
}
