import { namelessQuestions } from '../../domain/demo/nameless.ts';
import { demoSeniors } from '../../domain/demo/people.ts';
import type * as events from '../../store/events/events.ts';
import * as nameless from '../../store/questions/nameless.ts';
import * as slips from '../../store/questions/slips.ts';
import { wrapKey } from '../questions/slip-keys.ts';
import { purposes } from '../questions/slips.ts';
import { type DemoProgress, idByName } from './filling.ts';

/** The keys of an event whose guests have mostly looked at it, and what some of them asked without their name. */
export async function askWithoutNames({ ctx, tx, people }: DemoProgress, event: events.Event): Promise<void> {
  if (ctx.newKeyPair) {
    for (const purpose of purposes) {
      const { publicKey, privateKey } = await ctx.newKeyPair();
      const key = { eventId: event.id, purpose };
      await slips.addKey(tx, { ...key, publicKey, privateKey: wrapKey(ctx, key, privateKey) });
    }
  }
  // Margareta is left out: one looks around as her, and her browser gets slips of its own.
  const holders = demoSeniors.filter(({ name }) => name !== 'Margareta Lindqvist').slice(0, 12);
  for (const { name } of holders)
    await slips.noteIssued(tx, event.id, idByName(people, name), [
      ...(['ask-first', 'ask', 'vote-first', 'vote'] as const).map((purpose) => ({
        purpose,
        batch: 1,
        request: null,
      })),
    ]);
  for (const { text, ballots: count } of namelessQuestions) {
    const id = ctx.random(16);
    const [eventId, editHash] = [event.id, ctx.random(32)];
    await nameless.publish(tx, [{ id, eventId, topicId: null, text, editHash, state: 'wall' }]);
    for (let n = 0; n < count; n++)
      await nameless.castBallot(tx, event.id, nameless.idOf(id), ctx.random(32));
  }
}
