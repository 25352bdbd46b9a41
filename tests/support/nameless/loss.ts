// Loses, as a restore does, questions that wait without a name: the envelope and what this process knew are gone.
import { sql } from 'drizzle-orm';
import { stateOf } from '../../../src/actions/questions/nameless-state.ts';
import { nothingWaits } from '../../../src/domain/questions/waiting.ts';
import type { World } from '../world.ts';

/** The words of the questions that wait here, as this process knows them. */
export function waitingQuestions(world: World): string[] {
  return stateOf(world.ctx).waiting.questions.map(({ text }) => text);
}

/** How many votes wait to be counted. */
export function waitingVotes(world: World): number {
  return stateOf(world.ctx).waiting.votes.filter(({ on }) => on).length;
}

/** Loses everything that waits, as where a backup is put back on another machine. */
export async function loseWhatWaits(world: World): Promise<void> {
  await world.db.execute(sql`DELETE FROM nameless_envelope`);
  const state = stateOf(world.ctx);
  state.waiting = nothingWaits();
  state.own.steps.length = 0;
  state.merging.length = 0;
}
