// Two people edit one brief at once, and both texts are there.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf, mergeTexts, tidied, wordsIn } from '../../../src/domain/teams/merge.ts';

test('edits at two places both stay, and so does each order of saves', () => {
  const base = 'We asked 14 people. They left early.\n\n## Found\n- Nobody left for money.';
  const noor = base.replace('They left early.', 'They left in month 20.');
  const oskar = `${base}\n- The first manager decides.`;
  const both =
    'We asked 14 people. They left in month 20.\n\n## Found\n- Nobody left for money.\n- The first manager decides.';
  expect(mergeTexts(base, noor, oskar)).toBe(both);
  expect(mergeTexts(base, oskar, noor)).toBe(both);
});

test('of two sentences beside each other each takes its new words', () => {
  const [noor, oskar] = ['One. Two, says Oskar. Three.', 'One. Two. Three, says Noor.'];
  const joined = 'One. Two, says Oskar. Three, says Noor.';
  expect(mergeTexts('One. Two. Three.', noor, oskar)).toBe(joined);
  expect(mergeTexts('One. Two. Three.', oskar, noor).replace('\n', ' ')).toBe(joined);
  expect(mergeTexts('One. Two. Three.', joined, oskar)).toBe(joined);
});

test('two rewordings of one sentence stay side by side, the saved one first', () => {
  expect(mergeTexts('One. Two. Three.', 'One. Second. Three.', 'One. Zwei. Three.')).toBe(
    'One. Second. Zwei. Three.',
  );
});

test('two texts begun on an empty page follow each other, what both wrote is there once', () => {
  expect(mergeTexts('', 'Hello.\nNoor.', 'Hello.\nOskar.')).toBe('Hello.\nNoor.\nOskar.');
});

test('a form that is sent again after others wrote on adds nothing twice', () => {
  const joined = mergeTexts('One.', 'One. Oskar.', 'One. Noor.');
  expect(mergeTexts('One.', `${joined} And more.`, 'One. Noor.')).toBe('One. Oskar.\nNoor. And more.');
});

test('a sentence that one deleted and the other changed stays changed', () => {
  expect(mergeTexts('One. Two. Three.', 'One. Three.', 'One. Two and a half. Three.')).toBe(
    'One. Two and a half. Three.',
  );
  expect(mergeTexts('One. Two. Three.', 'One. Three.', 'One. Two. Three. Four.')).toBe('One. Three. Four.');
});

/** A word of the base may come again, a new sentence is its writer's own. */
const baseWord = fc.constantFrom(
  'we',
  'asked',
  'people',
  'who',
  'left',
  'early',
  '14',
  '**once**',
  '- a',
  '##',
);
const ending = fc.constantFrom('. ', '? ', '.\n', '\n', '\n\n');
const sentence = fc
  .tuple(fc.array(baseWord, { minLength: 1, maxLength: 9 }), ending)
  .map(([words, end]) => words.join(' ') + end);

type Edit = { at: number; deletes: number; adds: number };
const edits = fc.array(
  fc.record({ at: fc.nat(100_000), deletes: fc.nat(3), adds: fc.nat(3) }) as fc.Arbitrary<Edit>,
  { minLength: 1, maxLength: 12 },
);

function edited(sentences: readonly string[], list: readonly Edit[], by: string) {
  const result = [...sentences];
  const added: string[] = [];
  for (const [n, { at, deletes, adds }] of list.entries()) {
    const own = Array.from({ length: adds }, (_, i) => `${by} says ${n} and ${i}.`);
    added.push(...own);
    result.splice(at % (result.length + 1), deletes, ...own.map((one) => `${one}\n`));
  }
  return { text: tidied(result.join('')), added: added.filter((one) => result.includes(`${one}\n`)) };
}

test('any edits of two people are all there after either order of saves', () => {
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 60 }), edits, edits, (sentences, one, other) => {
      const base = tidied(sentences.join(''));
      const [noor, oskar] = [edited(sentences, one, 'Noor'), edited(sentences, other, 'Oskar')];
      for (const merged of [mergeTexts(base, noor.text, oskar.text), mergeTexts(base, oskar.text, noor.text)])
        for (const own of [...noor.added, ...oskar.added]) expect(merged).toContain(own);
      expect(mergeTexts(base, base, oskar.text)).toBe(oskar.text);
      expect(mergeTexts(base, noor.text, base)).toBe(noor.text);
      expect(mergeTexts(base, noor.text, noor.text)).toBe(noor.text);
    }),
    { numRuns: 200 },
  );
});

test('sentences that nobody touched stay in their order', () => {
  const numbered = Array.from({ length: 40 }, (_, n) => `Sentence number ${n}. `);
  fc.assert(
    fc.property(edits, edits, (one, other) => {
      const [noor, oskar] = [edited(numbered, one, 'Noor'), edited(numbered, other, 'Oskar')];
      const merged = mergeTexts(numbered.join(''), noor.text, oskar.text);
      const isIn = (line: string, text: string) => text.includes(line.trim());
      const kept = numbered.filter((line) => isIn(line, noor.text) && isIn(line, oskar.text));
      const places = kept.map((line) => merged.indexOf(line.trim()));
      expect(places).toEqual(places.filter((at) => at >= 0).toSorted((a, b) => a - b));
    }),
    { numRuns: 100 },
  );
});

test('20,000 words, with sentences that come again and again, are joined within the time of a press', () => {
  fc.assert(
    fc.property(
      fc.array(sentence, { minLength: 200, maxLength: 200 }),
      edits,
      edits,
      (sentences, one, other) => {
        const long: string[] = [];
        for (let words = 0, n = 0; words < 20_000; n += 1) {
          const next = sentences[(n * n + 7 * n) % sentences.length]!;
          words += next.trim().split(/\s+/).length;
          long.push(n % 3 === 0 ? `${n} ${next}` : next);
        }
        const base = tidied(long.join(''));
        const [noor, oskar] = [edited(long, one, 'Noor'), edited(long, other, 'Oskar')];
        const merged = mergeTexts(base, noor.text, oskar.text);
        for (const own of [...noor.added, ...oskar.added]) expect(merged).toContain(own);
        expect(merged.length).toBeLessThan(
          base.length + noor.added.concat(oskar.added).join('\n').length + 9000,
        );
      },
    ),
    { numRuns: 5 },
  );
});

test('two texts with nothing in common both stay', () => {
  const text = (by: string) => Array.from({ length: 3000 }, (_, n) => `${by} ${n} is here.`).join('\n');
  const merged = mergeTexts(text('base'), text('Noor'), text('Oskar'));
  expect(merged).toBe(`${text('Noor')}\n${text('Oskar')}`);
});

test('a difference shows what was added and taken out, and both texts can be read from it', () => {
  expect(differenceOf('One. Two. Three.', 'One. Second. Three.')).toEqual([
    { kind: 'same', text: 'One. ' },
    { kind: 'removed', text: 'Two. ' },
    { kind: 'added', text: 'Second. ' },
    { kind: 'same', text: 'Three.\n' },
  ]);
  fc.assert(
    fc.property(fc.array(sentence), edits, (sentences, list) => {
      const [before, after] = [tidied(sentences.join('')), edited(sentences, list, 'Noor').text];
      const joined = (but: string) =>
        differenceOf(before, after)
          .filter(({ kind }) => kind !== but)
          .map(({ text }) => text)
          .join('');
      const words = (text: string) => text.split(/\s+/).filter(Boolean);
      expect(joined('removed').trim()).toBe(after);
      expect(words(joined('added'))).toEqual(words(before));
    }),
  );
});

test('signs of Markdown are no words', () => {
  expect(wordsIn('## What we **found**\n- 9 of 14, or one-third')).toBe(8);
});
