import { mayStandAlone } from '../../domain/questions/promise.ts';
import { page } from '../../web/pages.ts';
import type { Pages, Visit } from '../../web/visit.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';

/** Registers the pages of one's own questions without a name: one for an event, and one for a code. */
export function myQuestionRoutes(at: Pages): void {
  atBothDoors(at).get('/my-questions', mine);
  at.get('/my-question', 'anyone', byCode);
}

function byCode(visit: Visit) {
  const { t } = visit.words;
  const title = t('Your question without a name');
  return page(visit, 'questions/by-code', { layout: 'bare', title, mayStandAlone: t(mayStandAlone) });
}

const mine = (visit: GuestVisit) =>
  page(visit, 'questions/mine', {
    ...guestData(visit),
    title: visit.words.t('Your questions without a name'),
  });
