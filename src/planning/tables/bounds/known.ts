// Bounds that are counted once: a hall never changes, and what a plan keeps decides which bound holds for it.
import type { Hall } from '../hall.ts';

/** Wishes that a group of plans keeps. */
export interface Kept {
  apart: boolean;
  together: boolean;
  mix: boolean;
}

/** Says that the time is never up: none was given. */
export const neverOver = () => false;

/** Values about a hall, by what is kept. */
export type Known<Value> = WeakMap<Hall, Map<string, Value>>;

/** Counts a value the first time it is asked for; what the end of the time cut short is not remembered. */
export function onceKnown<Value>(
  known: Known<Value>,
  hall: Hall,
  key: string,
  isOver: () => boolean,
  count: () => Value,
): Value {
  const values = known.get(hall) ?? new Map<string, Value>();
  known.set(hall, values);
  if (values.has(key)) return values.get(key)!;
  const value = count();
  if (!isOver()) values.set(key, value);
  return value;
}

/** Writes what is kept as a key. */
export const keyOf = ({ apart, together, mix }: Kept): string => [apart, together, mix].join();
