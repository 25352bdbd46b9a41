import type { Context } from '../../context.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rounds from '../../store/teams/rounds.ts';
import { note } from '../audit/note.ts';
import { refuseOutdated } from '../edition.ts';

/** How a season gives its trends, as an organiser says it. */
export type AssignmentRules = Pick<
  rounds.Round,
  'rankingClosesOn' | 'toldOn' | 'least' | 'most' | 'mixesDepartments'
>;

/** The rules as the fields of their form show them. */
export const ruleFields = (round: AssignmentRules | null) => ({
  rankingClosesOn: round?.rankingClosesOn ?? '',
  toldOn: round?.toldOn ?? '',
  least: String(round?.least ?? usual.least),
  most: String(round?.most ?? usual.most),
  mixesDepartments: (round?.mixesDepartments ?? usual.mixesDepartments) ? 'on' : '',
});

/** The rules where nobody has said anything yet. */
export const usual: AssignmentRules = {
  rankingClosesOn: null,
  toldOn: null,
  least: 2,
  most: 3,
  mixesDepartments: true,
};

/** Saves the rules of the season. Refuses a form whose reader saw others than are stored now (StaleForm). */
export async function setRules(
  ctx: Context,
  by: number,
  rules: AssignmentRules,
  seen: string | undefined,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    const round = await rounds.lock(tx, programme.id);
    refuseOutdated('these rules', seen, ruleFields(round));
    await rounds.change(tx, programme.id, { ...rules, changedById: by });
    await note(ctx, tx, { by, act: 'set-assignment-rules', about: programme.name });
  });
}
