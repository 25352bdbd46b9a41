import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  blockFields,
  blockIn,
  blockValues,
  mistakesInBlock,
} from '../../../src/routes/run-of-show/block-fields.ts';

const round = {
  kind: 'talk' as const,
  title: 'Round 1',
  minutes: 25,
  fixedAt: '12:00',
  ledBy: 'Table hosts',
  note: 'Ring the bell.',
  screen: null,
  question: 'Who signs?',
  material: 'https://halden.example/notes',
  shrinksTo: 20,
  mayDrop: true,
};

test('a block fills its fields and is read back from them as it was, alone and as one of many', () => {
  for (const at of ['' as const, 7]) {
    const { [`mayDrop${at}`]: drop, ...texts } = blockValues(round, at);
    const read = z.object(blockFields(at)).parse({ ...texts, [`mayDrop${at}`]: drop });
    expect(blockIn(read, at)).toEqual(round);
  }
});

test('each field that makes no sense says what to write', () => {
  const typed = {
    ...blockValues({ ...round, mayDrop: true }),
    title: ' ',
    kind: 'dance',
    minutes: '0',
    fixedAt: '25:00',
    shrinksTo: 'x',
  };
  const { error } = z.object(blockFields()).safeParse(typed);
  expect(error?.issues.map(({ message }) => message)).toEqual([
    'Give the block a name, such as Welcome.',
    'Choose the kind of this block.',
    'Write how many minutes it takes, from 1 to 600.',
    'Write when it starts, such as 12:00, or leave it empty.',
    'Write to how many minutes it may be shortened, or leave it empty.',
  ]);
});

test('a block cannot be shortened to as long as it is', () => {
  expect(mistakesInBlock(round, 3)).toEqual([]);
  expect(mistakesInBlock({ ...round, shrinksTo: 25 }, 3)).toEqual([
    {
      field: 'shrinksTo3',
      message: 'It takes {minutes} minutes, so it can only be shortened to fewer. Write a smaller number.',
      params: { minutes: 25 },
    },
  ]);
});
