import { expect, test } from 'vitest';
import { whyStaysOrganiser } from '../../../src/domain/people/organisers.ts';

test('an organiser may take the role from another', () => {
  expect(whyStaysOrganiser(2, 1, [1, 2])).toBe(null);
});

test('nobody locks themselves out', () => {
  expect(whyStaysOrganiser(1, 1, [1, 2])?.sentence).toBe(
    'You cannot lock yourself out. Ask another organiser to do it.',
  );
});

test('the last organiser stays one', () => {
  expect(whyStaysOrganiser(1, 1, [1])?.sentence).toBe(
    'This is the only organiser. Make someone else an organiser first.',
  );
});

test('whoever is none, or is disabled, can stop being one', () => {
  expect(whyStaysOrganiser(3, 1, [1])).toBe(null);
});
