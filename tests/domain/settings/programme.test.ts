import { expect, test } from 'vitest';
import { endsAfterItStarts, linesFor, moved } from '../../../src/domain/settings/programme.ts';

test('a line for one side is read by that side alone, and a line for all by everyone', () => {
  const lines = [
    { name: 'Ida', readers: 'all' as const },
    { name: 'Bo', readers: 'talent' as const },
  ];
  expect(linesFor(lines, 'senior').map(({ name }) => name)).toEqual(['Ida']);
  expect(linesFor(lines, 'talent').map(({ name }) => name)).toEqual(['Ida', 'Bo']);
  expect(linesFor(lines).map(({ name }) => name)).toEqual(['Ida']);
});

test('a season ends after its first day, where both days are known', () => {
  expect(endsAfterItStarts('2026-08-17', '2026-08-18')).toBe(true);
  expect(endsAfterItStarts('2026-08-17', '2026-08-17')).toBe(false);
  expect(endsAfterItStarts('2026-08-17', '2026-06-30')).toBe(false);
  expect(endsAfterItStarts(null, '2026-06-30')).toBe(true);
  expect(endsAfterItStarts('2026-08-17', null)).toBe(true);
});

test('a rule moves past its neighbour, and nowhere at the end of the list', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a'], 7, -1)).toEqual(['a']);
});
