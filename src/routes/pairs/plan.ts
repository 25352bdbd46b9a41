import { z } from 'zod';
import { beginRound, changeRound } from '../../actions/pairs/rounds.ts';
import { readDay } from '../../domain/events/wall-time.ts';
import { usualRound } from '../../domain/pairs/arrangement.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';

/** Registers the plan of a round: its days, how many meetings, and how long. */
export function pairPlanRoutes(at: Pages): void {
  at.get('/pairs/plan', 'organiser', show);
  at.post('/pairs/plan', 'organiser', save);
}

async function roundNow({ ctx }: SignedInVisit) {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = await rounds.current(ctx.db, programme.id);
  return { programme, round: round?.endedAt === null ? round : null };
}

/** Days from today to the last day of wishes, and from there to the first meetings. */
const usualDays = { wishes: 14, start: 14 };

async function show(visit: SignedInVisit, back: Mistakes = noMistakes) {
  const { ctx, words } = visit;
  const { programme, round } = await roundNow(visit);
  const today = ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate();
  const until = today.add({ days: usualDays.wishes });
  const fresh = {
    ...usualRound,
    wishesUntil: until.toString(),
    startsOn: until.add({ days: usualDays.start }).toString(),
    trios: false,
  };
  const { wishesUntil, startsOn, meetings, minutes, months, trios } = round ?? fresh;
  return page(visit, 'pairs/plan', {
    title: words.t('Plan pairs'),
    tab: 'pairs',
    isNew: round === null,
    seen: round?.revision ?? 0,
    values: { wishesUntil, startsOn, meetings, minutes, months, trios },
    ...back,
  });
}

const dayField = z
  .string()
  .trim()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && (readDay(text)?.year ?? 0) >= 2000, {
    message: 'Choose a day from the calendar.',
  });
const countField = z
  .string()
  .trim()
  .regex(/^\d{1,3}$/, 'Write a whole number.')
  .transform(Number);

const planForm = z.object({
  wishesUntil: dayField,
  startsOn: dayField,
  meetings: countField,
  minutes: countField,
  months: countField,
  trios: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
  seen: z.coerce.number().int().min(0).max(2_147_483_647),
});

const save = (visit: SignedInVisit) =>
  submit(visit, planForm, {
    act: async ({ seen, ...plan }) => {
      const { ctx, viewer } = visit;
      const { round } = await roundNow(visit);
      if (!round) {
        await beginRound(ctx, viewer.id, plan);
        return '/pairs/asked?said=begun';
      }
      await changeRound(ctx, viewer.id, round.id, seen, plan);
      return '/pairs?said=saved';
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'wishesUntil',
  });
