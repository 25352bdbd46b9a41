// Sentences of the page on which an organiser looks for a date: why this one, and what the others lack.
import { closest, type Needs, type Tally, type Voice } from '../../domain/dates/tally.ts';
import { listed, type Words } from '../../words.ts';

/** A date with its counts, as the page shows it. */
export interface DateRow extends Tally {
  day: string;
  isBest: boolean;
  isOver: boolean;
  lacks: string;
}

/** Says in one sentence what a date lacks; '' where it has enough. */
export function lackSentence(words: Words, { lacking, missingHosts, isEnough }: Tally, needs: Needs): string {
  if (isEnough) return '';
  const { t, tn } = words;
  const names = listed(missingHosts.slice(0, 3), words);
  return [
    missingHosts.length > 3
      ? t('{n} hosts can’t.', { n: missingHosts.length })
      : missingHosts.length > 0
        ? t('{names} can’t host.', { names })
        : '',
    lacking.seniors > 0
      ? tn(
          lacking.seniors,
          '{n} senior manager too few of the {all} needed.',
          '{n} senior managers too few of the {all} needed.',
          { all: needs.seniors },
        )
      : '',
    lacking.talents > 0
      ? tn(
          lacking.talents,
          '{n} young talent too few of the {all} needed.',
          '{n} young talents too few of the {all} needed.',
          { all: needs.talents },
        )
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The best date with its reason, and why not the one that more people could come on. */
export function bestView<Row extends DateRow>(
  words: Words,
  rows: readonly Row[],
  voices: readonly Voice[],
  needs: Needs,
) {
  const { t, tn } = words;
  const best = rows.find(({ isBest }) => isBest);
  if (!best) return null;
  const seniors = voices.filter(({ side }) => side === 'senior').length;
  const others = rows.filter((row) => row !== best && !row.isOver);
  const isAlone = others.every(({ isEnough }) => !isEnough);
  const larger = others.find(
    (row) =>
      !row.isEnough && row.seniors + row.talents > best.seniors + best.talents && row.missingHosts.length > 0,
  );
  const hosts = voices.some(({ isHost }) => isHost);
  return {
    ...best,
    said: hosts
      ? t('{n} of {all} senior managers and every host can.', { n: best.seniors, all: seniors })
      : t('{n} of {all} senior managers can.', { n: best.seniors, all: seniors }),
    others: [
      isAlone && others.length > 0 ? t('No other date has everyone who is needed.') : '',
      larger
        ? t('More people could come on {day}, but {lacks}', { day: larger.day, lacks: larger.lacks })
        : '',
      needs.seniors > 0
        ? tn(
            needs.seniors,
            'At least {n} senior manager is needed.',
            'At least {n} senior managers are needed.',
          )
        : '',
    ].filter(Boolean),
  };
}

/** The date that comes closest where none is enough. */
export function closeView<Row extends DateRow>({ t }: Words, rows: readonly Row[]) {
  const open = rows.filter(({ isOver }) => !isOver);
  if (open.length === 0 || open.some(({ isEnough }) => isEnough)) return null;
  const nearest = open.find(({ dateId }) => dateId === closest(open)!.dateId)!;
  return { ...nearest, text: t('{day} comes closest. {lacks}', { day: nearest.day, lacks: nearest.lacks }) };
}
