import { z } from 'zod';
import { type Swap, swapPartner, swapsFor } from '../../actions/pairs/swapping.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as people from '../../store/people/people.ts';
import { idIn } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';

/** Registers giving a pair's senior another talent, each at its price. */
export function pairSwapRoutes(at: Pages): void {
  at.get('/pairs/:id/swap', 'organiser', show);
  at.post('/pairs/:id/swap', 'organiser', swap);
}

async function show(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const { t } = words;
  const found = orNotFound(await pairs.findNamed(ctx.db, idIn(request)), 'page');
  if (found.pair.state !== 'draft')
    throw new Refusal('gone', 'This pair has been published already. Open it from the list of pairs.');
  const round = orNotFound(await rounds.find(ctx.db, found.pair.roundId), 'page');
  const now = (await pairs.counts(ctx.db, round.id)).draft;
  const swaps = await swapsFor(ctx, found.pair.id);
  return page(visit, 'pairs/swap', {
    title: t('Swap a partner'),
    tab: 'pairs',
    id: found.pair.id,
    seen: round.revision,
    senior: found.senior.name,
    talent: found.talent.name,
    swaps: await swapRows(visit, swaps, now),
    ...mistakes,
  });
}

/** Each swap with its cost and what follows, in words. `now` counts the pairs of the draft. */
async function swapRows({ ctx, words }: SignedInVisit, swaps: readonly Swap[], now: number) {
  const { t, tn } = words;
  const ids = swaps.flatMap(({ talentId, alone, others }) => [
    talentId,
    ...alone,
    ...others.flatMap((match) => [match.seniorId, match.talentId]),
  ]);
  const known = new Map((await people.findMany(ctx.db, [...new Set(ids)])).map((one) => [one.id, one.name]));
  const name = (id: number) => known.get(id) ?? '';
  return swaps.map(({ talentId, pairs: count, others, alone, hasTopic }) => {
    const fewer = now - count;
    const moved = others.length;
    const free = moved > 0 ? tn(moved, 'moves one more', 'moves {n} more') : t('moves nobody else');
    return {
      id: talentId,
      name: name(talentId),
      cost: fewer > 0 ? tn(fewer, 'costs one pair', 'costs {n} pairs') : free,
      tone: fewer > 0 ? 'wait' : '',
      lines: [
        ...(hasTopic ? [] : [t('No topic in common.')]),
        ...others.map((match) =>
          t('{senior} then meets {talent}.', { senior: name(match.seniorId), talent: name(match.talentId) }),
        ),
        ...alone.map((id) => t('{name} then has no partner.', { name: name(id) })),
        tn(count, '{n} pair in all.', '{n} pairs in all.'),
      ],
    };
  });
}

const swapForm = z.object({
  seen: z.coerce.number().int().min(0).max(2_147_483_647),
  talent: z.coerce.number({ error: 'Choose a person first.' }).int().min(1).max(2_147_483_647),
});

const swap = (visit: SignedInVisit) =>
  submit(visit, swapForm, {
    act: async ({ seen, talent }) => {
      await swapPartner(visit.ctx, visit.viewer.id, idIn(visit.request), talent, seen);
      return '/pairs?said=swapped';
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'talent',
  });
