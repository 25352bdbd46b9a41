import { expect, test } from 'vitest';
import { type Fault, faultsOf, type Home } from './plan.ts';

const first = (seed: number, home: Home): Fault[] => faultsOf(seed, home).take(40).toArray();
const kinds = (faults: Fault[]) => new Set(faults.map(({ kind }) => kind));

test('the same seed gives the same faults, another seed others', () => {
  for (const home of ['embedded', 'postgres'] as const) {
    expect(first(7, home)).toEqual(first(7, home));
    expect(first(8, home)).not.toEqual(first(7, home));
  }
});

test('every kind comes before one comes again, and those of a server only where there is one', () => {
  const [embedded, server] = [
    kinds(first(7, 'embedded').slice(0, 6)),
    kinds(first(7, 'postgres').slice(0, 10)),
  ];
  expect([embedded.size, server.size]).toEqual([6, 10]);
  expect([...embedded].filter((kind) => /backends|restart|row/.test(kind))).toEqual([]);
});
