import { z } from 'zod';
import { refuseOutdated } from '../../actions/edition.ts';
import { editRun, type RoundsQuestion, undoRunChange } from '../../actions/run-of-show/edit.ts';
import { mendStart, setRounds, shortenRun } from '../../actions/run-of-show/presses.ts';
import {
  placeOf,
  withFields,
  withInserted,
  withMoved,
  withoutBlock,
} from '../../domain/run-of-show/edits.ts';
import { Refusal } from '../../refusal.ts';
import * as runs from '../../store/run-of-show/blocks.ts';
import { idIn } from '../../web/forms.ts';
import { type Mistakes, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { announcementRoutes } from './announcement.ts';
import { blockForm, faultsBetween, fieldsOf, filledWith, isStep, stepped } from './fields.ts';
import { type Asked, showRun } from './page.ts';
import { partRoutes } from './parts.ts';
import { runSheetRoutes } from './sheets.ts';

/** Registers the run of show of an event for its organisers and its facilitator. */
export function runOfShowRoutes(at: Pages): void {
  announcementRoutes(at);
  runSheetRoutes(at);
  partRoutes(at);
  at.get('/events/:id/run', 'signed-in', (visit) => showRun(visit));
  at.post('/events/:id/run/blocks', 'signed-in', addBlock);
  at.post('/events/:id/run/blocks/:block', 'signed-in', saveBlock);
  at.post('/events/:id/run/order', 'signed-in', order);
  at.post('/events/:id/run/rounds', 'signed-in', rounds);
  at.post('/events/:id/run/shortening', 'signed-in', shortening);
  at.post('/events/:id/run/mending', 'signed-in', mending);
  at.post('/events/:id/run/undoing', 'signed-in', undo);
}

/** Goes on after a change; a question about the table plan is shown with the press it stands for. */
function goOn(visit: SignedInVisit, question: RoundsQuestion | null, typed: Record<string, unknown>) {
  if (!question) return `/events/${idIn(visit.request)}/run?said=done`;
  const asked: Asked = { question, typed, action: visit.request.url };
  return showRun(visit, { asked });
}

const editorOf = ({ viewer }: SignedInVisit, { sure }: { sure?: 'yes' | undefined }) => ({
  personId: viewer.id,
  isSure: sure === 'yes',
});

/** A press on the page; refused, the page shows the reason. */
const runPress =
  <S extends z.ZodObject>(
    form: S,
    act: (visit: SignedInVisit, values: z.output<S>) => Promise<RoundsQuestion | null>,
  ) =>
  async (visit: SignedInVisit): Promise<Answer> => {
    await leadOf(visit);
    return submit(visit, form, {
      act: async (values, typed) => goOn(visit, await act(visit, values), typed),
      again: (mistakes) => showRun(visit, { mistakes }),
      field: '',
    });
  };

const sure = z.enum(['yes']).optional();
const idField = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

const addBlock = (visit: SignedInVisit) => saveForm(visit, null);
const saveBlock = (visit: SignedInVisit) => saveForm(visit, idIn(visit.request, 'block'));

/** Stores the form of a block, new or there already; shown again with the mistakes. */
async function saveForm(visit: SignedInVisit, id: number | null): Promise<Answer> {
  const { event } = await leadOf(visit);
  return submit(visit, blockForm, {
    act: async (values, typed) => {
      const faults = faultsBetween(values);
      if (faults.length > 0 && values.do !== 'remove') return faults;
      const leads = await runs.mayLeadBlocks(visit.ctx.db, event);
      const names = new Map(leads.map((lead) => [lead.id, lead.name]));
      const question = await editRun(visit.ctx, event.id, editorOf(visit, values), (blocks) => {
        if (id === null) {
          const fields = fieldsOf(values, leads);
          return { kind: 'added', blocks: withInserted(blocks, values.after ?? -1, fields) };
        }
        const block = blocks[placeOf(blocks, id)];
        if (values.do === 'remove')
          return block ? { kind: 'removed', blocks: withoutBlock(blocks, id) } : null;
        if (!block) throw goneBlock();
        refuseOutdated(
          block.title,
          values.seen,
          filledWith(block, (one) => names.get(one)),
        );
        return { kind: 'saved', blocks: withFields(blocks, id, fieldsOf(values, leads)) };
      });
      return goOn(visit, question, typed);
    },
    again: (mistakes) => formAgain(visit, id, mistakes),
    field: '',
    isLookingOnly: isStep,
  });
}

const goneBlock = () =>
  new Refusal(
    'conflict',
    'Someone else removed this block in the meantime. Save adds it again with what you typed.',
  );

async function formAgain(visit: SignedInVisit, id: number | null, mistakes: Mistakes) {
  const typed = isStep(mistakes.typed) ? stepped(mistakes.typed) : mistakes.typed;
  const form = id === null ? ({ isNew: true, after: Number(typed.after ?? -1) } as const) : { id };
  return showRun(visit, { mistakes: { ...mistakes, typed }, form });
}

const orderForm = z.object({
  up: idField.optional(),
  down: idField.optional(),
  move: idField.optional(),
  /** The block it is put before; 0: to the end. */
  before: idField.optional(),
  sure,
});

const order = runPress(orderForm, (visit, { up, down, move, before, ...rest }) =>
  editRun(visit.ctx, idIn(visit.request), editorOf(visit, rest), (blocks) => {
    const id = up ?? down ?? move;
    const at = id === undefined ? -1 : placeOf(blocks, id);
    if (id === undefined || at < 0) return null;
    if (move === undefined)
      return { kind: 'moved', blocks: withMoved(blocks, id, at + (up === undefined ? 1 : -1)) };
    const others = withoutBlock(blocks, id);
    const target = placeOf(others, before ?? 0);
    return { kind: 'moved', blocks: withMoved(blocks, id, target < 0 ? others.length : target) };
  }),
);

const rounds = runPress(z.object({ rounds: idField, sure }), (visit, values) =>
  setRounds(visit.ctx, idIn(visit.request), editorOf(visit, values), values.rounds),
);

const shortening = runPress(z.object({ block: idField.optional(), sure }), (visit, values) =>
  shortenRun(visit.ctx, idIn(visit.request), editorOf(visit, values), values.block),
);

const mendingForm = z.object({ block: idField, way: z.enum(['fill', 'shorten', 'move']), sure });

const mending = runPress(mendingForm, (visit, { block: blockId, way, ...rest }) =>
  mendStart(visit.ctx, idIn(visit.request), editorOf(visit, rest), { blockId, way }),
);

const undo = runPress(z.object({}), async (visit) => {
  await undoRunChange(visit.ctx, idIn(visit.request), visit.viewer.id);
  return null;
});
