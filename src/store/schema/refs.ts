// Columns that point at a person or an event.
import { integer } from 'drizzle-orm/pg-core';
import { events } from './events.ts';
import { people } from './people.ts';

/** Goes with its event. */
export const toEvent = () =>
  integer()
    .notNull()
    .references(() => events.id, { onDelete: 'cascade' });

/** Goes with its person. */
export const toPerson = () =>
  integer()
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' });

/** Stays without its person. */
export const toPersonOrNull = () => integer().references(() => people.id, { onDelete: 'set null' });
