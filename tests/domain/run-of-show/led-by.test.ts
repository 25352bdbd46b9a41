import { expect, test } from 'vitest';
import { type Led, partOf, withoutPerson } from '../../../src/domain/run-of-show/led-by.ts';

const block = (kind: string, title: string, rest: Partial<Led> = {}): Led => ({ kind, title, ...rest });
const evening = [
  block('gather', 'Arrive'),
  block('frame', 'Welcome', { ledBy: 'Organiser' }),
  block('talk', 'Round 1', { ledBy: 'Table hosts' }),
  block('move', 'Move', { ledBy: 'Facilitator' }),
  block('talk', 'Round 2'),
  block('harvest', 'Harvest', { ledBy: 'Facilitator' }),
  block('frame', 'Thanks', { ledById: 7 }),
  block('frame', 'Music', { ledBy: 'The band' }),
  block('harvest', 'One thing'),
];
const titles = (blocks: readonly Led[]) => blocks.map(({ title }) => title);
const roles = { organiserId: 1, facilitatorId: 2, hosts: true };

test('a block without a name needs one, unless people arrive or change tables, or hosts talk at their tables', () => {
  expect(titles(withoutPerson(evening, roles))).toEqual(['One thing']);
});

test('a role that nobody has is nobody', () => {
  expect(titles(withoutPerson(evening, { ...roles, facilitatorId: null, hosts: false }))).toEqual([
    'Round 1',
    'Round 2',
    'Harvest',
    'One thing',
  ]);
});

test('everybody finds their part: the host the rounds, the facilitator moves and harvest, Noor the thanks', () => {
  const part = (id: number, isHost = false) => titles(partOf(evening, { id, isHost }, roles));
  expect(part(1)).toEqual(['Welcome']);
  expect(part(2)).toEqual(['Move', 'Harvest']);
  expect(part(7)).toEqual(['Thanks']);
  expect(part(9, true)).toEqual(['Round 1', 'Round 2']);
  expect(part(9)).toEqual([]);
});
