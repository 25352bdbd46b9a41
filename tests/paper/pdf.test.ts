// Sheets as PDF, read back by another program: names of any length and script, nothing cut, nothing over something else.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { a4 } from '../../src/paper/page.ts';
import { drawPdf } from '../../src/paper/pdf.ts';
import type { PaperEvening, SheetName } from '../../src/paper/sheets.ts';
import { canDraw, cleanText, fitted, piecesOf } from '../../src/paper/text.ts';
import { byLength } from '../support/length.ts';
import { needs } from '../support/needs.ts';

/** Names as they come: 60 letters in one word and in several, right to left, both directions, ideographs, marks. */
const oddNames = [
  'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis',
  'Maximiliane-Konstantina Oberhuber-Freifrau von und zu Gutten',
  'عبد الرحمن بن محمد الصديق العبد الله آل عبد العزيز المنصوري ا',
  'דוד בן־גוריון (תל אביב)',
  '张伟',
  '鈴木さゆり',
  '남궁민수',
  'Ágnes Šťastná',
  'Αλέξανδρος Παπαδόπουλος',
  'Владимир Александрович',
  'Nguyễn Thị Minh Khai',
  'אבגדה'.repeat(12),
  '欧阳娜娜'.repeat(15),
];

function evening(size: { people: number; tables: number; rounds: number }): PaperEvening {
  const rounds = Array.from({ length: size.rounds }, (_, n) => ({ title: `Round ${n + 1}`, at: `1${n}:15` }));
  const tableOf = (person: number, round: number) => ((person + round) % size.tables) + 1;
  const hosts = (person: number) => person % 7 === 6;
  const names = Array.from({ length: size.people }, (_, n) => oddNames[n] ?? `Guest${n}`);
  const topic = 'Heat as a working condition, and what it costs those who may not sit down';
  return {
    title: 'Perspective Challenger, winter round',
    when: 'Thursday 10 December 2026, 16:00',
    printed: 'Printed Monday 7 December 2026, 09:12',
    labels: {
      rules: 'Ground rules',
      contents: 'In this file',
      runOfShow: 'Run of show',
      open: 'Still open',
      name: 'Name',
    },
    contents: ['Finder from A to Z', 'Plan for the wall', 'Place cards'],
    open: ['2 people have no seat yet'],
    rules: [
      { rule: 'No question is too basic.', why: 'Asking it does five others a favour.' },
      { rule: 'What is said here stays here.', why: 'Take the ideas with you, leave the names.' },
      { rule: 'Titles stay at the door.', why: '' },
    ],
    runOfShow: [{ at: '16:00', title: 'Arrive', minutes: '10 min' }],
    people: names.map((name, person) => ({
      id: person + 1,
      name,
      side: hosts(person) ? 'talent' : 'senior',
      hosts: hosts(person) ? `Hosts table ${tableOf(person, 0)}` : '',
      topic: hosts(person) ? topic : '',
      rounds: rounds.map((round, at) => ({ ...round, table: String(tableOf(person, at)), topic })),
    })),
    tables: Array.from({ length: size.tables }, (_, index) => ({
      number: index + 1,
      label: `Table ${index + 1}`,
      title: topic,
      hosts: names.filter((_, person) => hosts(person) && tableOf(person, 0) === index + 1),
      seats: { talents: 2, seniors: 5 },
      rounds: rounds.map((round, at) => ({
        ...round,
        people: names.filter((_, person) => !hosts(person) && tableOf(person, at) === index + 1),
      })),
    })),
    finder: names.map((name, person) => ({
      name,
      tables: rounds.map((_, at) => String(tableOf(person, at))),
    })),
    rounds,
  };
}

interface Word {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Words of each page with their boxes, in points from the top left corner. */
function wordsIn(pdf: Buffer): Word[][] {
  const { stdout, status } = spawnSync('pdftotext', ['-bbox', '-', '-'], { input: pdf, maxBuffer: 1 << 28 });
  expect(status).toBe(0);
  const unescaped = (text: string) =>
    text.replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name as 'amp'] ?? "'",
    );
  return stdout
    .toString()
    .split('<page')
    .slice(1)
    .map((page) =>
      [...page.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g)].map(
        ([, left, top, right, bottom, text]) => ({
          text: unescaped(text!),
          left: Number(left),
          top: Number(top),
          right: Number(right),
          bottom: Number(bottom),
        }),
      ),
    );
}

/** Pairs of words of which one lies over the other by more than rounding. */
function overlaps(words: readonly Word[]): string[] {
  const found: string[] = [];
  const sorted = words.toSorted((a, b) => a.top - b.top);
  for (const [at, a] of sorted.entries())
    for (const b of sorted.slice(at + 1)) {
      if (b.top > a.bottom - 0.5) break;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (across > 0.5) found.push(`${a.text} / ${b.text}`);
    }
  return found;
}

const outside = (words: readonly Word[]) =>
  words.filter(
    ({ left, top, right, bottom }) => left < 8 || top < 8 || right > a4.width - 8 || bottom > a4.height - 8,
  );

/** Words that cross a line along which cards are cut. */
const acrossCuts = (words: readonly Word[], columns: number, rows: number) =>
  words.filter(({ left, right, top, bottom }) => {
    const [wide, high] = [a4.width / columns, a4.height / rows];
    return (
      Math.floor(left / wide) !== Math.floor(right / wide) ||
      Math.floor(top / high) !== Math.floor(bottom / high)
    );
  });

/** Letters of a text without spaces and marks: fonts draw a letter and its mark as two signs, and readers forget the second. */
const lettersOf = (text: string) =>
  cleanText(text)
    .normalize('NFD')
    .replace(/[\s\u200b-\u200f\p{M}]/gu, '');
const isLeftToRight = (text: string) => !/[\p{sc=Hebrew}\p{sc=Arabic}]/u.test(text);

const sheets: SheetName[] = ['place-cards', 'cards', 'tables', 'finder', 'wall'];

needs('poppler')('sheets of an evening, as another program reads them', () => {
  const sizes = byLength(
    [{ people: 34, tables: 5, rounds: 3 }],
    [
      { people: 34, tables: 5, rounds: 3 },
      { people: 34, tables: 3, rounds: 12 },
      { people: 600, tables: 84, rounds: 3 },
    ],
  );
  for (const size of sizes)
    for (const sheet of sheets)
      test(`${sheet}, ${size.people} people in ${size.rounds} rounds: nothing is cut, nothing overlaps, nobody is missing`, {
        timeout: 120_000,
      }, async () => {
        const all = evening(size);
        const pages = wordsIn(await drawPdf(sheet, all, new Date('2026-12-07T08:12:00Z')));
        for (const [at, words] of pages.entries()) {
          expect({ at, outside: outside(words) }).toEqual({ at, outside: [] });
          expect({ at, overlaps: overlaps(words) }).toEqual({ at, overlaps: [] });
          const [columns, rows] = sheet === 'place-cards' ? [2, 4] : sheet === 'cards' ? [2, 2] : [1, 1];
          expect({ at, cut: acrossCuts(words, columns, rows) }).toEqual({ at, cut: [] });
        }
        const said = pages.flat().map(({ text }) => text);
        const whole = lettersOf(said.join(''));
        for (const { name } of all.people) if (isLeftToRight(name)) expect(whole).toContain(lettersOf(name));
        // Readers give letters that run from right to left in an order of their own.
        const missing = [...lettersOf(oddNames.join(''))].filter((letter) => !whole.includes(letter));
        expect(missing).toEqual([]);
      });

  test('the file of a whole evening has all of them, with its time on every sheet that is not cut', async () => {
    const all = evening({ people: 20, tables: 3, rounds: 3 });
    const pages = wordsIn(await drawPdf('evening', all, new Date('2026-12-07T08:12:00Z')));
    // Cover, finder, a page a round, a sheet a table, cards of four and of eight with their backs.
    expect(pages).toHaveLength(1 + 1 + 3 + 3 + 5 + 6);
    const text = pages.map((words) => words.map((word) => word.text).join(' '));
    expect(text[0]).toContain('Printed Monday 7 December 2026, 09:12');
    expect(text.slice(0, 8).every((page) => page.includes('09:12'))).toBe(true);
    expect(text.at(-1)).toContain('No question is too basic.');
  });
});

test('a sign that no font has is a line to write on, never a box', async () => {
  expect(['Anna 😀', 'ศรีสุดา'].map(canDraw)).toEqual([false, false]);
  expect(oddNames.every(canDraw)).toBe(true);
  const all = evening({ people: 1, tables: 1, rounds: 1 });
  const person = { ...all.people[0]!, name: 'ศรีสุดา' };
  const pdf = await drawPdf('place-cards', { ...all, people: [person] }, new Date(0));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

test('runs stand in their visual order, digits and brackets too', () => {
  const shown = (text: string) => piecesOf(text).map((piece) => piece.text);
  expect(shown('Anna Berg')).toEqual(['Anna Berg']);
  expect(shown('דוד 12 אב')).toEqual(['אב', ' ', '12', 'דוד ']);
  expect(shown('דוד Smith')).toEqual(['Smith', 'דוד ']);
  expect(shown('(אב)')).toEqual(['(', 'אב', ')']);
});

test('a long word is broken before it becomes unreadable, a short text is as large as it may be', () => {
  const box = { width: 250, height: 82, most: 36 };
  expect(fitted('Amina', box)).toMatchObject({ size: 36, lines: [{ text: 'Amina' }] });
  const long = fitted(oddNames[0]!, box);
  expect(long.lines.map(({ text }) => text).join('')).toBe(oddNames[0]);
  expect(long.size).toBeGreaterThan(10);
});
