// The page of an event's run of show: strip and list from one source, a block open for editing, and what does not fit.
import { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import { editionOfRun, type RoundsQuestion } from '../../actions/run-of-show/edit.ts';
import { clockAfter, firstMoment, placesOf } from '../../domain/events/fixed-starts.ts';
import { isOver } from '../../domain/events/times.ts';
import { plainDetails } from '../../domain/run-of-show/edits.ts';
import { mostRoundsOfShow } from '../../domain/run-of-show/number-of-rounds.ts';
import { blockKinds, runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import type { Event } from '../../store/events/events.ts';
import * as runs from '../../store/run-of-show/blocks.ts';
import { readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, savedMeanwhile } from '../../web/submit.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf, momentWords } from '../events/lead.ts';
import { undoOf } from '../letters/holds.ts';
import { blockLabels, filledWith, kindNames } from './fields.ts';
import { changedBlocks, changeText, roundsQuestionText, undoOfChange } from './last-change-view.ts';
import { endOfRun, lengthText, type NameOf, roundsOfRun, rowsOf } from './run-view.ts';

/** A question about the table plan, with the press that waits for its answer. */
export interface Asked {
  question: RoundsQuestion;
  typed: Record<string, unknown>;
  action: string;
}

/** The form that is open: of a block, or of a new one behind another (0: first, -1: last). */
type OpenForm = { id: number } | { isNew: true; after: number } | null;

interface Shown {
  mistakes?: Mistakes;
  form?: OpenForm;
  asked?: Asked;
}

const look = z.object({
  block: z.coerce.number().int().min(1).optional().catch(undefined),
  after: z.coerce.number().int().min(-1).optional().catch(undefined),
  said: z.enum(['done']).optional().catch(undefined),
});

/** Shows the run of show; its forms show it again with what was wrong. */
export async function showRun(visit: SignedInVisit, shown: Shown = {}) {
  const { ctx, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const blocks = await runs.blocksWithIds(ctx.db, event.id);
  const leads = await runs.mayLeadBlocks(ctx.db, event);
  const nameOf = await namesFor(visit, blocks, leads);
  const mistakes = shown.mistakes ?? noMistakes;
  const query = readQuery(visit.request, look);
  const form = formFor(blocks, shown.form === undefined ? openIn(query) : shown.form);
  const last = await lastFor(visit, event, blocks);
  return page(visit, 'run-of-show/run', {
    ...lead,
    here: 'run',
    title: words.t('Run of show of {name}', { name: event.name }),
    base: `/events/${event.id}/run`,
    undo: await undoOf(visit, event.id),
    show: runOfShow(blocks, firstMoment(event)),
    canEdit: !isOver(event, ctx.now()) && event.state !== 'cancelled',
    length: lengthText(words, event, blocks),
    rounds: roundsOfRun(words, event, blocks, mostRoundsOfShow),
    rows: rowsOf(words, event, blocks, {
      nameOf,
      changed: last.changed,
      open: form && 'id' in form ? form.id : null,
    }),
    end: endOfRun(words, event, blocks),
    form: form && formData(words, { event, blocks, form, leads, nameOf }, mistakes),
    kinds: kindNames(words),
    asked: shown.asked ? askedData(words, shown.asked) : null,
    lastUndo: last.undo,
    changedBy: last.by,
    ...mistakes,
    message: query.said === 'done' ? last.text : undefined,
  });
}

function openIn({ block, after }: z.output<typeof look>): OpenForm {
  if (block !== undefined) return { id: block };
  return after === undefined ? null : { isNew: true, after };
}

/** A block that is gone opens as a new one, at the end. */
function formFor(blocks: readonly runs.StoredBlock[], form: OpenForm): OpenForm {
  if (form && 'id' in form && !blocks.some(({ id }) => id === form.id)) return { isNew: true, after: -1 };
  return form;
}

async function namesFor(
  { ctx }: SignedInVisit,
  blocks: readonly runs.StoredBlock[],
  leads: readonly { id: number; name: string }[],
): Promise<NameOf> {
  const known = new Map(leads.map(({ id, name }) => [id, name]));
  const others = blocks.flatMap(({ ledById }) => (ledById === null || known.has(ledById) ? [] : [ledById]));
  const more = await runs.namesOfLeads(ctx.db, others);
  return (id) => known.get(id) ?? more.get(id);
}

/** Seconds for which blocks that were changed stay marked. */
const secondsMarked = 60;

async function lastFor(visit: SignedInVisit, event: Event, blocks: readonly runs.StoredBlock[]) {
  const { ctx, words, viewer } = visit;
  const last = await runs.lastChange(ctx.db, event.id);
  if (!last) return { changed: new Set<number>(), undo: null, by: '', text: undefined };
  const now = ctx.now();
  const isFresh = now.since(last.changedAt).total('seconds') < secondsMarked;
  const isCurrent = editionOfRun(blocks) === last.after;
  const moment = momentWords(words, last.changedAt, event.timeZone, now);
  return {
    changed: isFresh ? changedBlocks(last.before, blocks) : new Set<number>(),
    undo: undoOfChange(words, last, { viewerId: viewer.id, isCurrent, now }),
    by:
      last.personId === viewer.id || last.name === ''
        ? ''
        : words.t('Changed by {name}, {moment}.', { name: last.name, moment }),
    text: isCurrent ? changeText(words, last, blocks) : words.t('Saved.'),
  };
}

interface FormFacts {
  event: Event;
  blocks: readonly runs.StoredBlock[];
  form: NonNullable<OpenForm>;
  leads: readonly { id: number; name: string }[];
  nameOf: NameOf;
}

/** Minutes of a new block. */
const usualMinutes = 10;

function formData(words: Words, { event, blocks, form, leads, nameOf }: FormFacts, mistakes: Mistakes) {
  const at = 'id' in form ? blocks.findIndex(({ id }) => id === form.id) : -1;
  const block = blocks[at];
  const fresh = { ...plainDetails, kind: 'frame', title: '', minutes: usualMinutes };
  const value = filledWith(block ?? fresh, nameOf);
  const starts = placesOf(blocks, firstMoment(event)).starts;
  return {
    id: block?.id ?? null,
    action: `/events/${event.id}/run/blocks${block ? `/${block.id}` : ''}`,
    after: 'after' in form ? form.after : -1,
    hasMore: hasMore(value, mistakes),
    minutes: String(mistakes.typed.minutes ?? value.minutes),
    value,
    typed: mistakes === noMistakes ? undefined : mistakes.typed,
    at: block ? clockAfter(firstMoment(event), starts[at]!) : '',
    seen: block
      ? (seenIn(mistakes.stored ? { stored: value, typed: {} } : mistakes) ?? editionOf(value))
      : editionOfRun(blocks),
    meanwhile: savedMeanwhile(mistakes, blockLabels(words)),
    kindOptions: blockKinds.map((kind) => ({ value: kind, label: kindNames(words)[kind] })),
    places: [
      { value: '0', label: words.t('At the beginning') },
      ...blocks.map(({ id, title }, index) => ({
        value: String(id),
        label: words.t('After {title}, {at}', {
          title,
          at: clockAfter(firstMoment(event), starts[index]!),
        }),
      })),
    ],
    leads: leads.map(({ name }) => name),
  };
}

const furtherFields = ['kind', 'fixedAt', 'question', 'material', 'shrinksTo'] as const;

/** Says whether the part of the form that is folded away holds something, or a mistake. */
function hasMore(value: ReturnType<typeof filledWith>, { errors, typed }: Mistakes): boolean {
  const filled = furtherFields.slice(1).some((name) => value[name] || typed[name]);
  return (
    filled || value.mayDrop !== '' || errors.some(({ field }) => furtherFields.some((name) => name === field))
  );
}

function askedData(words: Words, { question, typed, action }: Asked) {
  const fields = Object.entries(typed)
    .filter(([name, value]) => typeof value === 'string' && name !== 'sure')
    .map(([name, value]) => ({ name, value: String(value) }));
  return { ...roundsQuestionText(words, question), fields, action };
}
