import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { drawRoom } from '../../src/domain/tables/room-picture.ts';
import { seatsFor } from '../../src/domain/tables/room-seats.ts';
import { icon } from '../../src/web/icons.ts';
import { roomPicture } from '../../src/web/pictures.ts';

const drawing = drawRoom(
  {
    shape: 'tables',
    tables: seatsFor([{ number: 1, hosts: 2 }], { seniors: 3, guestSeats: 5, own: 'kept' }),
  },
  'large',
  '<You>',
);

test('a picture is one image with one sentence, and its marks are what was drawn', () => {
  const page = load(roomPicture(drawing, 'The room: one round table').markup);
  expect([page('svg').attr('role'), page('svg').attr('aria-label')]).toEqual([
    'img',
    'The room: one round table',
  ]);
  expect(['.tb', '.t', '.s', '.o', '.you'].map((kind) => page(kind).length)).toEqual([1, 2, 3, 1, 1]);
});

test('a picture without a sentence is decoration', () => {
  const page = load(roomPicture(drawing).markup);
  expect([page('svg').attr('aria-hidden'), page('svg').attr('role')]).toEqual(['true', undefined]);
});

test('whatever is written in a picture stays text', () => {
  const { markup } = roomPicture(drawing, '"><script>alert(1)</script>');
  const page = load(markup);
  expect([page('script').length, page('.you-word').text()]).toEqual([0, '<You>']);
  expect(page('svg').attr('aria-label')).toBe('"><script>alert(1)</script>');
});

test('no picture and no icon carries a style attribute, which the policy would refuse', () => {
  expect(roomPicture(drawing, 'x').markup).toContain('class="tb"');
  expect(roomPicture(drawing, 'x').markup + icon('brand') + icon('check')).not.toContain('style=');
});

test('an icon nobody drew is a mistake, said by name', () => {
  expect(() => icon('unicorn' as 'check')).toThrow('There is no icon unicorn');
});
