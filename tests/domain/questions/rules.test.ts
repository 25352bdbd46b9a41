import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seesVotes } from '../../../src/domain/access.ts';
import { brokenRule, readWordList, usualRules } from '../../../src/domain/questions/rules.ts';

const rules = { ...usualRules, longest: 60, words: ['idiot*', 'crétin', 'damn'] };
const said = (text: string) => brokenRule(rules, text)?.sentence ?? null;

test.each([
  ['Who signs for the mistake?'],
  ['Is 3.5 better than 3.4? And what of v2.0.1?'],
  ['Damnation of Faust, at work?'],
  ['Do we use Node.js or e.g. Deno?'],
])('%s keeps to the rules', (text) => expect(said(text)).toBe(null));

test.each([
  ['See https://example.org/x'],
  ['see WWW.example.org now'],
  ['what about example.com?'],
  ['javascript://alert'],
])('a link is not taken: %s', (text) => expect(said(text)).toMatch(/^Links are not shown/));

test('links are taken where the organiser allows them', () => {
  expect(brokenRule({ ...rules, links: true }, 'see example.com')).toBe(null);
});

test.each([
  ['Are we IDIOTS?', 'IDIOTS'],
  ['Quel cretin!', 'cretin'],
  ['Qui est le cre\u0301tin?', 'crétin'],
  ['damn, why?', 'damn'],
])('an unwanted word is named as it was written: %s', (text, word) =>
  expect(brokenRule(rules, text)?.params).toEqual({ word }),
);

test('length is counted as people see it, and both numbers are said', () => {
  expect(said('é'.repeat(60))).toBe(null);
  expect(brokenRule(rules, '🎉'.repeat(61))?.params).toEqual({ n: 60, length: 61 });
});

test('a list is read one a line or with commas, without doubles, and never stops a text without its words', () => {
  expect(readWordList(' Damn,\n\nIDIOT* ; damn\n*\n')).toEqual(['damn', 'idiot*']);
  fc.assert(
    fc.property(fc.string(), (typed) => {
      expect(readWordList(typed).every((one) => one.trim() === one && one !== '' && one !== '*')).toBe(true);
    }),
  );
});

test('how many wonder is seen by guests from the beginning of the event on where it is hidden, by organisers at once', () => {
  const start = Temporal.Instant.from('2026-11-12T16:00:00Z');
  const before = start.subtract({ seconds: 1 });
  const seen = (talliesHidden: boolean, isOrganiser: boolean, now: Temporal.Instant) =>
    seesVotes({ ...usualRules, talliesHidden }, { isOrganiser }, start, now);
  expect([seen(true, false, before), seen(true, false, start)]).toEqual([false, true]);
  expect([seen(true, true, before), seen(false, false, before)]).toEqual([true, true]);
});
