import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareRadar,
  findColumns,
  type KnownTrend,
  labelOf,
  type RadarRow,
} from '../../../src/domain/trends/radar.ts';

const row = (line: number, name: string, values: Partial<RadarRow> = {}): RadarRow => ({
  line,
  name,
  ring: 'Trial',
  quadrant: 'Tools',
  detail: '',
  links: [],
  ...values,
});
const known = (id: number, sentence: string, values: Partial<KnownTrend> = {}): KnownTrend => ({
  id,
  sentence,
  state: 'proposed',
  sourceKey: null,
  detail: '',
  links: [],
  ring: 'Trial',
  quadrant: 'Tools',
  ...values,
});
const brief = (rows: ReturnType<typeof compareRadar>) =>
  rows.map(({ mark, trendId, reasons }) => [mark, trendId, ...reasons.map((reason) => reason.sentence)]);

describe('the columns of a radar', () => {
  test('stand in any order, among others that are ignored', () => {
    expect(findColumns(['name', 'ring', 'quadrant', 'isNew', 'status', 'description'])).toEqual({
      name: 0,
      ring: 1,
      quadrant: 2,
      description: 5,
    });
    expect(findColumns(['Beschrijving', 'x', 'Kwadrant', 'NAAM'])).toEqual({
      description: 0,
      quadrant: 2,
      name: 3,
    });
    expect(findColumns(['Nom', 'Catégorie'])).toEqual({ name: 0, quadrant: 1 });
  });

  test('must name the trends', () => {
    expect(findColumns(['ring', 'quadrant', 'description'])).toBe(null);
  });
});

test('rings and quadrants read as words', () => {
  expect(
    ['adopt', 'languages-and-frameworks', ' Languages & Frameworks ', 'AI-first', ''].map(labelOf),
  ).toEqual(['Adopt', 'Languages and frameworks', 'Languages & Frameworks', 'AI first', '']);
});

describe('a row beside the trends there are', () => {
  test('is new when nothing is like it', () => {
    expect(
      brief(compareRadar([row(2, 'Pre-commit hooks')], [known(1, 'Heat as a working condition')])),
    ).toEqual([['new', null]]);
  });

  test('is there when somebody proposed the same words, or an earlier import brought it', () => {
    const trends = [
      known(1, 'Pre-commit Hooks'),
      known(2, 'A battery on site', { sourceKey: 'radar:power sold back by the hour' }),
      known(3, 'Signed photos', { state: 'parked' }),
      known(4, 'Skills passports', { state: 'merged' }),
    ];
    const names = ['pre-commit  hooks', 'Power sold back by the hour', 'Signed photos', 'Skills passports'];
    expect(
      brief(
        compareRadar(
          names.map((name, i) => row(i + 2, name)),
          trends,
        ),
      ),
    ).toEqual([
      ['there', 1, 'Proposed, open for voting.'],
      ['there', 2, 'Proposed as “{as}”, open for voting.'],
      ['there', 3, 'Parked.'],
      ['there', 4, 'Merged into another trend.'],
    ]);
  });

  test('has changed when ring, quadrant or description differ from what was imported', () => {
    const before = known(1, 'Pre-commit hooks', {
      sourceKey: 'radar:pre-commit hooks',
      detail: 'Old.',
      ring: 'Trial',
    });
    const [same, moved, described] = [
      row(2, 'Pre-commit hooks', { detail: 'Old.' }),
      row(2, 'Pre-commit hooks', { detail: 'Old.', ring: 'Adopt', quadrant: 'Techniques' }),
      row(2, 'Pre-commit hooks', { detail: 'New.' }),
    ];
    expect(compareRadar([same], [before])[0]!.mark).toBe('there');
    expect(brief(compareRadar([moved], [before]))).toEqual([
      ['changed', 1, 'Ring: {was}, now {is}.', 'Quadrant: {was}, now {is}.'],
    ]);
    expect(brief(compareRadar([described], [before]))).toEqual([
      ['changed', 1, 'The description differs; the one from the file would replace yours.'],
    ]);
    const parked = { ...before, state: 'parked' as const };
    expect(compareRadar([moved], [parked])[0]!.mark).toBe('there');
  });

  test('looks alike when most of its words are those of another trend', () => {
    const trends = [known(1, 'Agents that do office work'), known(2, 'Heat sensors')];
    expect(brief(compareRadar([row(2, 'Agents doing office work')], trends))).toEqual([
      ['similar', 1, 'Close to “{other}”.'],
    ]);
    expect(compareRadar([row(2, 'Sensors for parking')], trends)[0]!.mark).toBe('new');
  });

  test('is left out with the reason when it cannot be a trend', () => {
    const rows = [
      row(2, ''),
      row(3, 'Heat'),
      row(4, 'HEAT '),
      row(5, 'x'.repeat(161)),
      row(6, 'Long ring', { ring: 'r'.repeat(61) }),
      row(7, 'Long quadrant', { quadrant: 'q'.repeat(61) }),
      row(8, 'Long detail', { detail: 'd'.repeat(10_001) }),
    ];
    const compared = compareRadar(rows, []);
    expect(compared.map(({ mark, reasons }) => [mark, reasons[0]?.sentence ?? ''])).toEqual([
      ['wrong', 'It has no name.'],
      ['new', ''],
      ['wrong', 'It has the same name as row {line}; only the first one counts.'],
      ['wrong', 'Its name is longer than {most} characters. Shorten it in the file.'],
      ['wrong', 'Its ring is longer than {most} characters. Shorten it in the file.'],
      ['wrong', 'Its quadrant is longer than {most} characters. Shorten it in the file.'],
      ['wrong', 'Its description is longer than {most} characters. Shorten it in the file.'],
    ]);
    expect(compared[2]!.reasons[0]!.values).toEqual({ line: 3 });
  });

  test('imported twice is there the second time, whatever the names', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })), (names) => {
        const first = compareRadar(
          names.map((name, i) => row(i + 2, name)),
          [],
        );
        const added = first
          .filter((each) => each.mark === 'new')
          .map((each, i) => known(i + 1, each.name, { sourceKey: each.sourceKey }));
        const second = compareRadar(first, added);
        expect(
          second.filter((each) => each.mark === 'new' || each.mark === 'changed' || each.mark === 'similar'),
        ).toEqual([]);
      }),
    );
  });
});
