import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { changePlace, setLock, undoChange, useRule } from '../../actions/teams/draft.ts';
import { keepBest, startDraft, startPrices, stopRun } from '../../actions/teams/draft-runs.ts';
import { publish, takeBackPublication } from '../../actions/teams/publishing.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { ruleNames } from '../../domain/teams/runs.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as drafts from '../../store/teams/drafts.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as runs from '../../store/teams/runs.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import { writeCsv } from '../../web/csv.ts';
import { idIn, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { pageField } from '../../web/paging.ts';
import { type Mistakes, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { confirmFirst } from '../sign-in/fresh-code.ts';
import { choiceWords } from './choice-words.ts';
import { changeData, draftData, faultWords } from './draft-view.ts';
import { progressWords } from './draft-words.ts';
import { assignmentRulesRoutes } from './rules.ts';
import { waitingData, waitingQuery, waitingRoutes } from './waiting.ts';

/** Registers giving trends to teams: its rules, who has ranked, the draft, and what was published. */
export function assignmentRoutes(at: Pages): void {
  assignmentRulesRoutes(at);
  waitingRoutes(at);
  at.get('/teams/assignment', 'organiser', show);
  at.get('/teams/assignment/draft.csv', 'organiser', exportDraft);
  at.post('/teams/assignment/draft', 'organiser', start);
  at.post('/teams/assignment/runs/:id/end', 'organiser', press(endForm, end));
  at.post('/teams/assignment/rule', 'organiser', chooseRule);
  at.post('/teams/assignment/lock', 'organiser', lock);
  at.post('/teams/assignment/prices', 'organiser', price);
  at.post('/teams/assignment/change', 'organiser', change);
  at.post('/teams/assignment/undo', 'organiser', undo);
  at.post('/teams/assignment/publication', 'organiser', publication);
  at.post('/teams/assignment/publication/withdrawal', 'organiser', withdrawal);
}

const idField = z.coerce.number().int().min(1).max(2_147_483_647);
const query = z.object({
  ...waitingQuery,
  change: idField.optional().catch(undefined),
  n: z.coerce.number().int().min(0).max(1_000_000).catch(0),
  missing: pageField,
});

const messages = {
  saved: 'The rules are saved.',
  changed: 'Changed. The draft shows it.',
  undone: 'Put back as it was.',
  published: 'Published. The e-mails leave in ten seconds.',
  withdrawn: 'Undone. Nobody was told.',
  stopped: 'Stopped. Nothing was changed.',
};

async function show(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const asked = readQuery(request, query);
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = (await rounds.find(ctx.db, programme.id)) ?? rounds.usual(programme.id);
  const run = await runs.last(ctx.db, programme.id, 'draft');
  const isWorking = run?.state === 'working';
  const faults = run?.state === 'refused' ? ((await runs.summaryOf(ctx.db, run.id))?.faults ?? []) : [];
  return page(visit, 'teams/assignment/index', {
    title: words.t('Give trends to teams'),
    tab: 'teams',
    offered: await toPlace.countOffered(ctx.db, programme.id),
    least: round.least,
    most: round.most,
    seen: round.revision,
    run: run && {
      id: run.id,
      state: run.state,
      isKept: run.isKept,
      sentence: progressWords(words, run.sentence),
    },
    faults: await faultWords(visit, faults),
    locked: faults.length > 0 ? await drafts.lockedPeople(ctx.db, programme.id, 20) : [],
    draft: isWorking ? null : await draftData(visit, programme, round, asked.page),
    change: isWorking ? null : await changeData(visit, programme, round, asked.change),
    published: publishedData(visit, programme, round),
    ...(await waitingData(visit, programme, round, { ...asked, page: asked.missing })),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

function publishedData(
  { ctx, words }: SignedInVisit,
  { timeZone }: programmes.Programme,
  round: rounds.Round,
) {
  const { publishedAt, publishUndo } = round;
  if (publishedAt === null) return null;
  const isUndoable = publishUndo !== null && Temporal.Instant.compare(ctx.now(), publishUndo.until) < 0;
  return {
    day: formatNearDay(wallTimeOf(publishedAt, timeZone), localeOf(words)),
    isUndoable,
    n: publishUndo?.changed.length ?? 0,
  };
}

const seenField = z.coerce.number().int().min(0).max(2_147_483_647);
const address = '/teams/assignment';

/** A press on the page: what it does, then the page again; where another organiser was first, the page as it is now. */
const pressed = <S extends z.ZodRawShape>(
  fields: S,
  act: (visit: SignedInVisit, values: z.output<z.ZodObject<S>> & { seen: number }) => Promise<string>,
) => {
  const schema = z.object({ seen: seenField, ...fields });
  return (visit: SignedInVisit) =>
    submit(visit, schema, {
      act: (values) => act(visit, values as never),
      again: (mistakes) => show(visit, mistakes),
      field: '',
    });
};

const drawField = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,5}$/, 'Write a draw number from 1 to 999999.')
  .transform(Number)
  .optional();

const start = pressed({ seed: drawField }, async ({ ctx, viewer }, { seen, seed }) => {
  await startDraft(ctx, viewer.id, seen, { seed });
  return address;
});

const endForm = z.object({ do: z.enum(['keep', 'stop']) });

async function end({ ctx, request }: SignedInVisit, { do: how }: z.output<typeof endForm>) {
  const id = idIn(request);
  await (how === 'keep' ? keepBest : stopRun)(ctx, id);
  return how === 'keep' ? address : `${address}?said=stopped`;
}

const chooseRule = pressed({ rule: z.enum(ruleNames) }, async ({ ctx, viewer }, { seen, rule }) => {
  await useRule(ctx, viewer.id, rule, seen);
  return address;
});

const lock = pressed(
  { person: idField, lock: z.enum(['on', 'off']), back: pageField },
  async ({ ctx, viewer }, { seen, person, lock: how, back }) => {
    await setLock(ctx, viewer.id, person, how === 'on', seen);
    return `${address}?page=${back}#p-${person}`;
  },
);

const price = pressed({ person: idField, back: pageField }, async ({ ctx, viewer }, { person, back }) => {
  await startPrices(ctx, viewer.id, person);
  return `${address}?page=${back}&change=${person}#change`;
});

const change = pressed(
  {
    person: idField,
    trend: z.coerce.number({ error: 'Choose a trend first.' }).int().min(1).max(2_147_483_647),
  },
  async ({ ctx, viewer }, { seen, person, trend }) => {
    await changePlace(ctx, viewer.id, person, trend, seen);
    return `${address}?said=changed`;
  },
);

const undo = pressed({}, async ({ ctx, viewer }, { seen }) => {
  await undoChange(ctx, viewer.id, seen);
  return `${address}?said=undone`;
});

const publication = pressed({}, async ({ ctx, viewer }, { seen }) => {
  await publish(ctx, viewer.id, seen);
  return `${address}?said=published`;
});

const withdrawal = pressed({}, async ({ ctx, viewer }, { seen }) => {
  await takeBackPublication(ctx, viewer.id, seen);
  return `${address}?said=withdrawn`;
});

async function exportDraft(visit: SignedInVisit) {
  const { ctx, request, reply, viewer, words } = visit;
  const confirmation = await confirmFirst(visit, address);
  if (confirmation) return confirmation;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const rows = await drafts.everyone(ctx.db, programme.id);
  await noteExport(ctx, viewer.id, 'exported-draft', rows.length);
  const { t } = words;
  const header = [t('Trend'), t('Name'), t('E-mail'), t('Department'), t('Team'), t('Choice'), t('Kept')];
  const cells = rows.map((row) => [
    row.trend ?? '',
    row.name,
    row.email,
    row.department,
    row.team ?? '',
    row.choice === null ? '' : choiceWords(words, row.choice),
    row.isLocked ? t('yes') : '',
  ]);
  return sendCsv(reply, 'who-gets-what.csv', writeCsv(header, cells, { delimiter: delimiterFor(request) }));
}
