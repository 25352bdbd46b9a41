import { describe, expect, test } from 'vitest';
import {
  builtInContent,
  builtInFormat,
  builtInFormats,
} from '../../../src/domain/run-of-show/built-in-formats.ts';
import { roundsOfFormat } from '../../../src/domain/run-of-show/format.ts';
import { runOfShow } from '../../../src/domain/run-of-show/run-of-show.ts';

test('Ida has five formats, the round tables first', () => {
  expect(builtInFormats.map((format) => [format.name, format.shape])).toEqual([
    ['Perspective Challenger', 'tables'],
    ['Lunch-and-learn', 'room'],
    ['Discussion panel', 'panel'],
    ['One-to-one', 'pair'],
    ['Preparation', 'room'],
  ]);
});

test('the runs of show add up to the lengths the texts promise', () => {
  expect(builtInFormats.map((format) => runOfShow(format.blocks).length)).toEqual([
    '2 h 15 min',
    '1 h',
    '1 h',
    '1 h',
    '1 h',
  ]);
  for (const format of builtInFormats) {
    const { length } = runOfShow(format.blocks);
    expect(format.goodFor.startsWith(length)).toBe(true);
  }
});

test('a Perspective Challenger has three rounds of 25 minutes with 5 to move between them', () => {
  const format = builtInFormat('perspective-challenger');
  expect(format?.blocks.filter((block) => block.kind === 'talk').map((block) => block.minutes)).toEqual([
    25, 25, 25,
  ]);
  expect(format?.blocks.filter((block) => block.kind === 'move').map((block) => block.minutes)).toEqual([
    5, 5,
  ]);
  expect(roundsOfFormat(format!)).toBe(3);
});

test('an event whose format is gone finds nothing instead of another format', () => {
  expect(builtInFormat('lunch-and-learn')?.name).toBe('Lunch-and-learn');
  expect(builtInFormat('fishbowl')).toBeUndefined();
});

describe.each(builtInFormats)('$name', (format) => {
  test('begins a draft within its own bounds', () => {
    const { seniors, talents } = format.defaults;
    expect([seniors >= format.seniors.least, seniors <= format.seniors.most]).toEqual([true, true]);
    expect([talents >= format.talents.least, talents <= format.talents.most]).toEqual([true, true]);
  });

  test('has its texts, none of them shouting', () => {
    const texts = [
      format.description,
      format.goodFor,
      format.headline,
      format.lede,
      format.howItRuns,
      format.questions.sentence,
    ];
    for (const text of texts) expect(text).toMatch(/^[A-Z0-9][^!]{12,}$/);
    for (const block of format.blocks) expect(block.title).toMatch(/^[A-Z][^!]+$/);
  });

  test('ends its questions before it ends, and asks for answers before it begins', () => {
    expect(format.deadlines.answers).toBeGreaterThan(0);
    expect(format.questions.asked === 'none').toBe(format.shape === 'pair');
  });
});

test('texts for one side alone name neither side, and where there are no tables no text names one', () => {
  const textsOf = (slug: string) => JSON.stringify(builtInContent(slug));
  expect(textsOf('perspective-challenger')).toMatch(/senior|talent/i);
  const { seniors, talents, defaults, ...preparation } = builtInContent('preparation')!;
  expect([seniors.least, talents.least, defaults.talents]).toEqual([3, 3, 24]);
  expect(JSON.stringify(preparation)).not.toMatch(/senior|talent/i);
  expect(textsOf('perspective-challenger')).toMatch(/table/i);
  for (const { slug, shape } of builtInFormats)
    if (shape !== 'tables') expect(textsOf(slug).replace('"perTable"', '')).not.toMatch(/table/i);
});
