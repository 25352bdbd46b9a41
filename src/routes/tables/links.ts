import { z } from 'zod';
import { saveTableLinks } from '../../actions/tables/links.ts';
import { idIn, seenField, textField } from '../../web/forms.ts';
import { submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { backTo, showPlan } from './plan.ts';

/** Registers the links with which people join the tables of an event online. */
export function tableLinkRoutes(at: Pages): void {
  at.post('/events/:id/tables/links', 'organiser', save);
}

const form = z.object({
  links: textField(50_000, 'This is too long. Write one address per line.').default(''),
  seen: seenField,
});

const save = (visit: SignedInVisit) =>
  submit(visit, form, {
    act: async ({ links, seen }) => {
      await saveTableLinks(visit.ctx, idIn(visit.request), links, seen);
      return backTo(visit, 'linked', '#plan-links');
    },
    again: (mistakes) => showPlan(visit, mistakes),
    field: 'links',
  });
