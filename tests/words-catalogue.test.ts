import { describe, expect, test } from 'vitest';
import { honestAbout } from '../src/words/kept-here.ts';
import { blanksOf } from '../src/words/message.ts';
import { words } from '../src/words.ts';

const english = words('en');

describe('the catalogue of words', () => {
  test('English is what the template says, with its blanks filled', () => {
    expect(english.t('A seat is kept for {name}', { name: 'Henrik {n}' })).toBe(
      'A seat is kept for Henrik {n}',
    );
  });

  test('a blank nobody filled is a mistake, as a printed undefined is', () => {
    expect(english.t('{n} of {total}', { n: 3, total: 4 })).toBe('3 of 4');
    expect(() => english.t('{n} of {total}', { n: 3 })).toThrow('{total}');
  });

  test('one is one, everything else is many', () => {
    const people = (n: number) => english.tn(n, '{n} person', '{n} people');
    expect([0, 1, 2, 21].map(people)).toEqual(['0 people', '1 person', '2 people', '21 people']);
  });
});

const people = `.input {$n :number}
.match $n
0   {{Nikt nie czeka}}
one {{{$n} osoba czeka na {$name}}}
few {{{$n} osoby czekają na {$name}}}
*   {{{$n} osób czeka na {$name}}}`;

describe('another language', () => {
  const polish = words('pl', {
    '{n} people wait for {name}': people,
    'A seat is kept for {name}': 'Miejsce czeka na {$name}',
  });

  test('says what its catalogue says, and in English what it lacks', () => {
    expect(polish.t('A seat is kept for {name}', { name: 'Henrik {$n}' })).toBe(
      'Miejsce czeka na Henrik {$n}',
    );
    expect(polish.t('Sign in')).toBe('Sign in');
    expect(polish.tn(1, '{n} seat', '{n} seats')).toBe('1 seat');
  });

  test('counts in its own way, with words of their own for a number that has them', () => {
    const wait = (n: number) =>
      polish.tn(n, '{n} person waits for {name}', '{n} people wait for {name}', { name: 'Bo' });
    expect([0, 1, 3, 5].map(wait)).toEqual([
      'Nikt nie czeka',
      '1 osoba czeka na Bo',
      '3 osoby czekają na Bo',
      '5 osób czeka na Bo',
    ]);
  });

  test('puts nothing invisible around a name', () => {
    const said = polish.t('A seat is kept for {name}', { name: 'Henrik' });
    expect([...said].filter((sign) => /\p{Cf}/u.test(sign))).toEqual([]);
  });

  test('throws for a blank nobody filled, as English does', () => {
    expect(() => polish.t('A seat is kept for {name}')).toThrow('$name');
  });
});

describe('a catalogue is refused at the start', () => {
  test.each([
    ['a blank without its dollar sign, which would print its own name', 'Miejsce dla {name}', '{$name}'],
    ['a blank that English does not have', 'Miejsce dla {$who}', 'who'],
    ['a bracket that is never closed', 'Miejsce dla {$name', 'Miejsce dla'],
    ['a plural without its last resort', '.input {$n :number}\n.match $n\none {{{$name}}}', 'one {{'],
    ['a choice by anything but the number', '.input {$name :string}\n.match $name\n* {{{$name}}}', '$n'],
    ['formatting of its own', '{$name :string}', '{$name}'],
  ])('for %s', (_, message, told) => {
    expect(() => words('pl', { 'A seat is kept for {name}': 'Miejsce dla {$name}' })).not.toThrow();
    expect(() => words('pl', { 'A seat is kept for {name}': message })).toThrow(told);
    expect(() => words('pl', { 'A seat is kept for {name}': message })).toThrow('A seat is kept for {name}');
  });

  test('for a blank of the English sentence that it leaves out, but for the number of a plural', () => {
    expect(() => words('pl', { '{day} in {place}': '{$day}' })).toThrow('place');
    expect(blanksOf(people)).toEqual(['n', 'name']);
  });
});

describe('words about e-mails', () => {
  const saidWith = (configured: boolean) => honestAbout({ mail: { configured }, words: english });

  test('follow the mail server: where none is set up, e-mails are kept here', () => {
    const said = (configured: boolean, n: number) =>
      saidWith(configured).tn(n, 'One e-mail goes out in ten seconds.', '{n} e-mails go out in ten seconds.');
    expect([said(true, 1), said(true, 3)]).toEqual([
      'One e-mail goes out in ten seconds.',
      '3 e-mails go out in ten seconds.',
    ]);
    expect([said(false, 1), said(false, 3)]).toEqual([
      'One e-mail is kept here in ten seconds.',
      '3 e-mails are kept here in ten seconds.',
    ]);
    expect(saidWith(false).t('Published on {day}. Everyone has heard.', { day: '4 May' })).toBe(
      'Published on 4 May. The e-mails are kept here.',
    );
    expect(saidWith(false).t('Sign in')).toBe('Sign in');
  });
});
