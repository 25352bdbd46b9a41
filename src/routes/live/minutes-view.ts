// How an evening ran: planned and actual minutes of each block, and what the sessions of its format teach it.
import { endOf } from '../../domain/events/times.ts';
import {
  fewestSessions,
  type MedianOfBlock,
  medianFor,
  stemOf,
  wholeMinutes,
} from '../../domain/live/minutes.ts';
import type * as events from '../../store/events/events.ts';
import type { BlockMinutes } from '../../store/live/runs.ts';
import type { Words } from '../../words.ts';
import { wallClock } from './clock-view.ts';

/** A row of the list, with its bar on a scale of 100. */
export function rowsOf({ t }: Words, rows: readonly BlockMinutes[], timeZone: string) {
  const longest = Math.max(1, ...rows.map(({ planned, seconds }) => Math.max(planned, (seconds ?? 0) / 60)));
  const share = (minutes: number) => ((100 * minutes) / longest).toFixed(1);
  return rows.map(({ title, planned, startedAt, seconds, isDropped }) => {
    const minutes = seconds === null ? null : wholeMinutes(seconds);
    return {
      title,
      at: startedAt === null ? '' : wallClock(startedAt, timeZone),
      minutes: minutes === null ? '' : t('{n} min', { n: minutes }),
      planned: t('planned {n}', { n: planned }),
      note: isDropped ? t('Dropped') : minutes === null ? t('Not measured') : '',
      bar: share(seconds === null ? planned : seconds / 60),
      line: share(planned),
      isMeasured: minutes !== null,
      isMore: minutes !== null && minutes > planned,
    };
  });
}

/** One sentence for the whole evening: when it ended against the announced end, and what gave or took most. */
export function summaryOf(words: Words, event: events.Event, rows: readonly BlockMinutes[]): string {
  const { t, tn } = words;
  const last = rows.at(-1);
  const measured = rows.filter(({ seconds }) => seconds !== null);
  if (!last?.endedAt) return t('{n} of {of} blocks were measured.', { n: measured.length, of: rows.length });
  const late = Math.trunc(last.endedAt.since(endOf(event)).total('minutes'));
  if (late > 0)
    return tn(
      late,
      'It ended {n} minute later than announced.',
      'It ended {n} minutes later than announced.',
    );
  if (late === 0) return t('It ended on time.');
  return tn(-late, 'It ended {n} minute early.', 'It ended {n} minutes early.');
}

/** The block that took most more, and the one that gave most. */
export function extremesOf({ t }: Words, rows: readonly BlockMinutes[]): string[] {
  const differences = rows.flatMap(({ title, planned, seconds }) =>
    seconds === null ? [] : [{ title, by: wholeMinutes(seconds) - planned }],
  );
  const sorted = differences.toSorted((a, b) => b.by - a.by);
  const [most, least] = [sorted[0], sorted.at(-1)];
  return [
    ...(most && most.by > 0 ? [t('{block} took {n} min more.', { block: most.title, n: most.by })] : []),
    ...(least && least.by < 0 ? [t('{block} took {n} min less.', { block: least.title, n: -least.by })] : []),
  ];
}

/** Blocks of a format beside the medians of its sessions; null while there are too few of them. */
export function mediansView(
  blocks: readonly { kind: string; title: string; minutes: number }[],
  medians: readonly MedianOfBlock[],
) {
  const sessions = Math.max(0, ...medians.map((one) => one.sessions));
  const rows = [...new Map(blocks.map((block) => [`${block.kind} ${stemOf(block.title)}`, block])).values()];
  return {
    sessions,
    isOffered: sessions >= fewestSessions,
    rows: rows.map((block) => ({
      title: stemOf(block.title),
      minutes: block.minutes,
      median: medianFor(block, medians),
    })),
    differs: blocks.some((block) => (medianFor(block, medians) ?? block.minutes) !== block.minutes),
  };
}
