import { z } from 'zod';
import { takeBriefOver } from '../../actions/teams/earlier-briefs.ts';
import { mostOfBrief, saveBrief, tickStep } from '../../actions/teams/research.ts';
import { worksOnTeam } from '../../domain/access.ts';
import { differenceOf } from '../../domain/teams/merge.ts';
import { tickedSteps } from '../../domain/teams/team-steps.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as research from '../../store/teams/research.ts';
import * as teams from '../../store/teams/teams.ts';
import { idIn, messageFor, readQuery, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { momentText } from './research-view.ts';
import { showTeam } from './teams.ts';

/** A team works on its trend: it ticks steps, writes the brief and looks at what it was. */
export function researchRoutes(at: Pages): void {
  at.post('/teams/:id/steps', 'signed-in', press(ticking, tick));
  at.post('/teams/:id/brief', 'signed-in', save);
  at.post('/teams/:id/brief/earlier', 'signed-in', press(earlierForm, takeOver));
  at.get('/teams/:id/brief/versions', 'signed-in', showHistory);
  at.get('/teams/:id/brief/versions/:number', 'signed-in', showVersion);
}

const ticking = z.object({ step: z.enum(tickedSteps), done: z.enum(['yes', 'no']) });

async function tick({ ctx, request, viewer }: SignedInVisit, { step, done }: z.output<typeof ticking>) {
  const id = idIn(request);
  await tickStep(ctx, id, viewer, { step, isDone: done === 'yes' });
  return `/teams/${id}?said=${done === 'yes' ? 'ticked' : 'unticked'}`;
}

const briefForm = z.object({
  brief: textField(mostOfBrief, 'A brief has at most 200,000 characters. Make it shorter.').prefault(''),
  begunWith: z.coerce.number().int().min(0).max(1_000_000).catch(0),
  written: z.literal('yes').optional(),
});

function save(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const id = idIn(request);
  return submit(visit, briefForm, {
    act: async ({ brief, begunWith, written }) => {
      const typed = { text: brief, begunWith, isWritten: written === 'yes' };
      const { number, isJoined } = await saveBrief(ctx, id, viewer, typed);
      if (isJoined) return `/teams/${id}/brief/versions/${number}?said=joined`;
      return `/teams/${id}?said=${typed.isWritten ? 'ticked' : 'saved'}#brief`;
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: 'brief',
  });
}

const earlierForm = z.object({ from: z.coerce.number().int().min(1).max(1_000_000_000) });

async function takeOver({ ctx, request, viewer }: SignedInVisit, { from }: z.output<typeof earlierForm>) {
  const id = idIn(request);
  await takeBriefOver(ctx, id, viewer, from);
  return `/teams/${id}?said=brief-taken#brief`;
}

/** Finds a team and its work, null before it began, for its people and organisers; everybody else finds no page. */
async function loaded({ ctx, request, viewer }: SignedInVisit) {
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const trendId = orNotFound(worksOnTeam(viewer, team) ? team.trendId : null, 'page');
  const found = await research.find(ctx.db, team.id, trendId);
  const { timeZone } = orNotFound(await programmes.find(ctx.db, team.programmeId), 'page');
  return { team, timeZone, researchId: found?.id ?? null };
}

const pageSize = 25;
const historyQuery = z.object({ page: pageField });

async function showHistory(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const { team, timeZone, researchId } = await loaded(visit);
  const total = researchId === null ? 0 : await research.versions(ctx.db, researchId);
  const at = pageOf(readQuery(request, historyQuery).page, total, pageSize);
  const rows = researchId === null ? [] : await research.history(ctx.db, researchId, at);
  const address = `/teams/${team.id}/brief/versions`;
  return page(visit, 'teams/brief-history', {
    title: words.t('How the brief came about'),
    tab: 'teams',
    team,
    rows: rows.map((row) => ({
      ...row,
      author: row.author ?? words.t('Someone who is not here any more'),
      when: momentText(words, row.savedAt, timeZone, localeOf(words)),
      isJoined: row.begunWith !== row.number - 1,
    })),
    pager: pagerFor(at, (number) => addressWith(address, { page: number })),
  });
}

/** One version beside the one before it; one that was joined says what others had saved meanwhile. */
async function showVersion(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const { team, timeZone, researchId: found } = await loaded(visit);
  const researchId = orNotFound(found, 'page');
  const number = idIn(request, 'number');
  const version = orNotFound(await research.version(ctx.db, researchId, number), 'page');
  const before = await research.version(ctx.db, researchId, number - 1);
  const isJoined = version.begunWith < number - 1;
  const begun = isJoined ? await research.version(ctx.db, researchId, version.begunWith) : null;
  return page(visit, 'teams/brief-version', {
    title: words.t('Version {n} of the brief', { n: number }),
    tab: 'teams',
    team,
    version: {
      number,
      author: version.author ?? words.t('Someone who is not here any more'),
      when: momentText(words, version.savedAt, timeZone, localeOf(words)),
    },
    changes: differenceOf(before?.text ?? '', version.text),
    others: isJoined ? differenceOf(begun?.text ?? '', before?.text ?? '') : null,
    message: messageFor(visit, {
      joined: 'Saved, together with what someone else saved while you wrote. Both texts are in the brief.',
    }),
  });
}
