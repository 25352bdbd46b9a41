import { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import {
  type SkillsForm,
  saveOwnSkills,
  saveWantedSkills,
  skillFields,
} from '../../actions/trends/skills.ts';
import { skillKey, skillLimits } from '../../domain/trends/skills.ts';
import { orNotFound } from '../../refusal.ts';
import * as skills from '../../store/trends/skills.ts';
import * as trends from '../../store/trends/trends.ts';
import { idIn, messageFor, seenField, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, savedMeanwhile, submit, typedIn } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';

/** Registers where talents say what they can do, and organisers what a trend wants somebody for. */
export function skillRoutes(at: Pages): void {
  at.get('/skills', 'signed-in', (visit) => showOwn(visit));
  at.post('/skills', 'signed-in', saveOwn);
  at.get('/trends/:id/skills', 'organiser', (visit) => showWanted(visit), { forChanges: true });
  at.post('/trends/:id/skills', 'organiser', saveWanted);
}

/** Words of the list that are offered with a tick. */
const mostOffered = 30;

const skillsForm = z.object({
  skill: z
    .union([z.string().max(200), z.array(z.string().max(200)).max(100)])
    .optional()
    .transform((words) => [words ?? []].flat()),
  others: textField(
    skillLimits.each * (skillLimits.word + 2) * 2,
    'That is more than 20 skills. Keep those that matter most.',
  ).prefault(''),
  seen: seenField,
});

/** Ticks of the form: the words there are already, then those that most others have. */
async function ticksFor({ ctx, words: { t } }: SignedInVisit, owner: skills.Owner, mistakes: Mistakes) {
  const own = await skills.ofOwner(ctx.db, owner);
  const typed = typedIn(mistakes);
  const ticked = new Set(
    (typed ? [typed.skill ?? []].flat().map(String) : own.map(({ word }) => word)).map(skillKey),
  );
  const all = new Map(
    [...own, ...(await skills.common(ctx.db, mostOffered))].map((skill) => [skill.id, skill.word]),
  );
  return {
    ticks: [...all.values()].map((word, at) => ({ id: at + 1, word, isTicked: ticked.has(skillKey(word)) })),
    seen: seenIn(mistakes) ?? editionOf(skillFields(own)),
    meanwhile: savedMeanwhile(mistakes, { skills: t('Skills') }),
  };
}

async function showOwn(visit: SignedInVisit, mistakes = noMistakes) {
  const { viewer, words } = visit;
  orNotFound(viewer.side === 'talent' ? viewer : null, 'page');
  return page(visit, 'trends/skills', {
    title: words.t('What you can do'),
    tab: 'trends',
    trend: null,
    ...(await ticksFor(visit, { person: viewer.id }, mistakes)),
    message: messageFor(visit, { saved: 'Saved. It counts when teams are put together.' }),
    ...mistakes,
  });
}

async function showWanted(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const trend = orNotFound(await trends.find(ctx.db, idIn(request)), 'trend');
  return page(visit, 'trends/skills', {
    title: words.t('Skills wanted'),
    tab: 'trends',
    trend: { id: trend.id, sentence: trend.sentence },
    ...(await ticksFor(visit, { trend: trend.id }, mistakes)),
    ...mistakes,
  });
}

const formOf = ({ skill, others, seen }: z.output<typeof skillsForm>): SkillsForm => ({
  ticked: skill,
  others,
  seen,
});

const saveOwn = (visit: SignedInVisit) =>
  submit(visit, skillsForm, {
    act: async (values) => {
      await saveOwnSkills(visit.ctx, visit.viewer.id, formOf(values));
      return '/skills?said=saved';
    },
    again: (mistakes) => showOwn(visit, mistakes),
    field: '',
  });

function saveWanted(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, skillsForm, {
    act: async (values) => {
      await saveWantedSkills(visit.ctx, id, formOf(values));
      return `/trends/${id}?said=skills`;
    },
    again: (mistakes) => showWanted(visit, mistakes),
    field: '',
  });
}
