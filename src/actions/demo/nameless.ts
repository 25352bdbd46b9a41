import { namelessQuestions } from '../../domain/demo/nameless.ts';
import { demoSeniors } from '../../domain/demo/people.ts';
import type * as events from '../../store/events.ts';
import * as nameless from '../../store/nameless.ts';
import * as slips from '../../store/slips.ts';
import { type Filling, idOf } from './filling.ts';

/** The keys of an event whose guests have mostly looked at it, and what some of them asked without their name. */
export async function askWithoutNames({ ctx, tx, people }: Filling, event: events.Event): Promise<void> {
  if (ctx.newKeyPair) {
    for (const purpose of ['ask', 'feedback', 'vote'] as const)
      await slips.addKey(tx, { eventId: event.id, purpose, ...(await ctx.newKeyPair()) });
  }
  // Margareta is left out: one looks around as her, and her browser gets slips of its own.
  const holders = demoSeniors.filter(({ name }) => name !== 'Margareta Lindqvist').slice(0, 12);
  for (const { name } of holders)
    await slips.noteIssued(tx, event.id, idOf(people, name), [
      { purpose: 'ask', batch: 1, request: null },
      { purpose: 'vote', batch: 1, request: null },
    ]);
  const ballots = holders.map(() => ctx.random(32));
  for (const { text, ballots: count } of namelessQuestions) {
    const id = ctx.random(16);
    await nameless.take(tx, { id, eventId: event.id, topicId: null, text, editHash: ctx.random(32) });
    await nameless.publish(tx, event.id, 'wall');
    for (const ballot of ballots.slice(0, count))
      await nameless.castBallot(tx, event.id, nameless.idOf(id), ballot);
  }
}
