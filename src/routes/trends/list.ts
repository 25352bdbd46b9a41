import { z } from 'zod';
import * as actions from '../../actions/trends/trends.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as voting from '../../store/trends/voting.ts';
import { idIn, messageFor, readQuery } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { page } from '../../web/pages.ts';
import { pageField } from '../../web/paging.ts';
import { formKeyIn, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { seasonAsked } from '../settings/ended-seasons.ts';
import { interestForm, proposalForm, votingForm } from './forms.ts';
import { trendBoard } from './list-view.ts';

export function trendsRoutes(at: Pages): void {
  at.get('/trends', 'signed-in', showBoard);
  at.get('/trends/new', 'signed-in', showNew);
  at.post('/trends', 'signed-in', propose);
  at.post('/trends/voting', 'organiser', setVoting);
  at.post('/trends/:id/interests', 'signed-in', press(interestForm, sayInterest));
}

const boardQuery = z.object({
  show: z
    .string()
    .regex(/^(all|proposed|shortlisted|parked|mine|event-[1-9]\d{0,9})$/)
    .catch('all'),
  order: z.enum(['newest', 'wanted', 'name']).catch('newest'),
  find: z.string().trim().max(200).catch(''),
  page: pageField,
});

const messages = {
  want: 'Noted: you want to know this.',
  tell: 'Noted: you can tell about this.',
  back: 'Taken back.',
  closed: 'This trend is not open for voting any more. What was said before still counts.',
  voting: 'The last day of voting is saved.',
};

async function showBoard(visit: SignedInVisit, mistakes = noMistakes) {
  const { request, words } = visit;
  const { programme, inAddress, season, earlier } = await seasonAsked(visit);
  const query = { ...readQuery(request, boardQuery), season: inAddress };
  return page(visit, 'trends/index', {
    title: words.t('Trends'),
    tab: 'trends',
    ...(await trendBoard(visit, programme, query)),
    season,
    earlier,
    formKey: formKeyIn(mistakes),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

const showNew = (visit: SignedInVisit, mistakes = noMistakes) =>
  page(visit, 'trends/new', {
    title: visit.words.t('Propose a trend'),
    tab: 'trends',
    formKey: formKeyIn(mistakes),
    ...mistakes,
  });

/** From the one field on the list, or from the whole form: a mistake goes back to where it was made. */
const propose = (visit: SignedInVisit) =>
  submit(visit, proposalForm, {
    act: async (values, typed) => {
      const { id } = await actions.propose(visit.ctx, visit.viewer.id, values);
      return isWhole(typed) ? `/trends/${id}?said=proposed` : `/trends/${id}/edit?said=proposed`;
    },
    again: (mistakes) => (isWhole(mistakes.typed) ? showNew : showBoard)(visit, mistakes),
  });

const isWhole = ({ detail }: Record<string, unknown>) => detail !== undefined;

const setVoting = (visit: SignedInVisit) =>
  submit(visit, votingForm, {
    act: async ({ votingClosesOn }) => {
      const programme = orNotFound(await programmes.current(visit.ctx.db), 'page');
      await voting.setLastDay(visit.ctx.db, programme.id, votingClosesOn);
      return '/trends?said=voting';
    },
    again: (mistakes) => showBoard(visit, mistakes),
  });

async function sayInterest(visit: SignedInVisit, { say, back }: z.output<typeof interestForm>) {
  const { ctx, request, viewer } = visit;
  const id = idIn(request);
  const isSaid = !say.startsWith('not-');
  const kind = say.replace(/^not-/, '') as 'want-to-know' | 'can-tell';
  try {
    await actions.sayInterest(ctx, viewer.id, id, kind, isSaid);
  } catch (error) {
    // The list as it is now says more than a page of its own would.
    if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error;
    return backTo(back, id, 'closed');
  }
  return backTo(back, id, !isSaid ? 'back' : kind === 'can-tell' ? 'tell' : 'want');
}

/** To the list as it was, at this trend, or to the trend's own page. */
function backTo(back: string, id: number, said: string): string {
  const path = localPath(back);
  if (!/^\/trends(\?|$)/.test(path)) return `/trends/${id}?said=${said}`;
  return `${path}${path.includes('?') ? '&' : '?'}said=${said}#trend-${id}`;
}
