// Tables with everything that is hard to carry over in a backup, beside Flipside's own.
import type { Database } from '../../../src/database/open.ts';

/** Makes them, empty. */
export async function makeOddTables({ sql }: Database): Promise<void> {
  await sql.unsafe(`
    create type mood as enum ('glad', 'so so');
    create table odd_people (
      id int generated always as identity primary key,
      name text not null, boss int references odd_people, team int,
      shout text generated always as (upper(name)) stored,
      photo bytea, notes jsonb, tags text[], mood mood, share numeric, score float8, seen timestamptz, born date,
      passed interval);
    create table odd_teams (id serial primary key, lead int not null references odd_people, motto text);
    alter table odd_people add constraint in_a_team foreign key (team) references odd_teams;
    create table odd_keyless (word text, number int);
    create function forbid() returns trigger language plpgsql as $$ begin raise 'no more people'; end $$;
    create trigger forbid before insert on odd_people for each row when (new.name = 'Bo') execute function forbid()`);
}

/** Puts 1,006 rows into them. */
export async function fillOddTables({ sql }: Database): Promise<void> {
  await sql.unsafe(`
    alter table odd_people disable trigger forbid;
    insert into odd_people (name, boss, photo, notes, tags, mood, share, score, seen, born, passed) values
      ('Ada "the \\ first", (1)', 3, '\\x00ff5c2c', 'null', '{"a,b",NULL,"\\"q\\""}', 'glad',
        123456789012345678.000000000001, 0.1, '2027-03-28 01:59:59.123456+00', '0044-03-15 BC', '1 mon -3 days 04:05:06'),
      (E'zwei\\nZeilen\\tund\\rmehr', 1, '', null, '{}', 'so so', 'NaN', 'infinity', 'infinity', '-infinity', '0'),
      ('', 2, null, '{"z": [1, {"a": "𝄞 ä"}], "a": ""}', null, null, -0.00, -0.0, '1883-11-18 12:03:58-04:56:02', null, null),
      ('Bo', null, decode(repeat('ab', 100000), 'hex'), '1', '{{1,2},{3,4}}', null, 1e-20, 1e300, null, null, null);
    insert into odd_teams (lead, motto) values (2, 'we''ll see'), (4, null);
    update odd_people set team = 1 where id <> 3;
    insert into odd_keyless select 'word ' || n % 7, n from generate_series(1, 1000) n;
    alter table odd_people enable trigger forbid`);
}

/** Takes them away with all that came with them. */
export async function dropOddTables({ sql }: Database): Promise<void> {
  await sql.unsafe(
    'drop table odd_people, odd_teams, odd_keyless cascade; drop function forbid; drop type mood',
  );
}
