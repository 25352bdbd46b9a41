import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { circleSentence, circles, directoryOf, managerMeant } from '../../../src/domain/people/reporting.ts';

const directory = directoryOf([
  { key: 'henrik.falk@halden.example', name: 'Henrik Falk' },
  { key: 'ada@halden.example', name: 'Ada Berg' },
  { key: 'ada2@halden.example', name: 'Ada Berg' },
  { key: 'zoe@north.example', name: 'Zoë Ørsted' },
]);
function said(text: string): string {
  const meant = managerMeant(text, directory);
  if (!('sentence' in meant)) return meant.key;
  return meant.sentence.replace(/\{(\w+)\}/g, (_, key: string) => String(meant.params[key]));
}

describe('a manager is found', () => {
  test('by address, whatever its capitals, also as mail programs write it', () => {
    expect(said('Henrik.Falk@Halden.example')).toBe('henrik.falk@halden.example');
    expect(said('Henrik Falk <henrik.falk@halden.example>')).toBe('henrik.falk@halden.example');
  });

  test('by name, whatever its accents', () => {
    expect(said('zoe orsted')).toBe('zoe@north.example');
  });

  test('not by a name two people have', () => {
    expect(said('Ada Berg')).toBe('2 people are called Ada Berg. Write the manager’s e-mail address.');
  });

  test('or somebody close is suggested, by the part before the @ where the domain is the same', () => {
    expect(said('h.falck@halden.example')).toBe(
      'The manager h.falck@halden.example is not in the list. Did you mean henrik.falk?',
    );
    expect(said('zoee@halden.example')).toBe(
      'The manager zoee@halden.example is not in the list. Did you mean zoe@north.example?',
    );
    expect(said('nobody@halden.example')).toBe(
      'The manager nobody@halden.example is not in the list. Correct it, or leave the cell empty.',
    );
    expect(said('henrik.falkk@north.example')).toBe(
      'The manager henrik.falkk@north.example is not in the list. Did you mean henrik.falk@halden.example?',
    );
    expect(said('Henrick Falk')).toBe(
      'The manager Henrick Falk is not in the list. Did you mean Henrik Falk?',
    );
  });
});

describe('circles', () => {
  const lines = (text: string) => new Map(text.split(' ').map((pair) => pair.split('>') as [string, string]));

  test('are found with everyone in them, and only them', () => {
    expect(circles(lines('a>b b>c c>a d>a e>f'))).toEqual([['a', 'b', 'c']]);
    expect(circles(lines('d>a a>b b>a x>x'))).toEqual([['a', 'b'], ['x']]);
    expect(circles(lines('a>b b>c c>d'))).toEqual([]);
  });

  test('everyone in one comes back to themselves, and nobody outside does', () => {
    const person = fc.integer({ min: 0, max: 8 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.tuple(person, person)), (pairs) => {
        const managerOf = new Map(pairs);
        const members = circles(managerOf).flat();
        const comesBack = [...managerOf.keys()].filter((start) => {
          let at = managerOf.get(start);
          for (let steps = 0; steps < 10 && at !== undefined && at !== start; steps += 1)
            at = managerOf.get(at);
          return at === start;
        });
        expect(members.sort()).toEqual(comesBack.sort());
      }),
    );
  });

  test('are said in words', () => {
    expect(circleSentence(['Ada'])).toEqual({
      sentence: '{name} cannot report to themselves. Write another manager, or leave the cell empty.',
      params: { name: 'Ada' },
    });
    expect(circleSentence(['Ada', 'Bo'])).toEqual({
      sentence:
        'This makes a circle: {first} reports to {second}, who reports to {first}. Correct one of the two.',
      params: { first: 'Ada', second: 'Bo' },
    });
    expect(circleSentence(['Ada', 'Bo', 'Cy', 'Di']).params).toEqual({
      first: 'Ada',
      second: 'Bo',
      third: 'Cy',
    });
  });
});
