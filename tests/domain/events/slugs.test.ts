import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugOf } from '../../../src/domain/events/slugs.ts';

test('a name becomes an address people can read', () => {
  expect(slugOf('Winter round', 'event')).toBe('winter-round');
  expect(slugOf('  Größe & Café, 2027! ', 'event')).toBe('grosse-cafe-2027');
});

test('a name without letters still gets an address', () => {
  expect(slugOf('年次会議 🎉', 'event')).toBe('event');
});

test('whatever the name, the address is short and plain', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(slugOf(name, 'event')).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/);
    }),
  );
});
