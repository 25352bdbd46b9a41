// The last change of a run of show: what it did, and whether it can still be undone.
import type { RoundsQuestion, RunChangeKind } from '../../actions/run-of-show/edit.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { countRounds } from '../../domain/run-of-show/number-of-rounds.ts';
import type { Taken } from '../../domain/run-of-show/shortening.ts';
import type { lastChange, StoredBlock } from '../../store/run-of-show/blocks.ts';
import type { Words } from '../../words.ts';
import { takenText } from './run-view.ts';

type Last = NonNullable<Awaited<ReturnType<typeof lastChange>>>;

/** Blocks that differ from before, by their number. */
export function changedBlocks(before: readonly StoredBlock[], now: readonly StoredBlock[]): Set<number> {
  const was = new Map(before.map((block) => [block.id, JSON.stringify(Object.entries(block).toSorted())]));
  return new Set(
    now.flatMap((block) =>
      was.get(block.id) === JSON.stringify(Object.entries(block).toSorted()) ? [] : [block.id],
    ),
  );
}

/** Minutes and blocks that a change took. */
function takenBetween(before: readonly StoredBlock[], now: readonly StoredBlock[]): Taken[] {
  const left = new Map(now.map((block) => [block.id, block.minutes]));
  return before.flatMap(({ id, minutes }, block): Taken[] => {
    const stays = left.get(id);
    if (stays === undefined) return [{ block, minutes, isDropped: true }];
    return stays < minutes ? [{ block, minutes: minutes - stays, isDropped: false }] : [];
  });
}

/** Says in a sentence what the change did. */
export function changeText(words: Words, { kind, before }: Last, now: readonly StoredBlock[]): string {
  const { t, tn } = words;
  const known = new Set(before.map(({ id }) => id));
  const left = new Set(now.map(({ id }) => id));
  const gone = before.find(({ id }) => !left.has(id))?.title ?? '';
  const added = now.find(({ id }) => !known.has(id))?.title ?? '';
  const rounds = countRounds(now);
  const texts: Record<RunChangeKind, () => string> = {
    saved: () => t('Saved.'),
    added: () => t('{title} is added.', { title: added }),
    removed: () => t('{title} is removed.', { title: gone }),
    moved: () => t('Moved.'),
    rounds: () => tn(rounds, 'There is {n} round now.', 'There are {n} rounds now.'),
    shortened: () => takenText(words, before, takenBetween(before, now)),
    mended: () => t('The times fit now.'),
    restored: () => t('Undone.'),
  };
  return texts[kind as RunChangeKind]?.() ?? t('Saved.');
}

/** The undo of a change by this person, while it can be undone; null otherwise. */
export function undoOfChange(
  words: Words,
  last: Last,
  { viewerId, isCurrent, now }: UndoFacts,
): { text: string } | null {
  const left = undoEnds(last.changedAt).since(now).total('seconds');
  if (left <= 0 || last.personId !== viewerId || !isCurrent || last.kind === 'restored') return null;
  return { text: words.t('You can undo this for ten seconds.') };
}

interface UndoFacts {
  viewerId: number;
  isCurrent: boolean;
  now: Temporal.Instant;
}

/** Asks about a table plan that another number of rounds does not fit. */
export function roundsQuestionText({ t, tn }: Words, { before, after, seated, isPublished }: RoundsQuestion) {
  const heading = tn(after, 'There will be {n} round.', 'There will be {n} rounds.');
  const known = isPublished
    ? t('The tables are published, so guests see this at once.')
    : t('The tables are planned, and not published yet.');
  const effect =
    after < before
      ? tn(
          seated,
          '{n} person loses a seat in a round that goes. All other seats stay.',
          '{n} people lose their seat in a round that goes. All other seats stay.',
        )
      : tn(
          seated,
          '{n} person with a seat has none in the new round until you seat everyone there. All other seats stay.',
          '{n} people with a seat have none in the new round until you seat everyone there. All other seats stay.',
        );
  return { heading, text: `${effect} ${known}` };
}
