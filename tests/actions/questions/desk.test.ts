import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { decideQuestion } from '../../../src/actions/questions/ask.ts';
import { reword, setRules } from '../../../src/actions/questions/desk.ts';
import { tick } from '../../../src/actions/questions/nameless-tick.ts';
import { usualRules } from '../../../src/domain/questions/rules.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { everyQuestionOf, wallOf } from '../../../src/store/questions/wall.ts';
import { published } from '../../support/events.ts';
import { askNameless, handsOf, publishNext } from '../../support/nameless/slips.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

/** Five guests with slips, at an event with these rules. */
async function circle(rules: Partial<typeof usualRules>) {
  const guests: Person[] = [];
  for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
  const event = await published(world, guests);
  const hands = await handsOf(world.ctx, event, guests);
  await setRules(world.ctx, event.id, { ...usualRules, ...rules }, world.organiser.id);
  await tick(world.ctx);
  const asks = (hand: number, text: string) => askNameless(world.ctx, event, hands[hand]!.ask[0]!, text);
  const shown = async () => (await wallOf(world.db, event.id, guests[0]!.id)).map(({ text }) => text);
  return { event, asks, shown };
}

describe('without a name', () => {
  test('the organiser’s rules hold, and a question that breaks one spends no slip', async () => {
    const { asks, shown } = await circle({ words: ['idiot*'] });
    const sentence = 'The organisers do not want “{word}” on the wall. Say it in other words.';
    await expect(asks(0, 'Are we idiots?')).rejects.toMatchObject({ sentence, params: { word: 'idiots' } });
    await expect(asks(0, 'See example.com')).rejects.toMatchObject({ field: 'text' });
    for (const hand of [0, 1, 2, 3, 4]) await asks(hand, 'Are we fools?');
    await publishNext(world);
    expect(await shown()).toEqual(Array(5).fill('Are we fools?'));
  });

  test('a question read first can lose a recognisable voice before anyone reads it, for good', async () => {
    const { event, asks, shown } = await circle({ readFirst: true });
    const texts = ['As head of Bergen I ask: who signs?', 'Two?', 'Three?', 'Four?', 'Five?'];
    for (const [hand, text] of texts.entries()) await asks(hand, text);
    await publishNext(world);
    const waiting = await everyQuestionOf(world.db, event.id);
    expect([waiting.length, await shown()]).toEqual([5, []]);
    const { id } = waiting.find(({ text }) => text.includes('Bergen'))!;
    await reword(world.ctx, event.id, id, 'Who signs?');
    await decideQuestion(world.ctx, event.id, id, 'wall', '');
    expect(await shown()).toEqual(['Who signs?']);
    const [row] = await world.db.execute<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM nameless_questions WHERE text LIKE '%Bergen%'`,
    );
    expect(row!.n).toBe(0);
  });

  test('one that is turned down is gone from everyone’s sight, and whoever asked reads why', async () => {
    const { event, asks, shown } = await circle({});
    for (const [hand, text] of ['Is Bo a thief?', 'Two?', 'Three?', 'Four?', 'Five?'].entries())
      await asks(hand, text);
    await publishNext(world);
    const { id } = (await everyQuestionOf(world.db, event.id)).find(({ text }) => text.includes('Bo'))!;
    expect((await shown()).toSorted()).toEqual(['Five?', 'Four?', 'Is Bo a thief?', 'Three?', 'Two?']);
    await decideQuestion(world.ctx, event.id, id, 'refused', 'It is about a person.');
    expect((await shown()).toSorted()).toEqual(['', 'Five?', 'Four?', 'Three?', 'Two?']);
  });
});
