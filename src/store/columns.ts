import { customType, integer } from 'drizzle-orm/pg-core';

/** A point in time: `timestamptz` in the database, `Temporal.Instant` in the program. */
export const instant = customType<{ data: Temporal.Instant; driverData: string | Date }>({
  dataType: () => 'timestamp(3) with time zone',
  toDriver: (value) => value.toString({ smallestUnit: 'millisecond' }),
  fromDriver: (value) =>
    value instanceof Date
      ? Temporal.Instant.fromEpochMilliseconds(value.getTime())
      : Temporal.Instant.from(value),
});

export const bytea = customType<{ data: Buffer; driverData: Buffer | Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
});

export const id = () => integer().primaryKey().generatedByDefaultAsIdentity();

export const createdAt = () => instant().notNull();
