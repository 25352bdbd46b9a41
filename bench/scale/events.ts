import { type SQL, sql } from 'drizzle-orm';
import { publish } from '../../src/actions/events/events.ts';
import { personalToken, personalTokenHash } from '../../src/actions/sign-in/personal-links.ts';
import type { Context } from '../../src/context.ts';
import { type Column, type Copying, copyRows } from './copies.ts';
import { draftEvening, proposeInEvening } from './evening.ts';
import type { Range, WithEvents, WithTeams } from './filled.ts';
import { addMinutes } from './minutes.ts';
import { addPattern, draftEvent, perEvent, range } from './pattern.ts';

/** Copies of the pattern over two years, a quarter of them ahead; the large event in two days, and the evening of another one. */
export async function addEvents(filled: WithTeams): Promise<WithEvents> {
  const { ctx, size } = filled;
  const pattern = await addPattern(filled);
  const copies = size.events - 2;
  await copyEvents(filled, pattern, copies);
  const large = await addLarge(filled);
  const evening = await draftEvening(filled);
  await addPlans(ctx);
  const proposal = await proposeInEvening(filled, evening);
  await addNotes(ctx);
  await addMinutes(ctx);
  await makeLinks(ctx);
  const [draft] = await ctx.db.execute<{ id: number }>(
    sql`SELECT max(id) AS id FROM events WHERE state = 'draft'`,
  );
  const over = await ctx.db.execute<{ id: number; slug: string }>(
    sql`SELECT id, slug FROM events WHERE id = ${pattern}`,
  );
  return { ...filled, pattern, large, evening: { ...evening, proposal }, draft: draft!.id, over: over[0]! };
}

async function copyEvents(filled: WithTeams, from: number, copies: number): Promise<void> {
  const { ctx } = filled;
  const held = Math.max(1, Math.floor(copies * 0.75));
  const isDraft = sql`(n > ${held} AND n % 3 = 0 OR n = ${copies})`;
  // Days by which a copy is later than the pattern, which was the day before yesterday.
  const days = sql`(CASE WHEN n <= ${held} THEN -(${held} - n) * 500 / ${held} ELSE 3 + (n - ${held}) * 250 / ${Math.max(1, copies - held)} END)::int`;
  const counts = {
    topics: await countOf(ctx, 'topics', from),
    questions: await countOf(ctx, 'questions', from),
  };
  const of = (column: Column) =>
    shared(column, filled, { days, held }, counts) ?? own(column, { isDraft, held });
  const copying: Copying = { ctx, from, copies, expressions: of };
  await copyRows(copying, 'events', { by: 'id' });
  for (const table of ['blocks', 'topics', 'rsvps', 'slip_keys']) await copyRows(copying, table);
  const but = sql`NOT (${isDraft})`;
  for (const table of [
    'answers',
    'needs',
    'letters',
    'questions',
    'nameless_questions',
    'question_work',
    'reminders',
  ])
    await copyRows(copying, table, { but });
  await ctx.db.execute(sql`
    INSERT INTO question_votes (question_id, person_id)
    SELECT v.question_id + n * ${counts.questions}::int, v.person_id FROM question_votes v JOIN questions q ON q.id = v.question_id AND q.event_id = ${from}
    CROSS JOIN generate_series(1, ${copies}) n WHERE ${but}`);
}

async function countOf(ctx: Context, table: string, eventId: number): Promise<number> {
  const [row] = await ctx.db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM ${sql.identifier(table)} WHERE event_id = ${eventId}`,
  );
  return row!.n;
}

/** Values of a copy in columns that many tables have: its event, other guests and teams, later days. */
function shared(
  { table, name, type }: Column,
  { seniors, teams, talents, trends, ctx }: WithTeams,
  { days, held }: { days: SQL; held: number },
  counts: { topics: number; questions: number },
): SQL | undefined {
  const column = sql.raw(`p."${name}"`);
  if (name === 'event_id') return sql`p.event_id + n`;
  if (name === 'topic_id') return sql`p.topic_id + n * ${counts.topics}::int`;
  if (name === 'team_id') return turned(column, teams, perEvent.teams);
  if (name === 'trend_id') return turned(column, trends, perEvent.teams);
  if (/^(person|author|substitute|in_place_of|by|taken_by)_id$/.test(name)) {
    const onTeams = { first: talents.first, count: Math.min(2 * teams.count, talents.count) };
    return sql`CASE WHEN ${column} >= ${talents.first} THEN ${turned(column, onTeams, 2 * perEvent.teams)} ELSE ${turned(column, seniors, perEvent.seniors)} END`;
  }
  if (type === 'timestamp with time zone')
    return table === 'reminders' && name === 'due_at'
      ? sql`${column} + ${days} * interval '1 day'`
      : sql`CASE WHEN ${column} IS NOT NULL THEN least(${column} + ${days} * interval '1 day', ${ctx.now().toString()}::timestamptz - greatest(n - ${held}, 1) * interval '5 hours') END`;
  return type === 'date' ? sql`${column} + ${days}` : startOf(name, days);
}

const startOf = (name: string, days: SQL) =>
  name === 'starts_at'
    ? sql`to_char(p.starts_at::timestamp + ${days} * interval '1 day', 'YYYY-MM-DD"T"HH24:MI')`
    : undefined;

/** The row so many places further on, in a ring; rows outside it stay. */
const turned = (column: SQL, { first, count }: Range, step: number) =>
  sql`CASE WHEN ${column} BETWEEN ${first} AND ${first + count - 1} THEN ${first}::int + (${column} - ${first}::int + n * ${step}::int) % ${count}::int ELSE ${column} END`;

/** Columns that differ in each copy, because they must or because events differ. */
function own({ table, name }: Column, { isDraft, held }: { isDraft: SQL; held: number }): SQL | undefined {
  const others: Record<string, SQL> = {
    'events.id': sql`p.id + n`,
    'events.slug': sql`p.slug || '-' || n`,
    'events.name': sql`p.name || ' ' || n`,
    'events.uid': sql`gen_random_uuid() || '@scale.example'`,
    'events.form_key': sql`gen_random_uuid()`,
    'events.state': sql`CASE WHEN ${isDraft} THEN 'draft' WHEN n % 20 = 11 THEN 'cancelled' ELSE p.state END`,
    'topics.id': sql`p.id + n * (SELECT count(*)::int FROM topics t WHERE t.event_id = p.event_id)`,
    'questions.id': sql`p.id + n * (SELECT count(*)::int FROM questions t WHERE t.event_id = p.event_id)`,
    'questions.form_key': sql`gen_random_uuid()`,
    'question_work.question': sql`((p.question)::int + n * (SELECT count(*)::int FROM questions t WHERE t.event_id = p.event_id))::text`,
    'nameless_questions.id': sql`uuid_send(gen_random_uuid())`,
    'nameless_questions.edit_hash': sql`uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())`,
    // A key is destroyed when asking has closed.
    'slip_keys.private_key': sql`CASE WHEN n > ${held} THEN p.private_key END`,
    'rsvps.token_hash': sql`gen_random_uuid()::text`,
    'letters.key': sql`p.key || ' ' || n`,
    'letters.message_id': sql`'<' || replace(gen_random_uuid()::text, '-', '') || substr(p.message_id, 34)`,
    'letters.state': sql`CASE WHEN n > ${held} AND p.id % 30 = 0 THEN 'dead' ELSE 'kept' END`,
    'letters.sent_at': sql`p.created_at`,
  };
  const ids = ['blocks', 'rsvps', 'answers', 'letters'];
  if (name === 'id' && ids.includes(table))
    return sql.raw(`nextval(pg_get_serial_sequence('${table}', 'id'))::int`);
  return others[`${table}.${name}`];
}

/** The next event, published as people do it; answers of most guests are written at once. */
async function addLarge(filled: WithTeams): Promise<{ id: number; slug: string }> {
  const { ctx, size, seniors, teams, readers } = filled;
  const { id, slug } = await draftEvent(filled, ctx, 'Everyone in one room', 2, {
    guests: range(seniors.first, size.guests),
    teams: range(teams.first, Math.min(9, teams.count)),
  });
  await publish(ctx, id);
  await ctx.db.execute(sql`UPDATE events SET facilitator_id = ${readers.facilitator} WHERE id = ${id}`);
  await ctx.db.execute(sql`
    UPDATE rsvps SET state = CASE person_id % 10 WHEN 0 THEN 'declined' WHEN 1 THEN 'maybe' WHEN 2 THEN 'invited' ELSE 'coming' END, answered_at = now()
    WHERE event_id = ${id}`);
  await ctx.db.execute(sql`
    INSERT INTO answers (event_id, person_id, said, way, at)
    SELECT event_id, person_id, CASE state WHEN 'coming' THEN 'yes' WHEN 'maybe' THEN 'maybe' ELSE 'no' END, 'page', now() FROM rsvps WHERE event_id = ${id} AND state <> 'invited'`);
  // Its run of show ends ten minutes later than announced, has a fixed start, and somebody has just changed it.
  await ctx.db.execute(sql`UPDATE blocks SET minutes = minutes + 10, fixed_at = '17:45', shrinks_to = 10, led_by_id = ${readers.organiser}
    WHERE event_id = ${id} AND kind = 'harvest'`);
  await ctx.db.execute(sql`
    INSERT INTO run_changes (event_id, person_id, changed_at, kind, before, after)
    SELECT ${id}, ${readers.organiser}, ${ctx.now().toString()}::timestamptz, 'saved', '[]', ''`);
  return { id, slug };
}

/** Table plans of every event with tables that guests know: a draft and a published one, with a seat for everyone expected. */
async function addPlans(ctx: Context): Promise<void> {
  await ctx.db.execute(sql`
    INSERT INTO table_plans (event_id, state, rounds, tables, changed_at)
    SELECT e.id, kind.state, 3, greatest(2, (SELECT count(*) / 7 FROM rsvps r WHERE r.event_id = e.id))::smallint, ${ctx.now().toString()}::timestamptz
    FROM events e CROSS JOIN (VALUES ('draft'), ('published')) AS kind (state)
    WHERE e.shape = 'tables' AND e.state = 'published'`);
  // As many tables as the plan has: proposed are those with hosts.
  await ctx.db.execute(sql`
    INSERT INTO table_settings (event_id, tables) SELECT event_id, tables FROM table_plans WHERE state = 'published'`);
  await ctx.db.execute(sql`
    INSERT INTO plan_seats (plan_id, person_id, tables)
    SELECT p.id, r.person_id, jsonb_build_array(r.person_id % p.tables + 1, (r.person_id + r.person_id / p.tables) % p.tables + 1, (r.person_id + 2 * (r.person_id / p.tables)) % p.tables + 1)
    FROM table_plans p JOIN rsvps r ON r.event_id = p.event_id AND r.state IN ('coming', 'maybe')`);
}

/** Adds notes of every event that was held: two notes a table and round; and what guests kept for themselves. */
async function addNotes(ctx: Context): Promise<void> {
  const isHeld = sql`e.state = 'published' AND e.starts_at < ${ctx.now().toString().slice(0, 16)}`;
  await ctx.db.execute(sql`
    INSERT INTO table_notes (id, event_id, table_number, round, kind, text, position, day)
    SELECT gen_random_uuid(), e.id, t.number, (n + 1) / 2, (ARRAY['idea', 'worry', 'follow'])[n % 3 + 1],
      'What was said ' || n || ' times at this table, and nobody wrote down until now', n, left(e.starts_at, 10)::date
    FROM events e JOIN topics t ON t.event_id = e.id CROSS JOIN generate_series(1, 6) n WHERE ${isHeld}`);
  await ctx.db.execute(sql`
    INSERT INTO own_sentences (event_id, person_id, sealed)
    SELECT e.id, r.person_id, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
    FROM events e JOIN rsvps r ON r.event_id = e.id AND r.state = 'coming' WHERE ${isHeld}`);
}

/** Links that lead where a guest's own would. */
async function makeLinks(ctx: Context): Promise<void> {
  const rows = await ctx.db.execute<{ id: number; event: number; person: number }>(
    sql`SELECT id, event_id AS event, person_id AS person FROM rsvps`,
  );
  const hashes = rows.map(({ event, person }) => personalTokenHash(personalToken(ctx, event, person)));
  await ctx.db.execute(sql`
    UPDATE rsvps SET token_hash = made.hash
    FROM unnest(${sql.param(rows.map(({ id }) => id))}::int[], ${sql.param(hashes)}::text[]) AS made(id, hash) WHERE rsvps.id = made.id`);
}
