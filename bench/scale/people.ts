import { sql } from 'drizzle-orm';
import * as people from '../../src/store/people/people.ts';
import { stampsOf } from '../site.ts';
import type { Range, Start, WithPeople } from './filled.ts';

const given =
  'Aino Bilal Chiara Dmitri Elif Femi Greta Hamza Ingrid Jonas Katya Liam Mei Noor Oskar Priya'.split(' ');
const family =
  'Aalto Berg Costa Dahl Eriksen Fofanah Garcia Holm Ivanova Jansen Kaya Lund Moreau Nilsson'.split(' ');
const departments = 'Finance Sales Legal Operations People Technology Risk Supply Service'.split(' ');

/** Four readers, and as many seniors and talents as there are to be, each with a manager, a session and a name that repeats. */
export async function addPeople(start: Start): Promise<WithPeople> {
  const { ctx, size } = start;
  const one = async (name: string, side: 'senior' | 'talent', isOrganiser = false) => {
    const email = `${name.toLowerCase().replace(/\W+/g, '.')}@scale.example`;
    const person = { name, email, side, isOrganiser, department: 'Operations', jobTitle: 'Head of a thing' };
    return (await people.add(ctx.db, { ...person, ...stampsOf(ctx) })).id;
  };
  const readers = {
    organiser: await one('Ida Nordby', 'senior', true),
    guest: await one('Gerd Aasen', 'senior'),
    talent: await one('Tora Vik', 'talent'),
    facilitator: await one('Finn Lie', 'senior'),
  };
  const seniors = await many(start, 'senior', size.seniors);
  return { ...start, readers, seniors, talents: await many(start, 'talent', size.talents) };
}

async function many({ ctx }: Start, side: 'senior' | 'talent', count: number): Promise<Range> {
  const names = [given, family, departments].map((list) => sql.param(list));
  const [row] = await ctx.db.execute<{ first: number }>(sql`
    WITH added AS (
      INSERT INTO people (name, email, side, department, job_title, language, created_at, updated_at)
      SELECT (${names[0]}::text[])[1 + n % ${given.length}] || ' ' || (${names[1]}::text[])[1 + (n / ${given.length}) % ${family.length}] || '-' || n,
        ${side} || '-' || n || '@scale.example', ${side}, (${names[2]}::text[])[1 + n % ${departments.length}], 'Head of thing ' || n % 40, 'en', now(), now()
      FROM generate_series(1, ${count}) n ORDER BY n RETURNING id)
    SELECT min(id)::int AS first FROM added`);
  const first = row!.first;
  await ctx.db.execute(sql`
    UPDATE people SET manager_id = ${first}::int + (id - ${first}::int) / 8 WHERE id >= ${first} AND (id - ${first}::int) % 8 <> 0`);
  await ctx.db.execute(sql`
    INSERT INTO sessions (token_hash, person_id, created_at, seen_on, expires_at)
    SELECT encode(sha256(('session ' || id)::bytea), 'hex'), id, now(), current_date, now() + interval '20 days'
    FROM people WHERE id >= ${first} AND id % 3 = 0`);
  return { first, count };
}
