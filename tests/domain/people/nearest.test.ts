import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance, nearestAmong } from '../../../src/domain/people/nearest.ts';

const addresses = [
  'henrik.falk@halden.example',
  'claire.fontaine@halden.example',
  'anneke.de.vries@halden.example',
];

test('an initial and a last name with a slip mean the person', () => {
  expect(nearestAmong(addresses)('h.falck@halden.example')).toBe('henrik.falk@halden.example');
});

test('a slip or two anywhere mean the person', () => {
  expect(nearestAmong(addresses)('clare.fontain@halden.example')).toBe('claire.fontaine@halden.example');
  expect(nearestAmong(['Margareta Lindqvist', 'Mei Chen'])('Lindquist')).toBe('Margareta Lindqvist');
});

test('somebody else with the same last name is not meant', () => {
  expect(nearestAmong(addresses)('b.falk@halden.example')).toBe(null);
  expect(nearestAmong(addresses)('somebody@halden.example')).toBe(null);
  expect(nearestAmong([])('henrik')).toBe(null);
});

test('the nearest of several is chosen', () => {
  expect(nearestAmong(['Jan Jansens', 'Jan Janssen', 'Jan Jansen'])('Jan Jansenn')).toBe('Jan Jansens');
  expect(nearestAmong(['Jan Jansen', 'Jan Jansens'])('jan jansen')).toBe('Jan Jansen');
});

test('the distance is a distance', () => {
  const word = fc.stringMatching(/^[a-c]{0,6}$/);
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      const far = (x: string, y: string) => distance(x, y, 99);
      expect(far(a, b)).toBe(far(b, a));
      expect(far(a, b) === 0).toBe(a === b);
      expect(far(a, c)).toBeLessThanOrEqual(far(a, b) + far(b, c));
      expect(distance(a, b, 2)).toBe(Math.min(far(a, b), 3));
    }),
  );
});
