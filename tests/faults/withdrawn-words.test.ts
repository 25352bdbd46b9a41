// Words that were withdrawn or put otherwise, looked for in the files of the tables.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { reword } from '../../src/actions/questions/desk.ts';
import { changeMine, withdrawMine } from '../../src/actions/questions/nameless-mine.ts';
import { vacuumEverything } from '../../src/database/housekeeping.ts';
import { everyQuestionOf } from '../../src/store/questions/wall.ts';
import { onBothHomes } from '../support/database.ts';
import { published } from '../support/events.ts';
import { askNameless, handsOf } from '../support/nameless/slips.ts';
import { useWorld } from '../support/world.ts';

onBothHomes('withdrawn and reworded questions', (home) => {
  const world = useWorld({ home });

  /** The files of tables, statistics included, in which these words are. */
  async function filesWith(words: string): Promise<string[]> {
    await world.sql`CHECKPOINT`.simple();
    const rows = await world.db.execute<{ name: string }>(sql`SELECT c.relname AS name FROM pg_class c
      WHERE (c.relnamespace = 'public'::regnamespace OR c.relname IN ('pg_statistic', 'pg_toast_2619')) AND c.relkind IN ('r', 'i', 't')
        AND c.relname <> 'letters' AND pg_relation_filepath(c.oid) IS NOT NULL
        AND position(convert_to(${words}, 'UTF8') IN pg_read_binary_file(pg_relation_filepath(c.oid))) > 0 ORDER BY 1`);
    return rows.map(({ name }) => name);
  }

  test('are in no file of any table after the next housekeeping', async () => {
    const guests = [];
    for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
    const event = await published(world, guests);
    const hands = await handsOf(world.ctx, event, guests, ['ask']);
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    const ask = (n: number, text: string) => askNameless(world.ctx, event, hands[n]!.ask[0]!, text);
    const withdrawn = await ask(0, 'Withdrawn: is Bo a thief of chairs?');
    const changed = await ask(1, 'Changed: as head of Bergen I ask');
    await ask(2, 'Reworded: verily, methinks, anent us');
    await ask(3, 'Stays: what about us?');
    await world.db.execute(sql`ANALYZE nameless_questions`);
    await withdrawMine(world.ctx, withdrawn.secret);
    await changeMine(world.ctx, changed.secret, 'In other words?');
    const all = await everyQuestionOf(world.db, event.id);
    const { id } = all.find(({ text }) => text.startsWith('Reworded'))!;
    await reword(world.ctx, event.id, id, 'What of us?');
    expect(await filesWith('Withdrawn: is Bo')).toEqual(['nameless_questions']);
    await vacuumEverything(world.sql);
    for (const words of ['Withdrawn: is Bo', 'Changed: as head', 'Reworded: verily'])
      expect({ [words]: await filesWith(words) }).toEqual({ [words]: [] });
    expect(await filesWith('Stays: what about us?')).toEqual(['nameless_questions']);
  });
});
