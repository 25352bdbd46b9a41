// Names in a note of a table.
import { describe, expect, test } from 'vitest';
import { nameIn } from '../../../src/domain/notes/names.ts';

const people = [
  { name: 'Margareta Lindqvist' },
  { name: 'Will Hartmann' },
  { name: 'Grace Okafor' },
  { name: 'Jérôme de la Cour' },
  { name: 'Anne-Marie van den Berg' },
  { name: 'Dr. Li Wei' },
  { name: 'Price, Mark (Finance)' },
];

const found = (text: string) => nameIn(text, people);

describe('a name of somebody on the list is found in a note', () => {
  test.each([
    ['Margareta would sign nothing a machine wrote', 'Margareta'],
    ['margareta would sign nothing', 'margareta'],
    ['What LINDQVIST fears is the audit', 'LINDQVIST'],
    ['It was Margareta Lindqvist who asked', 'Margareta Lindqvist'],
    ['Jerome does not trust it', 'Jerome'],
    ['Margareta’s team tried it', 'Margareta'],
    ["Ask Anne-Marie's team", 'Anne-Marie'],
    ['Signed by hartmann', 'hartmann'],
  ])('%s', (text, name) => {
    expect(found(text)).toBe(name);
  });

  test('with capitals, accents and apostrophes as people type them', () => {
    expect(found('JÉRÔME DE LA COUR SAID NO')).toBe('JÉRÔME');
    expect(found('je\u0301ro\u0302me said no')).not.toBeNull();
  });
});

describe('a name that is also a word', () => {
  test('is a name with a capital inside a sentence, in a genitive, or beside the rest of the name', () => {
    expect(found('Nobody but Will would sign it')).toBe('Will');
    expect(found('Let us ask Grace')).toBe('Grace');
    expect(found('Will’s worry is the audit')).toBe('Will');
    expect(found('will hartmann would sign')).toBe('will hartmann');
    expect(found('what does Mark say')).toBe('Mark');
    expect(found('a talk with Li')).toBe('Li');
  });

  test('is a word in small letters, and where a sentence begins', () => {
    expect(found('What will it cost?')).toBeNull();
    expect(found('Will it sign for us?')).toBeNull();
    expect(found('Too slow. Will it ever learn?')).toBeNull();
    expect(found('A grace period of a month')).toBeNull();
    expect(found('Mark what a machine wrote')).toBeNull();
    expect(found('The price of a mistake')).toBeNull();
    expect(found('WILL IT SIGN FOR US?')).toBeNull();
  });
});

test('particles, titles and remarks are no names, and parts of words neither', () => {
  expect(found('De la carte, van hier, den Haag')).toBeNull();
  expect(found('The finance team decides')).toBeNull();
  expect(found('Margaretas are flowers')).toBeNull();
  expect(nameIn('Margareta', [])).toBeNull();
});

test('names without spaces are found inside a sentence that has none either', () => {
  expect(nameIn('这是李伟说的', [{ name: '李伟' }])).toBe('李伟');
  expect(nameIn('这是他说的', [{ name: '李伟' }])).toBeNull();
});
