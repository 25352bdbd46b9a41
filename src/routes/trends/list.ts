import type { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import * as actions from '../../actions/trends/trends.ts';
import * as voting from '../../actions/trends/voting.ts';
import { Refusal } from '../../refusal.ts';
import { idIn, messageFor, readQuery } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { page } from '../../web/pages.ts';
import {
  formKeyIn,
  type Mistakes,
  noFields,
  noMistakes,
  press,
  savedMeanwhile,
  submit,
} from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { seasonAsked } from '../settings/ended-seasons.ts';
import { interestForm, proposalForm, votingForm } from './forms.ts';
import { addressOf, boardQuery } from './list-addresses.ts';
import { trendFileRoutes } from './list-file.ts';
import { trendBoard } from './list-view.ts';

export function trendsRoutes(at: Pages): void {
  at.get('/trends', 'signed-in', showBoard);
  at.get('/trends/new', 'signed-in', showNew);
  trendFileRoutes(at);
  at.post('/trends', 'signed-in', propose);
  at.post('/trends/voting', 'organiser', setVoting);
  at.post('/trends/voting/closing', 'organiser', press(noFields, closeVoting));
  at.post('/trends/:id/interests', 'signed-in', press(interestForm, sayInterest));
}

const messages = {
  want: 'Noted: you want to know this.',
  tell: 'Noted: you can tell about this.',
  back: 'Taken back.',
  closed: 'This trend is not open for voting any more. What was said before still counts.',
  voting: 'The last day of voting is saved.',
  'voting-closed': 'Voting is closed. Everyone sees the numbers now.',
  'voting-again':
    'Voting is open again. Everyone who has voted gets an e-mail in ten seconds; closing it before then stops the e-mails.',
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
    votingSeen: seenIn(mistakes) ?? editionOf(voting.votingFields(programme, visit.ctx.now())),
    exportHref: addressOf({ ...query, page: 1 }).replace('/trends', '/trends.csv'),
    meanwhile: votingMeanwhile(words, mistakes),
    formKey: formKeyIn(mistakes),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

/** Lists what another organiser did to voting meanwhile. */
function votingMeanwhile({ t }: Words, mistakes: Mistakes) {
  const labels = { votingClosesOn: t('Last day of voting'), voting: t('Voting') };
  return savedMeanwhile(mistakes, labels, (name, value) => {
    if (name === 'voting') return value === 'open' ? t('open') : t('closed');
    return value === '' ? t('none') : value;
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
    act: async ({ votingClosesOn, seen }) => {
      const { ctx, viewer } = visit;
      const opensAgain = await voting.setLastDay(ctx, viewer.id, { closesOn: votingClosesOn, seen });
      return `/trends?said=${opensAgain ? 'voting-again' : 'voting'}`;
    },
    again: (mistakes) => showBoard(visit, mistakes),
  });

async function closeVoting({ ctx, viewer }: SignedInVisit) {
  await voting.closeVoting(ctx, viewer.id);
  return '/trends?said=voting-closed';
}

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
