// The run of show as its organisers and its facilitator edit it.
import { minutesLate, partBefore, partThatEnds } from '../../actions/run-of-show/presses.ts';
import { clockAfter, firstMoment, placesOf } from '../../domain/events/fixed-starts.ts';
import { isLedByHosts } from '../../domain/run-of-show/led-by.ts';
import { countRounds } from '../../domain/run-of-show/number-of-rounds.ts';
import { lengthInWords, runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import { shorten, type Taken, thoseGiving } from '../../domain/run-of-show/shortening.ts';
import type { Event } from '../../store/events/events.ts';
import type { StoredBlock } from '../../store/run-of-show/blocks.ts';
import { listed, type Words } from '../../words.ts';

export type NameOf = (id: number) => string | undefined;

/** A person's name or the role that leads a block; empty where nobody does. */
export function ledText(
  { t }: Words,
  block: Pick<StoredBlock, 'kind' | 'ledBy' | 'ledById'>,
  { nameOf, shape }: { nameOf: NameOf; shape: string },
): string {
  if (block.ledById !== null) return nameOf(block.ledById) ?? '';
  if (block.ledBy) return block.ledBy;
  return shape === 'tables' && isLedByHosts(block) ? t('Table hosts') : '';
}

/** Lines of the table. `changed`: blocks that another row than before. */
export function rowsOf(
  words: Words,
  event: Event,
  blocks: readonly StoredBlock[],
  { nameOf, changed, open }: { nameOf: NameOf; changed: ReadonlySet<number>; open: number | null },
) {
  const show = runOfShow(blocks, firstMoment(event));
  return blocks.map((block, index) => {
    const led = ledText(words, block, { nameOf, shape: event.shape });
    return {
      id: block.id,
      kind: show.blocks[index]!.kind,
      title: block.title,
      at: show.blocks[index]!.at ?? '',
      minutes: block.minutes,
      isFixed: block.fixedAt !== null,
      note: [led, block.question, block.note].filter(Boolean).join('. '),
      isChanged: changed.has(block.id),
      isOpen: block.id === open,
      isFirst: index === 0,
      isLast: index === blocks.length - 1,
      clash: clashOf(words, event, blocks, index),
    };
  });
}

/** A fixed start that does not fit, in one sentence, with the presses that mend it; null where it fits. */
function clashOf({ t, tn }: Words, event: Event, blocks: readonly StoredBlock[], at: number) {
  const first = firstMoment(event);
  const { starts, clashes } = placesOf(blocks, first);
  const clash = clashes.find(({ block }) => block === at);
  if (!clash) return null;
  const [block, before] = [blocks[at]!, blocks[at - 1]];
  const title = block.title;
  const fixed = clockAfter(first, starts[at]!);
  if (!before) {
    const start = clockAfter(first, 0);
    const text = t('{title} is fixed at {fixed}, but the event begins at {start}.', { title, fixed, start });
    return { text, presses: [{ way: 'move', label: t('{title} at {at}', { title, at: start }) }] };
  }
  const end = clockAfter(first, starts[at - 1]! + before.minutes);
  const values = { title, fixed, before: before.title, end };
  const move = { way: 'move', label: t('{title} at {at}', { title, at: end }) };
  if (clash.kind === 'gap') {
    const text = tn(
      clash.minutes,
      '{before} ends at {end} and {title} is fixed at {fixed}: {n} minute is free.',
      '{before} ends at {end} and {title} is fixed at {fixed}: {n} minutes are free.',
      values,
    );
    const fill = minutesLabel({ t, tn }, before.title, before.minutes + clash.minutes);
    return { text, presses: [{ way: 'fill', label: fill }, move] };
  }
  const text = tn(
    clash.minutes,
    '{before} runs until {end}, {n} minute into {title}, which is fixed at {fixed}.',
    '{before} runs until {end}, {n} minutes into {title}, which is fixed at {fixed}.',
    values,
  );
  const { taken, missing } = shorten(blocks, clash.minutes, partBefore(blocks, at));
  const label = takenLabel({ t, tn }, blocks, taken);
  return { text, presses: [...(missing === 0 ? [{ way: 'shorten', label }] : []), move] };
}

type Counting = Pick<Words, 't' | 'tn'>;

const minutesLabel = ({ tn }: Counting, title: string, minutes: number) =>
  tn(minutes, '{title}: {n} minute', '{title}: {n} minutes', { title });

/** The words of a press that takes minutes: what the block has after it. */
function takenLabel(words: Counting, blocks: readonly StoredBlock[], taken: readonly Taken[]): string {
  const [one, ...more] = taken;
  if (!one) return '';
  if (more.length > 0) return words.t('Shorten {n} blocks', { n: taken.length });
  const { title, minutes } = blocks[one.block]!;
  return one.isDropped
    ? words.t('Leave out {title}', { title })
    : minutesLabel(words, title, minutes - one.minutes);
}

/** Says what shortening takes: 'Drinks has 10 minutes, 5 fewer. Round 3 is left out.' */
export function takenText(words: Words, blocks: readonly StoredBlock[], taken: readonly Taken[]): string {
  const { t, tn } = words;
  const dropped = taken.filter(({ isDropped }) => isDropped).map(({ block }) => blocks[block]!.title);
  const shrunk = taken
    .filter(({ isDropped }) => !isDropped)
    .map(({ block, minutes }) =>
      tn(
        blocks[block]!.minutes - minutes,
        '{title} has {n} minute, {fewer} fewer.',
        '{title} has {n} minutes, {fewer} fewer.',
        { title: blocks[block]!.title, fewer: minutes },
      ),
    );
  const out = dropped.length > 0 ? [t('Left out: {titles}.', { titles: listed(dropped, words) })] : [];
  return [...shrunk, ...out].join(' ');
}

/** The end against the one that was announced: as announced, later with the ways out, or earlier. */
export function endOfRun(words: Words, event: Event, blocks: readonly StoredBlock[]) {
  const { t, tn } = words;
  const first = firstMoment(event);
  const { end } = placesOf(blocks, first);
  const ends = clockAfter(first, end);
  const announced = clockAfter(first, event.minutes);
  if (event.state !== 'published') return { text: t('Ends {end}.', { end: ends }), ends, differs: null };
  if (end === event.minutes)
    return { text: t('Ends {end} as announced.', { end: ends }), ends, differs: null };
  const by = Math.abs(end - event.minutes);
  const strong =
    end > event.minutes
      ? tn(
          by,
          'Ends {end}, {n} minute later than announced.',
          'Ends {end}, {n} minutes later than announced.',
          {
            end: ends,
          },
        )
      : tn(
          by,
          'Ends {end}, {n} minute earlier than announced.',
          'Ends {end}, {n} minutes earlier than announced.',
          { end: ends },
        );
  return {
    text: t('Ends {end}. Announced is {announced}.', { end: ends, announced }),
    ends,
    differs: { strong, announced, minutes: end, ...waysOut(words, event, blocks) },
  };
}

/** Most blocks that are offered for shortening one by one. */
const mostOffered = 3;

function waysOut(words: Words, event: Event, blocks: readonly StoredBlock[]) {
  const late = minutesLate(event, blocks);
  const part = partThatEnds(blocks);
  const { taken, missing } = late === 0 ? { taken: [], missing: 0 } : shorten(blocks, late, part);
  const first = taken.length === 1 && !taken[0]!.isDropped ? taken[0]!.block : -1;
  const alone = late === 0 ? [] : thoseGiving(blocks, late, part).filter((block) => block !== first);
  return {
    isLate: late > 0,
    shorten: taken.length === 0 ? null : takenLabel(words, blocks, taken),
    takes: taken.length > 1 || taken[0]?.isDropped ? takenText(words, blocks, taken) : '',
    missing:
      missing > 0 && taken.length > 0
        ? words.tn(
            missing,
            'It still ends {n} minute later than announced after that.',
            'It still ends {n} minutes later than announced after that.',
          )
        : '',
    others: alone.slice(0, mostOffered).map((block) => ({
      id: blocks[block]!.id,
      label: minutesLabel(words, blocks[block]!.title, blocks[block]!.minutes - late),
    })),
  };
}

/** '2 h 15 min, 75 min of it at the tables' */
export function lengthText({ t }: Words, event: Event, blocks: readonly StoredBlock[]): string {
  const { end } = placesOf(blocks, firstMoment(event));
  const talk = blocks.reduce((sum, { kind, minutes }) => sum + (kind === 'talk' ? minutes : 0), 0);
  const length = lengthInWords(end);
  if (event.shape !== 'tables' || talk === 0) return length;
  return t('{length}, {talk} of it at the tables', { length, talk: lengthInWords(talk) });
}

/** The number of rounds with the presses to change it; null where there are no tables. */
export function roundsOfRun({ tn }: Words, event: Event, blocks: readonly StoredBlock[], most: number) {
  if (event.shape !== 'tables') return null;
  const n = countRounds(blocks);
  return { n, text: tn(n, '{n} round', '{n} rounds'), canFewer: n > 1, canMore: n < most };
}
