// Columns that point at a person, an event or a season.
import { sql } from 'drizzle-orm';
import { integer } from 'drizzle-orm/pg-core';
import { events, programmes } from './events.ts';
import { people } from './people.ts';

/** Makes a column that points at an event and is deleted with it. */
export const toEvent = () =>
  integer()
    .notNull()
    .references(() => events.id, { onDelete: 'cascade' });

/** Makes a column that points at a person and is deleted with them. */
export const toPerson = () =>
  integer()
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' });

/** Makes a column that points at a person and becomes null without them. */
export const toPersonOrNull = () => integer().references(() => people.id, { onDelete: 'set null' });

/** Makes a column that points at a season and is deleted with it. */
export const toProgramme = () =>
  integer()
    .notNull()
    .references(() => programmes.id, { onDelete: 'cascade' });

/**
 * Belongs to a season: to the one that is on when the row is added, unless another one is named. Null once the demo
 * programme was taken away and nobody has set up a programme since: the first season then takes it in.
 */
export const toSeason = () =>
  integer()
    .default(sql`current_programme()`)
    .references(() => programmes.id, { onDelete: 'set null' });
