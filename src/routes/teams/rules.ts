import { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import { dropWish, wish } from '../../actions/teams/rankings.ts';
import { ruleFields, setRules } from '../../actions/teams/rules.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { readDay } from '../../domain/events/wall-time.ts';
import { mostInTeam } from '../../domain/teams/open-team.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as teamWishes from '../../store/teams/team-wishes.ts';
import { lineField, messageFor, readQuery, seenField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { noMistakes, press, savedMeanwhile, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { personCalled } from '../people/find-by-name.ts';

/** Registers the rules by which a season gives its trends, and who is not to work with whom. */
export function assignmentRulesRoutes(at: Pages): void {
  at.get('/teams/assignment/rules', 'organiser', show);
  at.post('/teams/assignment/rules', 'organiser', save);
  at.post('/teams/assignment/apart', 'organiser', addApart);
  at.post('/teams/assignment/apart/removal', 'organiser', press(apartRemoval, removeApart));
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && (readDay(text)?.year ?? 0) >= 2000;
const dayField = z
  .string()
  .trim()
  .refine((text) => text === '' || isDay(text), 'Choose a day from the calendar, or leave it empty.')
  .transform((text) => text || null)
  .prefault('');
const sizeField = z
  .string()
  .trim()
  .regex(/^([1-9]|1[0-2])$/, `Write a whole number from 1 to ${mostInTeam}.`)
  .transform(Number);

const rulesForm = z
  .object({
    rankingClosesOn: dayField,
    toldOn: dayField,
    least: sizeField,
    most: sizeField,
    mixesDepartments: z
      .literal('on')
      .optional()
      .transform((value) => value === 'on'),
    seen: seenField,
  })
  .refine(({ least, most }) => least <= most, {
    path: ['most'],
    message: 'The most members cannot be fewer than the least.',
  })
  .refine(({ rankingClosesOn: closes, toldOn }) => closes === null || toldOn === null || toldOn >= closes, {
    path: ['toldOn'],
    message: 'Choose a day that is not before the last day of ranking.',
  });

const rulesQuery = z.object({ page: pageField });
const perPage = 20;

async function show(visit: SignedInVisit, back = noMistakes) {
  const { ctx, request, words } = visit;
  const { t } = words;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = await rounds.find(ctx.db, programme.id);
  const fields = ruleFields(round);
  const total = await teamWishes.count(ctx.db, programme.id, 'not-with');
  const at = pageOf(readQuery(request, rulesQuery).page, total, perPage);
  const labels = {
    rankingClosesOn: t('Last day of ranking'),
    toldOn: t('Everyone hears on'),
    least: t('Members at least'),
    most: t('Members at most'),
    mixesDepartments: t('Mix departments'),
  };
  return page(visit, 'teams/assignment/rules', {
    title: t('Rules for teams'),
    tab: 'teams',
    values: fields,
    labels,
    seen: seenIn(back) ?? editionOf(fields),
    meanwhile: savedMeanwhile(back, labels, (name, value) => valueInWords(visit, name, value)),
    apart: await teamWishes.page(ctx.db, programme.id, 'not-with', at),
    pager: pagerFor(at, (page) => `${addressWith('/teams/assignment/rules', { page })}#apart-h`),
    message: messageFor(visit, { added: 'Noted. Only organisers see it.' }),
    ...back,
  });
}

function valueInWords({ words }: SignedInVisit, name: string, value: string): string {
  if (value === '') return '';
  if (name === 'mixesDepartments') return words.t('yes');
  return name === 'least' || name === 'most' ? value : formatNearDay(value, localeOf(words));
}

const save = (visit: SignedInVisit) =>
  submit(visit, rulesForm, {
    act: async ({ seen, ...rules }) => {
      await setRules(visit.ctx, visit.viewer.id, rules, seen);
      return '/teams/assignment?said=saved';
    },
    again: (mistakes) => show(visit, mistakes),
    field: '',
  });

const nameField = lineField(254, 'Write at most 254 characters: a name or an address.').refine(
  (value) => value !== '',
  'Write a full name or a work e-mail address.',
);
const apartForm = z.object({ one: nameField, other: nameField });

const addApart = (visit: SignedInVisit) =>
  submit(visit, apartForm, {
    act: async ({ one, other }) => {
      const first = await personCalled(visit.ctx, one, 'one');
      const second = await personCalled(visit.ctx, other, 'other');
      // Organisers' wishes stand in one direction, so that the same two are noted once.
      const [a, b] = first.id < second.id ? [first, second] : [second, first];
      await wish(visit.ctx, a.id, b.id, 'not-with', 'organiser');
      return '/teams/assignment/rules?said=added#apart-h';
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'other',
  });

const idField = z.coerce.number().int().min(1).max(2_147_483_647);
const apartRemoval = z.object({ one: idField, other: idField });

async function removeApart({ ctx }: SignedInVisit, { one, other }: z.output<typeof apartRemoval>) {
  await dropWish(ctx, one, other, 'organiser');
  return '/teams/assignment/rules#apart-h';
}
