import { sql } from 'drizzle-orm';
import type { Context } from '../../src/context.ts';
import type { WithEvents } from './filled.ts';

const words = 'Question %: what do we get wrong about the thing that everybody talks about?';

/** Published questions without a name, with random keys, as a tick writes them. */
export async function addNamelessQuestions(ctx: Context, eventId: number, count: number): Promise<void> {
  await ctx.db.execute(sql`
    INSERT INTO nameless_questions (id, event_id, text, edit_hash, state)
    SELECT uuid_send(gen_random_uuid()), ${eventId}, replace(${words}, '%', n::text), uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 'wall'
    FROM generate_series(1, ${count}) n`);
}

/** The wall of the large event: half of its questions with a name, some votes, and somebody who prepares every tenth. */
export async function addWall({ ctx, size, large, seniors, readers }: WithEvents): Promise<void> {
  const half = Math.ceil(size.questions / 2);
  await ctx.db.execute(sql`
    INSERT INTO questions (event_id, topic_id, author_id, text, state, form_key, created_at)
    SELECT ${large.id}, (SELECT min(id) FROM topics WHERE event_id = ${large.id}), ${seniors.first}::int + n % ${seniors.count}::int, replace(${words}, '%', n::text),
      CASE WHEN n % 9 = 1 THEN 'answered' WHEN n % 9 = 2 THEN 'new' ELSE 'wall' END, gen_random_uuid(), now() - n * interval '1 minute'
    FROM generate_series(1, ${half}) n`);
  await addNamelessQuestions(ctx, large.id, size.questions - half);
  await ctx.db.execute(sql`
    INSERT INTO question_votes (question_id, person_id)
    SELECT q.id, r.person_id FROM questions q JOIN rsvps r ON r.event_id = q.event_id AND (q.id + r.person_id) % 50 = 0
    WHERE q.event_id = ${large.id}`);
  await ctx.db.execute(sql`
    INSERT INTO question_work (event_id, question, read, taken_by_id)
    SELECT event_id, id::text, true, ${readers.talent}::int FROM questions WHERE event_id = ${large.id} AND id % 10 = 0`);
}
